import { describe, expect, it } from 'vitest';
import { decodeRequestHeaders, encodeRequestHeaders } from './request-headers.js';

const context = {
  requestId: 'r-1',
  asOf: new Date('2023-12-31T23:59:59.123Z'),
  caller: {
    subject: 'ada',
    roles: ['reader', 'hr'],
    claims: { region: 'Ærø', levels: [1, 2], nested: { a: null } },
  },
  signal: new AbortController().signal,
};

const now = new Date('2024-01-01T00:00:00Z');

describe('the headers of a request to a subgraph', () => {
  it('carry who asks, what for and as of when, in plain ASCII', () => {
    const headers = encodeRequestHeaders(context, now);
    expect(Object.values(headers).join('')).toMatch(/^[\x20-\x7e]+$/);
    const { signal: _, ...expected } = context;
    expect(decodeRequestHeaders(headers)).toEqual({ ...expected, timeLeft: undefined });
  });

  it('carry how long the request may still take, where that is known', () => {
    const left = (deadline: string) =>
      decodeRequestHeaders(encodeRequestHeaders({ ...context, deadline: new Date(deadline) }, now)).timeLeft;
    expect(left('2024-01-01T00:00:12.5Z')).toBe(12_500);
    expect(left('2023-12-31T23:59:59Z')).toBe(0);
  });

  it.each([
    ['x-askgraph-request-id', undefined, 'The header "x-askgraph-request-id" is missing.'],
    ['x-askgraph-as-of', 'yesterday', 'The header "x-askgraph-as-of" cannot be read.'],
    ['x-askgraph-time-left', 'long', 'The header "x-askgraph-time-left" cannot be read.'],
    ['x-askgraph-caller', undefined, 'The header "x-askgraph-caller" is missing.'],
    ['x-askgraph-caller', '%%%', 'The header "x-askgraph-caller" cannot be read.'],
    [
      'x-askgraph-caller',
      btoa('{"subject":"ada","roles":"all","claims":{}}'),
      'The header "x-askgraph-caller" cannot be read.',
    ],
    [
      'x-askgraph-caller',
      btoa('{"subject":"ada","roles":[],"claims":[]}'),
      'The header "x-askgraph-caller" cannot be read.',
    ],
  ])('are refused when %s is %s', (name, value, message) => {
    const headers = { ...encodeRequestHeaders(context, now), [name]: value };
    expect(() => decodeRequestHeaders(headers)).toThrow(
      expect.objectContaining({ code: 'BAD_REQUEST', message }),
    );
  });
});
