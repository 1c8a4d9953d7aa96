import { expect, it } from 'vitest';
import { ANONYMOUS, makeContext } from './context.js';

const contextOf = (timeoutMilliseconds: number, clientGone = new AbortController().signal) =>
  makeContext({ requestId: 'r', caller: ANONYMOUS, now: new Date(0), timeoutMilliseconds, clientGone });

it('a request knows who asks, when, and by which name it is found in the logs', () =>
  expect(contextOf(1000)).toMatchObject({
    requestId: 'r',
    caller: { subject: 'anonymous', roles: ['anonymous'] },
    asOf: new Date(0),
    signal: { aborted: false },
  }));

it('a request ends when its client goes away', () => {
  const client = new AbortController();
  const { signal } = contextOf(60_000, client.signal);
  expect(signal.aborted).toBe(false);
  client.abort(new Error('gone'));
  expect(signal.aborted).toBe(true);
  expect(signal.reason).toMatchObject({ message: 'gone' });
});

it('a request ends at its deadline, and its signal tells the deadline from a client that went away', async () => {
  const { signal } = contextOf(5);
  await new Promise((resolve) => signal.addEventListener('abort', resolve));
  expect(signal.reason).toMatchObject({ name: 'TimeoutError' });
});
