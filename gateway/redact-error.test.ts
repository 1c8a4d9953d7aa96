import { describe, expect, it } from 'vitest';
import { AskgraphError } from '../schema/errors.js';
import { redactError } from './redact-error.js';

describe('an error in a log that keeps secrets', () => {
  it('says what it was and where, and nothing of what was asked or of what the engine said', () => {
    const engine = Object.assign(new Error(`Could not convert 'Ada Lovelace' in SELECT name FROM people`), {
      code: '22P02',
    });
    const error = new AskgraphError('QUERY_FAILED', 'The value "Ada Lovelace" is no number.', {
      domain: 'hr',
      cause: engine,
    });
    const logged = redactError(error) as { stack: string; cause: { stack: string } };
    expect(logged).toMatchObject({
      type: 'AskgraphError',
      code: 'QUERY_FAILED',
      domain: 'hr',
      message: 'The value "…" is no number.',
      cause: { type: 'Error', code: '22P02' },
    });
    expect(JSON.stringify(logged)).not.toMatch(/Ada|Lovelace|SELECT/);
    expect(logged.stack).toMatch(/redact-error\.test\.ts/);
    expect(logged.cause.stack).toMatch(/redact-error\.test\.ts/);
  });

  it('keeps a circle of causes short, and what is no error out', () => {
    const error = new Error('secret');
    error.cause = error;
    expect(JSON.stringify(redactError(error))).not.toContain('secret');
    expect(redactError('secret')).toEqual({ type: 'string' });
    expect(redactError(undefined)).toBeUndefined();
  });
});
