import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type StartedGateway, startGateway } from '../start-gateway.js';
import { ask, tryAsk } from './ask.js';
import { nonsense } from './nonsense.js';

const ABSTENTIONS = ['NOT_UNDERSTOOD', 'REFUSED', 'CLARIFICATION', 'NO_DATA'];
const SLOWEST_MILLISECONDS = 2_000;
const SHOWN = 60;

describe('questions that no data answers', () => {
  let gateway: StartedGateway;
  const times: { milliseconds: number; kind: string; begins: string }[] = [];

  beforeAll(async () => {
    gateway = await startGateway();
    // The gateway samples its domains before it answers the first question: that is not the question's time.
    await ask(gateway.url, { question: 'How many employees are there?' });
  });
  afterAll(async () => {
    await gateway.close();
    const slowest = times.sort((left, right) => right.milliseconds - left.milliseconds)[0];
    if (slowest !== undefined) {
      console.info(
        `Slowest of ${times.length}: ${Math.round(slowest.milliseconds)} ms for ${slowest.kind}, “${slowest.begins}”`,
      );
    }
  });

  it.each(nonsense.map(([kind, question]) => ({ kind, question, begins: question.slice(0, SHOWN) })))(
    'are not answered with data: $kind: $begins',
    async ({ kind, question, begins }) => {
      const start = performance.now();
      const { data, errors } = await tryAsk(gateway.url, { question });
      const milliseconds = performance.now() - start;
      times.push({ milliseconds, kind, begins });

      expect(errors).toBeUndefined();
      expect(ABSTENTIONS, `${data?.ask?.restatement}: ${data?.ask?.text}`).toContain(data?.ask?.status);
      expect(data?.ask?.text).not.toBe('');
      expect(milliseconds).toBeLessThan(SLOWEST_MILLISECONDS);
    },
  );

  it.each([
    ['an empty one', ''],
    ['one of spaces', '   \n\t  '],
    ['one of 2,001 characters', 'a'.repeat(2_001)],
    ['one of 10,000 characters', 'sales '.repeat(2_000).slice(0, 10_000)],
  ])('are refused as bad input: %s', async (_, question) => {
    const { data, errors } = await tryAsk(gateway.url, { question });
    expect(data?.ask ?? null).toBeNull();
    expect(errors?.map((error) => error.extensions?.code)).toEqual(['BAD_USER_INPUT']);
  });

  it('leave a gateway that answers', async () => {
    const answer = await ask(gateway.url, { question: 'How many employees are there?' });
    expect(answer.status).toBe('ANSWERED');
  });
});
