import { describe, expect, it } from 'vitest';
import {
  AskgraphError,
  asAskgraphError,
  assertNever,
  ERROR_STATUS,
  type ErrorCode,
  isErrorCode,
} from './errors.js';

const codes = Object.keys(ERROR_STATUS) as ErrorCode[];

describe('AskgraphError', () => {
  it('carries its code, its status and what helps', () => {
    const error = new AskgraphError('NOT_FOUND', 'No such answer.', { domain: 'hr', details: { id: 'a' } });
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      name: 'AskgraphError',
      message: 'No such answer.',
      code: 'NOT_FOUND',
      status: 404,
      domain: 'hr',
      details: { id: 'a' },
      retryable: false,
    });
    expect(error.cause).toBeUndefined();
  });

  it('keeps what an engine said as its cause, apart from its message', () => {
    const cause = new Error('password authentication failed for user "root"');
    const error = new AskgraphError('SOURCE_UNAVAILABLE', 'The database does not answer.', { cause });
    expect(error.cause).toBe(cause);
    expect(error.message).not.toContain('root');
  });

  it('is retryable exactly where the same request may succeed later', () =>
    expect(codes.filter((code) => new AskgraphError(code, '').retryable).sort()).toEqual([
      'AUDIT_UNAVAILABLE',
      'BUDGET_EXCEEDED',
      'DEADLINE_EXCEEDED',
      'IDENTITY_UNAVAILABLE',
      'MODEL_UNAVAILABLE',
      'RATE_LIMITED',
      'SOURCE_UNAVAILABLE',
      'STORE_UNAVAILABLE',
      'SUBGRAPH_UNAVAILABLE',
    ]));

  it('has a status of the client’s for the client’s faults, and of the server’s for ours', () => {
    for (const code of codes) {
      const { status } = new AskgraphError(code, '');
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(600);
    }
    expect(new AskgraphError('BAD_USER_INPUT', '').status).toBe(400);
    expect(new AskgraphError('INTERNAL', '').status).toBe(500);
    expect(new AskgraphError('DEADLINE_EXCEEDED', '').status).toBe(504);
  });
});

describe('asAskgraphError', () => {
  it('leaves ours as it is and wraps anything else', () => {
    const ours = new AskgraphError('FORBIDDEN', 'No.');
    expect(asAskgraphError(ours, 'INTERNAL', 'Other.')).toBe(ours);
    for (const thrown of [new TypeError('x'), 'text', undefined, null]) {
      expect(asAskgraphError(thrown, 'QUERY_FAILED', 'It failed.')).toMatchObject({
        code: 'QUERY_FAILED',
        message: 'It failed.',
        ...(thrown === undefined ? {} : { cause: thrown }),
      });
    }
  });
});

it('a value that no case knows is an error of ours', () =>
  expect(() => assertNever({ kind: 'new' } as never)).toThrow(
    expect.objectContaining({ code: 'INTERNAL', message: 'Unexpected value {"kind":"new"}.' }),
  ));

it('knows its own codes, and no property of every object', () =>
  expect(['NOT_FOUND', 'not_found', 'constructor', 'toString', 404, undefined].filter(isErrorCode)).toEqual([
    'NOT_FOUND',
  ]));
