import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FOLLOW, followed, ofKind } from '../e2e/follow-question.js';
import { codesOf, type GraphqlAnswer, send } from '../post-graphql.js';
import { type SignedCallers, startForSignedCallers } from './signed-callers.js';

/** Two people of the same rights, and one of them after their rights were taken away. */
let callers: SignedCallers;
let hal: string;
let hanna: string;
let halWithoutRole: string;

beforeAll(async () => {
  callers = await startForSignedCallers({ ASKGRAPH_STEWARD_ROLE: 'steward' });
  hal = await callers.issuer.token({ sub: 'hal', roles: ['hr'] });
  hanna = await callers.issuer.token({ sub: 'hanna', roles: ['hr'] });
  halWithoutRole = await callers.issuer.token({ sub: 'hal', roles: [] });
}, 300_000);
afterAll(() => callers?.close());

const HIRED = 'How many employees were hired before 1990?';
const ASK = `query ($input: AskInput!) { ask(input: $input) { id conversationId status text table { rows } steps { query } } }`;
interface AnswerSeen {
  readonly id: string;
  readonly conversationId: string;
  readonly status: string;
  readonly text: string;
  readonly table: { readonly rows: readonly unknown[] } | null;
  readonly steps: readonly { readonly query: string }[];
}

function headersOf(token: string) {
  return { 'content-type': 'application/json', authorization: `Bearer ${token}` };
}

function as<Data>(token: string, query: string, variables: object = {}): Promise<GraphqlAnswer<Data>> {
  return send<Data>(callers.gateway.url, {
    method: 'POST',
    headers: headersOf(token),
    body: JSON.stringify({ query, variables }),
  });
}

const ask = (token: string, input: object) =>
  as<{ ask: AnswerSeen }>(token, ASK, { input: { question: HIRED, ...input } });

describe('what somebody else asked', () => {
  let mine: AnswerSeen;
  beforeAll(async () => {
    mine = (await ask(hal, { idempotencyKey: 'shared key' })).data.ask;
    expect(mine.status).toBe('ANSWERED');
  });

  it.each<[string, string, (answer: AnswerSeen) => object]>([
    ['their answer', 'query ($id: ID!) { answer(id: $id) { text } }', ({ id }) => ({ id })],
    [
      'their conversation',
      'query ($id: ID!) { conversation(id: $id) { title } }',
      ({ conversationId }) => ({ id: conversationId }),
    ],
    [
      'the deletion of it',
      'mutation ($id: ID!) { deleteConversation(id: $id) }',
      ({ conversationId }) => ({ id: conversationId }),
    ],
    [
      'feedback on it',
      'mutation ($id: ID!) { giveFeedback(input: {answerId: $id, right: true}) { feedbackId } }',
      ({ id }) => ({ id }),
    ],
    [
      'a question in it',
      `query ($id: ID!) { ask(input: {question: "${HIRED}", conversationId: $id}) { text } }`,
      ({ conversationId }) => ({ id: conversationId }),
    ],
  ])('is not there for anybody else: %s', async (_, operation, variables) => {
    const told = ({ data, errors, status }: GraphqlAnswer<unknown>, id: string) =>
      JSON.stringify({
        status,
        data,
        errors: errors?.map(({ message, extensions: { code } }) => [message, code]),
      }).replaceAll(id, 'ID');
    const id = String(Object.values(variables(mine))[0]);
    const absent = 'A'.repeat(id.length);
    const refused = await as(hanna, operation, { id });
    expect(codesOf(refused)).toEqual(['NOT_FOUND']);
    expect(told(refused, id)).toBe(told(await as(hanna, operation, { id: absent }), absent));
    const still = await as<{ answer: { text: string } }>(
      hal,
      'query ($id: ID!) { answer(id: $id) { text } }',
      { id: mine.id },
    );
    expect(still.data.answer.text).toBe(mine.text);
  });

  it('is followed in no stream either', async () => {
    const response = await fetch(`${callers.gateway.url}/graphql`, {
      method: 'POST',
      headers: { ...headersOf(hanna), accept: 'text/event-stream' },
      body: JSON.stringify({
        query: FOLLOW,
        variables: { input: { question: HIRED, conversationId: mine.conversationId } },
      }),
    });
    const events = await followed(response);
    expect(ofKind(events, 'AskFailed').map(({ fault }) => fault.code)).toEqual(['NOT_FOUND']);
    expect(ofKind(events, 'AskDone')).toEqual([]);
  });

  it('is another answer under the same idempotency key', async () => {
    const theirs = (await ask(hanna, { idempotencyKey: 'shared key' })).data.ask;
    expect(theirs.id).not.toBe(mine.id);
    expect(theirs.conversationId).not.toBe(mine.conversationId);
    const other = await ask(hanna, {
      idempotencyKey: 'shared key',
      question: 'How many departments are there?',
    });
    expect(codesOf(other)).toEqual(['BAD_USER_INPUT']);
  });

  it('stands in no page of conversations of anybody else, whatever cursor is sent', async () => {
    const page =
      'query ($after: String) { conversations(first: 50, after: $after) { edges { cursor node { id } } } }';
    interface Page {
      readonly conversations: {
        readonly edges: readonly { readonly cursor: string; readonly node: { readonly id: string } }[];
      } | null;
    }
    await ask(hal, { question: 'How many departments are there?' });
    const edges = (await as<Page>(hal, page)).data.conversations!.edges;
    expect(edges.length).toBeGreaterThan(1);
    for (const cursor of [undefined, ...edges.map((edge) => edge.cursor)]) {
      const seen = await as<Page>(hanna, page, { after: cursor });
      const ids = seen.data.conversations?.edges.map(({ node }) => node.id) ?? [];
      expect(ids.filter((id) => edges.some(({ node }) => node.id === id))).toEqual([]);
    }
  });
});

describe('whoever has lost a role', () => {
  it('goes on in a conversation without what was seen in it', async () => {
    const before = (await ask(hal, {})).data.ask;
    const after = await ask(halWithoutRole, {
      conversationId: before.conversationId,
      question: 'and before 1995?',
    });
    expect(after.data.ask.status).toBe('NOT_UNDERSTOOD');
    expect(JSON.stringify(after.data)).not.toMatch(/employee|hired|300/i);
    const still = (await ask(hal, { conversationId: before.conversationId, question: 'and before 1995?' }))
      .data.ask;
    expect(still.status).toBe('ANSWERED');
  });

  it('is answered by no plan that was made for them before, nor under its key', async () => {
    const idempotencyKey = 'before and after';
    const before = (await ask(hal, { idempotencyKey })).data.ask;
    const after = (await ask(halWithoutRole, { idempotencyKey })).data.ask;
    expect(before.status).toBe('ANSWERED');
    expect(after.id).not.toBe(before.id);
    expect([after.status, after.table, after.steps]).toEqual(['NOT_UNDERSTOOD', null, []]);
  });

  it('cannot have a query approved that they may not run any more', async () => {
    const { id } = (await ask(hal, {})).data.ask;
    const feedback = await as<{ giveFeedback: { feedbackId: string } }>(
      halWithoutRole,
      `mutation ($id: ID!) { giveFeedback(input: {answerId: $id, right: true}) { feedbackId } }`,
      { id },
    );
    const steward = await callers.issuer.token({ sub: 'hal', roles: ['steward'] });
    const { feedbackId } = feedback.data.giveFeedback;
    const approved = await as(
      steward,
      'mutation ($id: ID!) { approveVerifiedQuery(feedbackId: $id) { verifiedQueryId } }',
      { id: feedbackId },
    );
    expect(codesOf(approved)).toEqual(['FORBIDDEN']);
    expect(JSON.stringify(approved.errors)).not.toMatch(/emp_no|hire_date/);
  });
});

describe('a query that a steward has approved', () => {
  it('is not run for whoever may not run it, who is answered without it', async () => {
    const question = 'How many titles are there?';
    const steward = await callers.issuer.token({ sub: 'stu', roles: ['hr', 'steward'] });
    const { id } = (await ask(steward, { question })).data.ask;
    const correction = { correctedQuery: 'SELECT MAX(salary) AS most FROM salaries', language: 'SQL' };
    const feedback = await as<{ giveFeedback: { feedbackId: string } }>(
      steward,
      'mutation ($input: FeedbackInput!) { giveFeedback(input: $input) { feedbackId } }',
      { input: { answerId: id, right: false, ...correction } },
    );
    const approved = await as(
      steward,
      'mutation ($id: ID!) { approveVerifiedQuery(feedbackId: $id) { verifiedQueryId } }',
      { id: feedback.data.giveFeedback.feedbackId },
    );
    expect(approved.errors).toBeUndefined();
    const most = (await ask(hanna, { question })).data.ask.table?.rows;
    const analyst = await callers.issuer.token({ sub: 'ann', roles: ['analyst'] });
    const answered = await ask(analyst, { question });
    expect(answered.errors).toBeUndefined();
    expect(answered.data.ask.status).toBe('ANSWERED');
    expect(answered.data.ask.table?.rows).not.toEqual(most);
    expect(JSON.stringify(answered.data)).not.toMatch(/salar/i);
  });
});

describe('a cursor', () => {
  const page = (more: string) =>
    `{ sales { usersConnection(first: 3${more}, orderBy: [{phone: ASC}, {userid: ASC}]) { edges { cursor node { userid state } } } } }`;

  it('holds nothing of a masked cell but its mask', async () => {
    const { data } = await callers.as('clerk', page(''));
    const cursors = [...(data.sales!.usersConnection!.edges as unknown as { cursor: string }[])].map(
      ({ cursor }) => cursor,
    );
    expect(cursors).toHaveLength(3);
    for (const cursor of cursors) {
      const text = Buffer.from(cursor, 'base64url').toString('utf8');
      expect(text).toContain('****');
      expect(text).not.toMatch(/\(\d{3}\)|\d{3}-\d{4}/);
    }
  });

  it('of somebody who sees more rows, or forged, leads to no other row', async () => {
    const all = (await callers.as('analyst', page(''))).data.sales!.usersConnection!.edges as unknown as {
      cursor: string;
    }[];
    const own = (await callers.as('clerk', page(''))).data.sales!.usersConnection!.edges as unknown as {
      cursor: string;
    }[];
    const forged = own.map(({ cursor }) => {
      const bytes = Buffer.from(cursor, 'base64url')
        .toString('latin1')
        .replaceAll('****', '%%%%')
        .replaceAll('NY', "' OR '1'='1");
      return Buffer.from(bytes, 'latin1').toString('base64url');
    });
    for (const cursor of [
      ...all.map((edge) => edge.cursor),
      ...forged,
      createHash('sha256').update('x').digest('base64url'),
    ]) {
      const answer = await callers.as('clerk', page(`, after: "${cursor}"`));
      if (answer.errors !== undefined) {
        expect(codesOf(answer)).toEqual(['BAD_USER_INPUT']);
        continue;
      }
      const states = (
        answer.data.sales!.usersConnection!.edges as unknown as { node: { state: string } }[]
      ).map(({ node }) => node.state);
      expect(new Set([...states, 'NY'])).toEqual(new Set(['NY']));
    }
  });
});
