import type { ExecutionResult } from 'graphql';
import { expect, it } from 'vitest';
import { AskgraphError } from '../../schema/errors.js';
import { testContext } from './conformance/test-context.js';
import { type ResilienceOptions, resilientTransport } from './resilient.js';
import type { Transport } from './transport.js';

const OPTIONS: ResilienceOptions = {
  subgraph: 'far',
  concurrentRequests: 2,
  waitingRequests: 1,
  retries: 2,
  retryMilliseconds: 1,
  restMilliseconds: 100,
};
const read = { query: '{ a }', context: testContext() };
const write = { query: 'mutation{a}', context: testContext() };
const refused = () => Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
const unavailable = (cause: unknown) =>
  new AskgraphError('SUBGRAPH_UNAVAILABLE', 'cannot be reached', { cause });

function counting(execute: (attempt: number) => Promise<ExecutionResult>): Transport & { attempts: number } {
  const transport = {
    attempts: 0,
    execute: () => {
      transport.attempts += 1;
      return execute(transport.attempts);
    },
    close: async () => {},
  };
  return transport;
}

it('sends a read again after a connection has failed, and never a mutation', async () => {
  const flaky = () =>
    counting(async (attempt) => {
      if (attempt < 3) throw unavailable(refused());
      return { data: { a: attempt } };
    });
  const one = flaky();
  expect(await resilientTransport(one, OPTIONS).execute(read)).toEqual({ data: { a: 3 } });
  const two = flaky();
  await expect(resilientTransport(two, OPTIONS).execute(write)).rejects.toMatchObject({
    message: 'cannot be reached',
  });
  expect([one.attempts, two.attempts]).toEqual([3, 1]);
});

it('sends nothing again that was answered, however badly', async () => {
  const broken = counting(async () => {
    throw unavailable(new Error('an HTML page'));
  });
  await expect(resilientTransport(broken, OPTIONS).execute(read)).rejects.toMatchObject({
    code: 'SUBGRAPH_UNAVAILABLE',
  });
  expect(broken.attempts).toBe(1);
});

it('lets so many requests through at once, lets as many wait as it may, and refuses the rest', async () => {
  let answer = (): void => {};
  const gate = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const slow = counting(async () => {
    await gate;
    return { data: {} };
  });
  const far = resilientTransport(slow, OPTIONS);
  const accepted = [far.execute(read), far.execute(read), far.execute(read)];
  await expect(far.execute(read)).rejects.toMatchObject({
    code: 'SUBGRAPH_UNAVAILABLE',
    message: 'Subgraph "far" has too many requests under way.',
  });
  expect(slow.attempts).toBe(2);
  answer();
  expect(await Promise.all(accepted)).toHaveLength(3);
  expect(slow.attempts).toBe(3);
});

it('leaves a subgraph alone that fails too often, and tries it again after a while', async () => {
  let isBroken = true;
  const failing = counting(async () => {
    if (isBroken) throw new AskgraphError('DEADLINE_EXCEEDED', 'too slow');
    return { data: { a: 1 } };
  });
  const far = resilientTransport(failing, OPTIONS);
  const outcomes: unknown[] = [];
  for (let number = 0; number < 60; number++) {
    outcomes.push(
      await far
        .execute(read)
        .catch((error: unknown) => (error instanceof AskgraphError ? error.code : error)),
    );
  }
  expect(failing.attempts).toBeLessThan(60);
  expect(outcomes.at(-1)).toBe('SUBGRAPH_UNAVAILABLE');
  isBroken = false;
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(await far.execute(read)).toEqual({ data: { a: 1 } });
});

it('blames no subgraph for clients that go away', async () => {
  const aborted = counting(async () => {
    throw unavailable(Object.assign(new Error('aborted'), { name: 'AbortError', code: 'ABORT_ERR' }));
  });
  const far = resilientTransport(aborted, OPTIONS);
  for (let number = 0; number < 60; number++) await far.execute(read).catch(() => {});
  expect(aborted.attempts).toBe(60);
});

it('is not opened by what samples a domain, which passes it even when it is open', async () => {
  const down = counting(async (attempt) => {
    if (attempt <= 60) throw unavailable(new Error('down'));
    return { data: { a: attempt } };
  });
  const protectedDown = resilientTransport(down, { ...OPTIONS, retries: 0, restMilliseconds: 60_000 });
  const sampling = { query: '{ a }', context: { ...testContext(), isSampling: true as const } };
  for (let number = 0; number < 30; number++) {
    await expect(protectedDown.execute(sampling)).rejects.toMatchObject({ message: 'cannot be reached' });
  }
  await expect(protectedDown.execute(read)).rejects.toMatchObject({ message: 'cannot be reached' });
  for (let number = 0; number < 29; number++) await protectedDown.execute(read).catch(() => {});
  await expect(protectedDown.execute(read)).rejects.toMatchObject({
    message: expect.stringContaining('left alone'),
  });
  while (down.attempts < 60) await protectedDown.execute(sampling).catch(() => {});
  expect(await protectedDown.execute(sampling)).toEqual({ data: { a: 61 } });
});
