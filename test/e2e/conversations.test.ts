import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codesOf, postGraphql } from '../post-graphql.js';
import { type StartedGateway, startGateway } from '../start-gateway.js';

interface Page {
  readonly edges: readonly {
    readonly cursor: string;
    readonly node: { readonly id: string; readonly title: string };
  }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

const ANSWER = `id conversationId question createdAt status text restatement trust planner assumptions followUps chart
  table { columns { name label type unit masked } rows totalRows truncated } facts { label value unit }
  steps { name dependsOn domain engine language query variables executedSql status attempt rows milliseconds }
  sources { domain table columns dataThrough } claims { text cells { step row column } }
  missing { domain } clarification { prompt } usage { modelCalls inputTokens outputTokens cost currency milliseconds }`;

describe('conversations over HTTP', () => {
  let gateway: StartedGateway;

  // Each test finds a store of its own.
  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway?.close());

  const post = <Data>(query: string, variables?: object) => postGraphql<Data>(gateway.url, query, variables);
  async function ask(question: string, conversationId?: string) {
    const { data } = await post<{ ask: { id: string; conversationId: string } }>(
      `query ($input: AskInput!) { ask(input: $input) { ${ANSWER} } }`,
      { input: { question, conversationId } },
    );
    return data.ask;
  }

  it('gives an answer again as it was served', async () => {
    const served = await ask('How many employees were hired before 1990?');
    const { data } = await post(`query ($id: ID!) { answer(id: $id) { ${ANSWER} } }`, { id: served.id });
    expect(data).toEqual({ answer: served });
  });

  it('gives a conversation with its answers, oldest first, by its first question', async () => {
    const first = await ask('How many frauds happened in the year 2023?');
    const second = await ask('How many ticket sales are there?', first.conversationId);
    expect(second.conversationId).toBe(first.conversationId);

    const { data } = await post(
      'query ($id: ID!) { conversation(id: $id) { title answers { id } newest: answers(last: 1) { id } } }',
      { id: first.conversationId },
    );
    expect(data).toEqual({
      conversation: {
        title: 'How many frauds happened in the year 2023?',
        answers: [{ id: first.id }, { id: second.id }],
        newest: [{ id: second.id }],
      },
    });
  });

  it('pages through conversations, newest first, each once', async () => {
    const asked: string[] = [];
    for (let count = 0; count < 5; count += 1)
      asked.unshift((await ask(`Who is number ${count}?`)).conversationId);

    const seen: string[] = [];
    let after: string | null = null;
    let page: Page;
    do {
      ({ conversations: page } = await nextPage(after));
      expect(page.edges.length).toBeLessThanOrEqual(2);
      expect(page.pageInfo).toMatchObject({
        startCursor: page.edges[0]?.cursor ?? null,
        endCursor: page.edges.at(-1)?.cursor ?? null,
      });
      seen.push(...page.edges.map(({ node }) => node.id));
      after = page.pageInfo.endCursor;
    } while (page.pageInfo.hasNextPage);

    expect(seen.slice(0, 5)).toEqual(asked);
    expect(new Set(seen).size).toBe(seen.length);
  });

  async function nextPage(after: string | null): Promise<{ conversations: Page }> {
    const { data } = await post<{ conversations: Page }>(
      `query ($after: String) { conversations(first: 2, after: $after) {
        edges { cursor node { id title } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`,
      { after },
    );
    return data;
  }

  it('refuses a cursor that it did not give, and a page that is too long', async () => {
    const answer = await post(
      '{ wrong: conversations(after: "elsewhere") { edges { cursor } } long: conversations(first: 1000) { edges { cursor } } }',
    );
    expect(answer.data).toEqual({ wrong: null, long: null });
    expect(codesOf(answer)).toEqual(['BAD_USER_INPUT', 'BAD_USER_INPUT']);
  });

  it('takes feedback on an answer, with a correction that says its language', async () => {
    const { id: answerId } = await ask('How many ticket sales are there?');
    const give = (input: object) =>
      post<{ giveFeedback: { feedbackId: string } | null }>(
        'mutation ($input: FeedbackInput!) { giveFeedback(input: $input) { feedbackId } }',
        { input: { answerId, ...input } },
      );
    const right = await give({ right: true });
    const wrong = await give({
      right: false,
      comment: 'Only those of 2008.',
      correctedQuery: 'SELECT COUNT(*) FROM sales',
      language: 'SQL',
    });
    expect(right.data.giveFeedback?.feedbackId).toBeTruthy();
    expect(wrong.data.giveFeedback?.feedbackId).toBeTruthy();
    expect(wrong.data.giveFeedback).not.toEqual(right.data.giveFeedback);

    const unclear = await give({ right: false, correctedQuery: 'SELECT COUNT(*) FROM sales' });
    expect(unclear.data).toEqual({ giveFeedback: null });
    expect(codesOf(unclear)).toEqual(['BAD_USER_INPUT']);
  });

  it('deletes a conversation with its answers, and leaves the others', async () => {
    const gone = await ask('How many ticket sales are there?');
    const kept = await ask('How many frauds happened in the year 2023?');
    await post('mutation ($input: FeedbackInput!) { giveFeedback(input: $input) { feedbackId } }', {
      input: { answerId: gone.id, right: true },
    });
    const remove = () =>
      post('mutation ($id: ID!) { deleteConversation(id: $id) }', { id: gone.conversationId });

    expect((await remove()).data).toEqual({ deleteConversation: gone.conversationId });

    const left = await post(
      `query ($id: ID!, $answer: ID!, $kept: ID!) {
        conversation(id: $id) { id } gone: answer(id: $answer) { id } kept: answer(id: $kept) { id } }`,
      { id: gone.conversationId, answer: gone.id, kept: kept.id },
    );
    expect(left.data).toEqual({ conversation: null, gone: null, kept: { id: kept.id } });
    expect(codesOf(left)).toEqual(['NOT_FOUND', 'NOT_FOUND']);
    expect(codesOf(await remove())).toEqual(['NOT_FOUND']);
  });
});
