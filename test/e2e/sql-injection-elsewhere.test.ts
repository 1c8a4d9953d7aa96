import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTokenIssuer, type TokenIssuer } from '../fakes/token-issuer.js';
import type { StartedGateway } from '../start-gateway.js';
import { type Answer, gatewayOver, type OpenDatabase, openFile, send } from './injected-database.js';
import { FRAGMENTS } from './sql-fragments.js';

describe('a fragment of SQL in every other text that a client may send', () => {
  let data: OpenDatabase;
  let gateway: StartedGateway;
  let issuer: TokenIssuer;
  beforeAll(async () => {
    data = await openFile();
    issuer = await startTokenIssuer();
    gateway = await gatewayOver('duckdb', data, {
      AUTH_ANONYMOUS: 'allowed',
      AUTH_JWKS_URL: issuer.jwksUrl,
      AUTH_ISSUER: issuer.issuer,
      AUTH_AUDIENCE: 'askgraph',
      AUTH_API_KEYS: 'accepted',
    });
  }, 300_000);
  afterAll(async () => {
    await gateway?.close();
    await issuer?.close();
    await data?.close();
  });

  const post = (body: object, headers?: Readonly<Record<string, string>>) => send(gateway.url, body, headers);
  const codes = ({ errors = [] }: Answer) => errors.map(({ extensions }) => extensions.code);
  const COUNT = { query: '{ notes { noteAggregate { count } } }' };
  const ALL = { notes: { noteAggregate: [{ count: String(FRAGMENTS.length) }] } };
  const INSIDE = ['INTERNAL', 'STORE_UNAVAILABLE', 'QUERY_FAILED', 'PLAN_FAILED'];

  it.each<[string, string, (text: string) => object, readonly string[]]>([
    [
      'an answer’s id',
      'query ($text: ID!) { answer(id: $text) { id } }',
      (text) => ({ text }),
      ['NOT_FOUND'],
    ],
    [
      'a conversation’s id',
      'query ($text: ID!) { conversation(id: $text) { id } }',
      (text) => ({ text }),
      ['NOT_FOUND'],
    ],
    [
      'a cursor of conversations',
      'query ($text: String) { conversations(after: $text) { edges { cursor } } }',
      (text) => ({ text }),
      ['BAD_USER_INPUT'],
    ],
    [
      'the id of a conversation to delete',
      'mutation ($text: ID!) { deleteConversation(id: $text) }',
      (text) => ({ text }),
      ['NOT_FOUND'],
    ],
    [
      'the answer that a feedback is about',
      'mutation ($text: ID!) { giveFeedback(input: {answerId: $text, right: true, comment: "x"}) { feedbackId } }',
      (text) => ({ text }),
      ['NOT_FOUND'],
    ],
    [
      'the feedback to approve',
      'mutation ($text: ID!) { approveVerifiedQuery(feedbackId: $text) { verifiedQueryId } }',
      (text) => ({ text }),
      ['FORBIDDEN'],
    ],
    [
      'the query to withdraw',
      'mutation ($text: ID!) { withdrawVerifiedQuery(id: $text) }',
      (text) => ({ text }),
      ['FORBIDDEN'],
    ],
    [
      'a domain',
      'query ($text: String!) { ask(input: {question: "How many notes?", domains: [$text]}) { id } }',
      (text) => ({ text }),
      ['UNKNOWN_NAME'],
    ],
    [
      'a conversation to go on in',
      'query ($text: ID!) { ask(input: {question: "How many notes?", conversationId: $text}) { id } }',
      (text) => ({ text }),
      ['NOT_FOUND'],
    ],
    [
      'a choice',
      'query ($text: ID!) { ask(input: {question: "How many notes?", choiceId: $text}) { id } }',
      (text) => ({ text }),
      ['BAD_USER_INPUT'],
    ],
    [
      'a time zone',
      'query ($text: String!) { ask(input: {question: "How many notes?", timeZone: $text}) { id } }',
      (text) => ({ text }),
      ['BAD_USER_INPUT'],
    ],
    [
      'an instant',
      'query ($text: DateTime!) { ask(input: {question: "How many notes?", asOf: $text}) { id } }',
      (text) => ({ text }),
      ['BAD_USER_INPUT'],
    ],
  ])(
    'is %s that there is not',
    async (_, query, variablesOf, expected) => {
      for (const fragment of FRAGMENTS) {
        const answer = await post({ query, variables: variablesOf(fragment) });
        expect([fragment, codes(answer)]).toEqual([fragment, expected]);
      }
      expect((await post(COUNT)).data).toEqual(ALL);
    },
    60_000,
  );

  it('is read as words in a question, and kept as such in its conversation', async () => {
    for (const fragment of FRAGMENTS) {
      const question = `How many notes are there? ${fragment}`;
      const asked = await post({
        query:
          'query ($input: AskInput!) { ask(input: $input) { id question conversationId status steps { query } } }',
        variables: { input: { question, idempotencyKey: fragment } },
      });
      expect([fragment, codes(asked)]).toEqual([fragment, []]);
      const { id, question: kept, conversationId } = asked.data!.ask as Record<string, string>;
      expect(kept).toBe(question.trim());
      const again = await post({
        query:
          'query ($id: ID!, $conversation: ID!) { answer(id: $id) { question } conversation(id: $conversation) { answers { question } } }',
        variables: { id, conversation: conversationId },
      });
      expect(again.data).toEqual({
        answer: { question: question.trim() },
        conversation: { answers: [{ question: question.trim() }] },
      });
      const noted = await post({
        query: 'mutation ($input: FeedbackInput!) { giveFeedback(input: $input) { feedbackId } }',
        variables: { input: { answerId: id, right: false, comment: fragment } },
      });
      expect([fragment, codes(noted)]).toEqual([fragment, []]);
    }
    expect((await post(COUNT)).data).toEqual(ALL);
  }, 300_000);

  it('is the subject of nobody else, and only that', async () => {
    for (const fragment of FRAGMENTS) {
      const token = await issuer.token({ sub: fragment, roles: [fragment], states: [fragment] });
      const own = { authorization: `Bearer ${token}` };
      expect((await post(COUNT, own)).data, fragment).toEqual(ALL);
      const mine = await post({ query: '{ conversations(first: 100) { edges { node { id } } } }' }, own);
      expect(mine.data, fragment).toEqual({ conversations: { edges: [] } });
    }
  }, 300_000);

  it('is nothing in headers, operation names, hashes and keys', async () => {
    for (const fragment of FRAGMENTS) {
      const header = fragment.replaceAll(/[^\x20-\x7e]/g, '?').trim();
      const named = await post(COUNT, {
        'x-request-id': header,
        traceparent: header,
        'user-agent': header,
        'x-forwarded-user': header,
        'x-forwarded-for': header,
      });
      expect(named.data, fragment).toEqual(ALL);
      expect((await post({ ...COUNT, operationName: fragment })).status).toBe(400);
      const hash = { persistedQuery: { version: 1, sha256Hash: fragment } };
      expect(codes(await post({ extensions: hash })), fragment).toEqual(['BAD_REQUEST']);
      expect((await post(COUNT, { 'x-api-key': header })).status, fragment).toBe(401);
      expect((await post(COUNT, { authorization: `Bearer ${header}` })).status, fragment).toBe(401);
      const any = await post({
        query: `{ notes { note(where: {said: {eq: ${JSON.stringify(fragment)}}}) { id } } }`,
      });
      expect(
        codes(any).filter((code) => INSIDE.includes(String(code))),
        fragment,
      ).toEqual([]);
    }
  }, 300_000);
});
