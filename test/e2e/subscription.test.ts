import { createClient } from 'graphql-sse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTokenIssuer, type TokenIssuer } from '../fakes/token-issuer.js';
import { demoWithPolicies } from '../policy/demo-policies.js';
import { codesOf, postGraphql, send } from '../post-graphql.js';
import { type Answer, ask } from '../questions/ask.js';
import { type StartedGateway, startGateway } from '../start-gateway.js';
import { FOLLOW, followed, messagesOf, ofKind, subscribe } from './follow-question.js';

const QUESTION = 'How many employees were hired before 1990?';

let gateway: StartedGateway;
beforeAll(async () => {
  gateway = await startGateway();
}, 60_000);
afterAll(() => gateway?.close());

/** What two answers to one question have in common. */
function withoutIds({ id, conversationId, ...answer }: Answer): object {
  return answer;
}

describe('a question that is followed', () => {
  it('is told from its start over its steps, rows and text to the answer that a query gives', async () => {
    const response = await subscribe(gateway.url, { question: QUESTION });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    expect(response.headers.get('cache-control')).toBe('private, no-store');
    expect(response.headers.get('x-request-id')).toBeTruthy();
    const events = await followed(response);
    const kinds = events.map((event) => event.__typename);
    expect(kinds[0]).toBe('AskStarted');
    expect(kinds.at(-1)).toBe('AskDone');
    expect(kinds.filter((kind) => kind === 'AskDone')).toHaveLength(1);

    const [started] = ofKind(events, 'AskStarted');
    const [done] = ofKind(events, 'AskDone');
    const [arrived] = ofKind(events, 'RowsArrived');
    expect(done?.answer).toMatchObject({ id: started?.answerId, conversationId: started?.conversationId });
    expect(ofKind(events, 'StepChanged').map(({ step }) => step.status)).toEqual([
      'PENDING',
      'RUNNING',
      'SUCCEEDED',
    ]);
    expect(arrived).toMatchObject({ stepName: 'result', rows: done?.answer.table?.rows });
    expect(
      ofKind(events, 'TextDelta')
        .map(({ text }) => text)
        .join(''),
    ).toBe(done?.answer.text);

    const asked = await ask(gateway.url, { question: QUESTION });
    expect(done?.answer.text).toContain('29');
    expect(withoutIds(asked)).toMatchObject(withoutIds(done!.answer));
  });

  it('is kept: its answer can be read again, in its conversation', async () => {
    const events = await followed(await subscribe(gateway.url, { question: QUESTION }));
    const [done] = ofKind(events, 'AskDone');
    const { data } = await postGraphql(
      gateway.url,
      'query ($id: ID!, $own: ID!) { answer(id: $id) { text } conversation(id: $own) { title answers { id } } }',
      { id: done?.answer.id, own: done?.answer.conversationId },
    );
    expect(data).toEqual({
      answer: { text: done?.answer.text },
      conversation: { title: QUESTION, answers: [{ id: done?.answer.id }] },
    });
  });

  it('stands in the schema that clients introspect', async () => {
    const { data } = await postGraphql(
      gateway.url,
      '{ __schema { subscriptionType { name fields { name type { ofType { name possibleTypes { name } } } } } } }',
    );
    const type = expect.objectContaining({ ofType: expect.objectContaining({ name: 'AskEvent' }) });
    expect(data).toMatchObject({ __schema: { subscriptionType: { fields: [{ name: 'ask', type }] } } });
  });

  it('is read by the client of graphql-sse', async () => {
    const client = createClient({ url: `${gateway.url}/graphql`, retryAttempts: 0 });
    const kinds: string[] = [];
    for await (const { data } of client.iterate<{ ask: { __typename: string } }>({
      query: FOLLOW,
      variables: { input: { question: QUESTION } },
    }))
      kinds.push(data?.ask.__typename ?? '');
    expect(kinds.at(-1)).toBe('AskDone');
  });

  it('tells also what was not understood, word for word as the answer has it', async () => {
    const events = await followed(await subscribe(gateway.url, { question: 'How many glorps blimble?' }));
    expect(events.map((event) => event.__typename)).toEqual(['AskStarted', 'TextDelta', 'AskDone']);
    expect(ofKind(events, 'AskDone')[0]?.answer).toMatchObject({
      status: 'NOT_UNDERSTOOD',
      text: ofKind(events, 'TextDelta')[0]?.text,
    });
  });

  it('ends with AskFailed where there is no answer, and leaves no conversation behind', async () => {
    const input = { question: QUESTION, domains: ['nowhere'] };
    const events = await followed(await subscribe(gateway.url, input));
    expect(events.at(-1)).toMatchObject({ __typename: 'AskFailed', fault: { code: 'UNKNOWN_NAME' } });
    const [started] = ofKind(events, 'AskStarted');
    const { errors } = await postGraphql(gateway.url, 'query ($id: ID!) { conversation(id: $id) { id } }', {
      id: started?.conversationId,
    });
    expect(codesOf({ errors })).toEqual(['NOT_FOUND']);
  });

  it('is told whole where it was asked before under its key', async () => {
    const input = { question: QUESTION, idempotencyKey: 'followed-1' };
    const [first] = ofKind(await followed(await subscribe(gateway.url, input)), 'AskDone');
    const again = await followed(await subscribe(gateway.url, input));
    expect(again.map((event) => event.__typename)).toEqual(['AskStarted', 'TextDelta', 'AskDone']);
    expect(ofKind(again, 'AskDone')[0]?.answer.id).toBe(first?.answer.id);
  });

  it('ends its stream with a message of its own', async () => {
    const messages: string[] = [];
    for await (const { event } of messagesOf(await subscribe(gateway.url, { question: QUESTION })))
      messages.push(event);
    expect(messages.at(-1)).toBe('complete');
    expect(messages.filter((event) => event === 'complete')).toHaveLength(1);
  });
});

describe('a subscription is refused as a query would be', () => {
  /** Its answer, which is no stream. */
  const refused = async (body: object, headers: Record<string, string> = {}, url = gateway.url) =>
    send(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...headers },
      body: JSON.stringify(body),
    });
  const variables = { input: { question: QUESTION } };

  it.each([
    [
      'where a form of another site sends it',
      { query: FOLLOW, variables },
      { 'content-type': 'text/plain' },
      415,
    ],
    ['where it cannot be read', { query: 'subscription { ask(' }, {}, 400],
    ['where it asks for what there is not', { query: 'subscription { tell }' }, {}, 400],
    [
      'where it asks for two things at once',
      {
        query:
          'subscription { a: ask(input: { question: "a" }) { __typename } b: ask(input: { question: "b" }) { __typename } }',
      },
      {},
      400,
    ],
    ['where a variable is missing', { query: FOLLOW }, {}, 400],
    ['where its question is empty', { query: FOLLOW, variables: { input: { question: ' ' } } }, {}, 400],
    [
      'where it accepts no events',
      { query: FOLLOW, variables },
      { accept: 'application/graphql-response+json' },
      400,
    ],
  ])('%s', async (_, body, headers: Record<string, string>, status) => {
    const answer = await refused(body, headers);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toMatch(/json/);
    expect(answer.errors).not.toEqual([]);
    expect(['BAD_REQUEST', 'BAD_USER_INPUT']).toContain(codesOf(answer)[0]);
  });

  it('where it comes by GET', async () => {
    const search = new URLSearchParams({ query: FOLLOW, variables: JSON.stringify(variables) });
    const init = { headers: { accept: 'text/event-stream', 'apollo-require-preflight': 'yes' } };
    const answer = await send(gateway.url, init, `/graphql?${search}`);
    expect(answer.status).toBe(405);
  });

  it('where a caller asks too often', async () => {
    const own = await startGateway({ RATE_LIMIT_POINTS: '30' });
    try {
      const first = await subscribe(own.url, { question: QUESTION });
      expect(first.status).toBe(200);
      await followed(first);
      const answer = await refused({ query: FOLLOW, variables }, {}, own.url);
      expect(answer.status).toBe(429);
      expect(codesOf(answer)).toEqual(['RATE_LIMITED']);
      expect(answer.headers.get('retry-after')).toMatch(/^\d+$/);
    } finally {
      await own.close();
    }
  }, 60_000);
});

describe('a subscription of a caller with a token', () => {
  let issuer: TokenIssuer;
  let own: StartedGateway;
  beforeAll(async () => {
    issuer = await startTokenIssuer();
    const settings = {
      ASKGRAPH_HASH_KEY: 'a secret of the tests only',
      AUTH_JWKS_URL: issuer.jwksUrl,
      AUTH_ISSUER: issuer.issuer,
      AUTH_AUDIENCE: 'askgraph',
      AUTH_CLOCK_SKEW_SECONDS: '0',
    };
    own = await startGateway(settings, await demoWithPolicies());
  }, 60_000);
  afterAll(async () => {
    await own?.close();
    await issuer?.close();
  });
  const HR = { sub: 'ada', roles: ['hr'] };
  const bearer = async (claims: object) => ({ authorization: `Bearer ${await issuer.token({ ...claims })}` });

  it('is not let in without one, nor with one that has expired', async () => {
    const now = Math.floor(Date.now() / 1_000);
    for (const headers of [{}, await bearer({ exp: now - 5 })]) {
      const response = await subscribe(own.url, { question: QUESTION }, { headers });
      expect(response.status).toBe(401);
      expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    }
  });

  it('is answered, and keeps what it was told for its subject alone', async () => {
    const events = await followed(
      await subscribe(own.url, { question: QUESTION }, { headers: await bearer(HR) }),
    );
    const [done] = ofKind(events, 'AskDone');
    expect(done?.answer.text).toContain('29');
    const read = async (subject: string) =>
      send(own.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(await bearer({ ...HR, sub: subject })) },
        body: JSON.stringify({ query: '{ answer(id: $id) { id } }'.replace('$id', `"${done?.answer.id}"`) }),
      });
    expect((await read('ada')).data).toEqual({ answer: { id: done?.answer.id } });
    expect(codesOf(await read('bob'))).toEqual(['NOT_FOUND']);
  });

  it('is told nothing of what its caller may not see', async () => {
    const headers = await bearer({ sub: 'cyd', roles: ['clerk'], states: ['NY'] });
    const events = await followed(await subscribe(own.url, { question: QUESTION }, { headers }));
    expect(ofKind(events, 'AskDone')[0]?.answer.status).not.toBe('ANSWERED');
    expect(ofKind(events, 'RowsArrived')).toEqual([]);
    expect(ofKind(events, 'StepChanged')).toEqual([]);
  });
});
