import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FollowedEvent, followed, messagesOf, ofKind, subscribe } from '../e2e/follow-question.js';
import { startBedrockServer } from '../fakes/models/bedrock-server.js';
import type { FakeModelServer, ScriptedReply } from '../fakes/models/scripted-model.js';
import { startTokenIssuer, type TokenIssuer } from '../fakes/token-issuer.js';
import { codesOf, send } from '../post-graphql.js';
import { type DemoData, openDemoData } from '../questions/demo-data.js';
import { type StartedGateway, startGateway } from '../start-gateway.js';

/** Questions that the embedded planner does not read, each another, since plans are remembered. */
let questions = 0;
function newQuestion(): string {
  questions += 1;
  return `Riddle ${questions} of cities where our venues crowd together.`;
}
const CITIES =
  'SELECT venuecity AS city, COUNT(*) AS venues FROM venue GROUP BY venuecity ORDER BY venues DESC, city LIMIT 3';
const PLAN: ScriptedReply = {
  kind: 'object',
  value: {
    kind: 'plan',
    restatement: 'number of venues by city',
    steps: [{ name: 'found', domain: 'sales', language: 'SQL', query: CITIES, dependsOn: [] }],
  },
};

let writes: readonly ScriptedReply[] = [];
let model: FakeModelServer;
let issuer: TokenIssuer;
let gateway: StartedGateway;
let demo: DemoData;
let first: [city: string, venues: string];
let second: [city: string, venues: string];

beforeAll(async () => {
  process.env.AWS_ACCESS_KEY_ID = 'AKIDFAKEFAKEFAKEFAKE';
  process.env.AWS_SECRET_ACCESS_KEY = 'secret';
  let written = 0;
  model = await startBedrockServer(({ tool }) => {
    if (tool !== undefined) written = 0;
    return tool === undefined ? (writes[Math.min(written++, writes.length - 1)] ?? { kind: 'broken' }) : PLAN;
  });
  issuer = await startTokenIssuer();
  gateway = await startGateway({
    AUTH_JWKS_URL: issuer.jwksUrl,
    AUTH_ISSUER: issuer.issuer,
    AUTH_AUDIENCE: 'askgraph',
    AUTH_CLOCK_SKEW_SECONDS: '0',
    ASKGRAPH_MODEL: 'bedrock:vendor.model-1',
    ASKGRAPH_MODEL_URL: model.url,
    ASKGRAPH_MODEL_REGION: 'eu-west-1',
    ASKGRAPH_PLANNER: 'model',
    ASKGRAPH_MODEL_RETRIES: '0',
    CONCURRENT_REQUESTS: '2',
  });
  demo = await openDemoData();
  const rows = await demo.rows('sales', `select city, cast(venues as varchar) from (${CITIES})`);
  [first, second] = rows as [typeof first, typeof second];
}, 120_000);
afterAll(async () => {
  demo?.close();
  await gateway?.close();
  await issuer?.close();
  await model?.close();
});

interface Asked {
  /** In how many seconds the token expires. */
  readonly expiresIn?: number;
  readonly signal?: AbortSignal;
}

async function follow(script: readonly ScriptedReply[], { expiresIn = 300, signal }: Asked = {}) {
  writes = script;
  const token = await issuer.token({ exp: Math.floor(Date.now() / 1_000) + expiresIn });
  const headers = { authorization: `Bearer ${token}` };
  return subscribe(
    gateway.url,
    { question: newQuestion() },
    { headers, ...(signal === undefined ? {} : { signal }) },
  );
}

const text = (text: string): ScriptedReply => ({ kind: 'text', text });
const deltas = (events: readonly FollowedEvent[]) => ofKind(events, 'TextDelta').map((event) => event.text);
const answerOf = (events: readonly FollowedEvent[]) => ofKind(events, 'AskDone')[0]?.answer;

describe('a text that is followed while a model writes it', () => {
  it('comes sentence by sentence, after its rows, and is the text of the answer', async () => {
    const sentences = [`${first[0]} has ${first[1]} venues.`, `${second[0]} has ${second[1]}.`] as const;
    const events = await followed(await follow([text(sentences.join(' '))]));
    expect(deltas(events)).toEqual([sentences[0], ` ${sentences[1]}`]);
    expect(answerOf(events)?.text).toBe(sentences.join(' '));
    const kinds = events.map((event) => event.__typename);
    expect(kinds.indexOf('RowsArrived')).toBeLessThan(kinds.indexOf('TextDelta'));
  });

  it('is told while the model still writes', async () => {
    const sentence = `${first[0]} has ${first[1]} venues.`;
    const response = await follow([{ kind: 'endless', text: `${sentence} ` }]);
    for await (const { event, data } of messagesOf(response)) {
      if (event !== 'next' || !data.includes('TextDelta')) continue;
      expect(data).toContain(sentence);
      expect(model.abandoned()).toBe(0);
      break;
    }
  });

  it('never holds what the rows do not, not even for a moment', async () => {
    const begun = `${first[0]} has ${first[1]} venues.`;
    const rest = `${second[0]} has ${second[1]}.`;
    const events = await followed(
      await follow([text(`${begun} ${second[0]} has 99. So it is.`), text(rest)]),
    );
    expect(deltas(events)).toEqual([begun, ` ${rest}`]);
    expect(answerOf(events)?.text).toBe(`${begun} ${rest}`);
    expect(JSON.stringify(events)).not.toContain('99.');
  });

  it('goes on by template where the model is cut off in the middle, without taking anything back', async () => {
    const begun = `${first[0]} has ${first[1]} venues.`;
    for (const kind of ['cutOff', 'failsMidway'] as const) {
      const events = await followed(await follow([{ kind, text: `${begun} It is followed by ` }]));
      expect(deltas(events)[0]).toBe(begun);
      const told = deltas(events).join('');
      expect(told).toMatch(/ Number of venues by city: /);
      expect(answerOf(events)).toMatchObject({
        status: 'ANSWERED',
        text: told,
        usage: { modelCalls: 2, inputTokens: 100 },
      });
    }
  });
});

describe('what is under way for a question ends', () => {
  const conversationOf = async (id: string | undefined) =>
    send(gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await issuer.token({})}` },
      body: JSON.stringify({ query: 'query ($id: ID!) { conversation(id: $id) { id } }', variables: { id } }),
    });

  it('when its client goes away', async () => {
    const before = model.abandoned();
    const reader = new AbortController();
    const response = await follow([{ kind: 'silent' }], { signal: reader.signal });
    let conversationId: string | undefined;
    const read = async () => {
      for await (const { data } of messagesOf(response)) {
        conversationId ??= /"conversationId":"([^"]+)"/.exec(data)?.[1];
        if (data.includes('RowsArrived')) reader.abort();
      }
    };
    await expect(read()).rejects.toThrow();
    await expect.poll(() => model.abandoned(), { timeout: 5_000 }).toBe(before + 1);
    await expect.poll(async () => codesOf(await conversationOf(conversationId))).toEqual(['NOT_FOUND']);
  });

  it('and until then takes one of the places that its caller has', async () => {
    const readers = [new AbortController(), new AbortController()] as const;
    const open = await Promise.all(readers.map(({ signal }) => follow([{ kind: 'silent' }], { signal })));
    expect(open.map(({ status }) => status)).toEqual([200, 200]);
    const third = await follow([{ kind: 'silent' }]);
    expect(third.status).toBe(429);
    expect(await third.json()).toMatchObject({ errors: [{ extensions: { code: 'RATE_LIMITED' } }] });
    for (const reader of readers) reader.abort();
    await expect
      .poll(async () => {
        const again = await follow([text('That is what there is.')]);
        return again.status === 200 ? (answerOf(await followed(again))?.status ?? '') : again.status;
      })
      .toBe('ANSWERED');
  });

  it('when its caller’s token expires', async () => {
    const before = model.abandoned();
    const started = Date.now();
    const response = await follow([{ kind: 'silent' }], { expiresIn: 3 });
    expect(response.status).toBe(200);
    const events = await followed(response);
    expect(events.at(-1)).toMatchObject({ __typename: 'AskFailed', fault: { code: 'UNAUTHENTICATED' } });
    expect(Date.now() - started).toBeLessThan(10_000);
    await expect.poll(() => model.abandoned(), { timeout: 5_000 }).toBe(before + 1);
    const [begun] = ofKind(events, 'AskStarted');
    await expect
      .poll(async () => codesOf(await conversationOf(begun?.conversationId)))
      .toEqual(['NOT_FOUND']);
  }, 30_000);
});
