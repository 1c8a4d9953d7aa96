import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type GraphQLSchema, graphql } from 'graphql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore, type Store } from '../../../prisma/store.js';
import { AskgraphError } from '../../../schema/errors.js';
import type { Answer } from '../answer-types.js';
import { historyOf } from './history.js';
import { buildAskSubgraph } from './schema.js';
import { contextOf, fullAnswer, serviceOf } from './service-of.test-helper.js';

let folder: string;
let store: Store<Answer>;
let schema: GraphQLSchema;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'askgraph-history-'));
  let ticks = 0;
  let ids = 0;
  store = await openStore<Answer>({
    url: `file:${path.join(folder, 'store.db')}`,
    rows: 'kept',
    now: () => new Date(Date.UTC(2024, 0, 1) + 1_000 * ++ticks),
    newId: () => `id-${++ids}`,
  });
  ({ schema } = await buildAskSubgraph(
    serviceOf(
      historyOf(
        store,
        () => 'digest',
        () => {},
      ),
    ),
  ));
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

describe('the history', () => {
  it('gives an answer back as it was served', async () => {
    const [answer] = await conversation('ann', 'Sales', 1);
    const { data } = await run(
      'ann',
      `{ answer(id: "${answer?.id}") { id createdAt table { rows } chart } }`,
    );
    expect(data).toEqual({
      answer: {
        id: answer?.id,
        createdAt: answer?.createdAt,
        table: { rows: [['172456'], [null]] },
        chart: { mark: 'bar' },
      },
    });
  });

  it('pages through the caller’s conversations, each with its last answers', async () => {
    await conversation('ann', 'First', 3);
    await conversation('ann', 'Second', 1);
    await conversation('bob', 'Not hers', 1);
    const query = `query ($after: String) {
      conversations(first: 1, after: $after) {
        edges { node { title answers(last: 2) { text } } }
        pageInfo { hasNextPage endCursor }
      }
    }`;
    const newest = (await run('ann', query)).data.conversations;
    expect(newest.edges).toEqual([{ node: { title: 'Second', answers: [{ text: 'Second 1' }] } }]);
    const next = (await run('ann', query, { after: newest.pageInfo.endCursor })).data.conversations;
    expect(next.edges).toEqual([
      { node: { title: 'First', answers: [{ text: 'First 2' }, { text: 'First 3' }] } },
    ]);
    expect(next.pageInfo.hasNextPage).toBe(false);
  });

  it('is another’s secret: every field says NOT_FOUND', async () => {
    const [answer] = await conversation('ann', 'Salaries', 1);
    const fields = [
      `{ answer(id: "${answer?.id}") { id } }`,
      `{ conversation(id: "${answer?.conversationId}") { id } }`,
      `mutation { deleteConversation(id: "${answer?.conversationId}") }`,
      `mutation { giveFeedback(input: { answerId: "${answer?.id}", right: true }) { feedbackId } }`,
    ];
    for (const field of fields) expect((await run('bob', field)).codes).toEqual(['NOT_FOUND']);
    expect((await run('bob', '{ conversations { edges { cursor } } }')).data).toEqual({
      conversations: { edges: [] },
    });
  });

  it('takes feedback on an answer, and forgets the whole conversation when told to', async () => {
    const [answer] = await conversation('ann', 'Salaries', 1);
    const feedback = await run(
      'ann',
      `mutation { giveFeedback(input: { answerId: "${answer?.id}", right: true }) { feedbackId } }`,
    );
    expect(feedback.data).toEqual({ giveFeedback: { feedbackId: 'id-2' } });
    const forgotten = await run('ann', `mutation { deleteConversation(id: "${answer?.conversationId}") }`);
    expect(forgotten.data).toEqual({ deleteConversation: answer?.conversationId });
    expect((await run('ann', `{ answer(id: "${answer?.id}") { id } }`)).codes).toEqual(['NOT_FOUND']);
  });

  it.each(['conversations(first: 0)', 'conversations(first: 101)', 'conversations(after: "nonsense")'])(
    'refuses %s with BAD_USER_INPUT',
    async (field) => {
      expect((await run('ann', `{ ${field} { edges { cursor } } }`)).codes).toEqual(['BAD_USER_INPUT']);
    },
  );
});

async function conversation(subject: string, title: string, answers: number): Promise<Answer[]> {
  const { id } = await store.ensureConversation(subject, undefined, title);
  const made = Array.from({ length: answers }, (_, index) =>
    fullAnswer({
      id: `${id}-${index + 1}`,
      conversationId: id,
      text: `${title} ${index + 1}`,
      createdAt: new Date(Date.UTC(2024, 0, 1, 0, index)).toISOString(),
    }),
  );
  for (const document of made) await store.saveAnswer({ subject, policyDigest: 'digest', document });
  return made;
}

async function run(subject: string, source: string, variableValues: Record<string, unknown> = {}) {
  const result = await graphql({ schema, source, variableValues, contextValue: contextOf(subject) });
  const codes = (result.errors ?? []).map(({ originalError }) =>
    originalError instanceof AskgraphError ? originalError.code : String(originalError),
  );
  return { data: JSON.parse(JSON.stringify(result.data ?? null)), codes };
}
