import { appendFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { FAKE_KEY, startOpenaiServer } from '../fakes/models/openai-server.js';
import { byWords, type EmbeddingScript, TOKENS_A_TEXT } from '../fakes/models/scripted-embeddings.js';
import { type FakeModelServer, SCRIPTED_USAGE } from '../fakes/models/scripted-model.js';
import { startTokenIssuer } from '../fakes/token-issuer.js';
import { CALLERS, type CallerName, demoWithPolicies } from '../policy/demo-policies.js';
import { send } from '../post-graphql.js';
import { ask, tryAsk } from '../questions/ask.js';
import { type StartedGateway, startGateway } from '../start-gateway.js';
import { makeHome } from '../start-process.js';

/** No word of it, nor its stem, is a name of the data; a model of meanings knows that it is about the height of plants. */
const QUESTION = 'Which perennial towers above everything?';
const MEANT = byWords(['plant', 'perennial'], ['height', 'tower'], ['salarie', 'emolument']);
const TABLES = 3;
/** Domains before it in the alphabet, more than are shown to a model where no word tells one. */
const MORE = 12;

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

interface Started {
  readonly url: string;
  readonly model: FakeModelServer;
  readonly home: string;
  readonly data: string;
  readonly gateway: StartedGateway;
}

function makeFolder(): { home: string; data: string } {
  const { path, remove } = makeHome('none');
  closing.push(remove);
  const data = join(path, 'sets');
  mkdirSync(join(data, 'garden'), { recursive: true });
  writeFileSync(join(data, 'garden', 'plants.csv'), 'plant_id,plant_name,height\n1,Rose,120\n2,Tulip,40\n');
  writeFileSync(join(data, 'garden', 'tools.csv'), 'tool_id,tool_name,price\n1,Spade,20\n');
  mkdirSync(join(data, 'music'), { recursive: true });
  writeFileSync(join(data, 'music', 'albums.csv'), 'album_id,title,year\n1,Low,1977\n');
  return { home: path, data };
}

async function start(
  place: EmbeddingScript,
  settings: Readonly<Record<string, string>> = {},
  { home, data } = makeFolder(),
): Promise<Started> {
  const model = await startModel(place);
  const gateway = await startGateway({
    ASKGRAPH_HOME: home,
    ASKGRAPH_DATA: data,
    ...modelSettings(model),
    ...settings,
  });
  closing.push(() => gateway.close());
  return { url: gateway.url, model, home, data, gateway };
}

async function startModel(place: EmbeddingScript): Promise<FakeModelServer> {
  const step = { name: 'found', domain: 'garden', language: 'SQL', query: 'SELECT plant_name FROM plants' };
  const model = await startOpenaiServer(
    () => ({ kind: 'object', value: { kind: 'plan', restatement: 'plants', steps: [step] } }),
    place,
  );
  closing.push(() => model.close());
  return model;
}

function modelSettings({ url }: FakeModelServer): Record<string, string> {
  return {
    ASKGRAPH_MODEL: 'openai:planner-1',
    ASKGRAPH_MODEL_URL: url,
    ASKGRAPH_MODEL_API_KEY: FAKE_KEY,
    ASKGRAPH_MODEL_PRICE: '3/15 USD',
    ASKGRAPH_MODEL_RETRIES: '0',
    ASKGRAPH_PLANNER: 'model',
    ASKGRAPH_WRITER_MODEL: 'off',
    ASKGRAPH_EMBEDDING_MODEL: 'openai:meanings-1',
    ASKGRAPH_EMBEDDING_URL: url,
    ASKGRAPH_EMBEDDING_API_KEY: FAKE_KEY,
    ASKGRAPH_EMBEDDING_PRICE: '100 USD',
  };
}

/** Tables get their vectors behind what is asked meanwhile. */
async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; !isSo(); tries++) {
    if (tries === 1_000) throw new Error('It never came.');
    await setTimeout(20);
  }
}
const textsOf = ({ embeddings }: FakeModelServer) => embeddings.flatMap(({ texts }) => texts);
const placed = (started: Pick<Started, 'model'>, tables = TABLES) =>
  until(() => textsOf(started.model).length >= tables);

async function toldOf({ url, model }: Started, question: string): Promise<string> {
  const before = model.calls.length;
  await tryAsk(url, { question });
  return model.calls[before]?.messages[0]?.text ?? '';
}

describe('tables by their meaning', () => {
  it('shows the model a table that has no word in common with the question', async () => {
    const folder = makeFolder();
    for (let number = 1; number <= MORE; number++) {
      mkdirSync(join(folder.data, `a${number}`));
      writeFileSync(join(folder.data, `a${number}`, `rivers${number}.csv`), 'river_id,depth\n1,2\n');
    }
    const started = await start(MEANT, {}, folder);
    await placed(started, TABLES + MORE);
    const told = await toldOf(started, QUESTION);
    expect(told).toContain('Table plants');
    expect(textsOf(started.model).at(-1)).toBe(QUESTION);
    await started.gateway.close();
    const words = await start(MEANT, { ASKGRAPH_EMBEDDING_MODEL: '' }, folder);
    expect(await toldOf(words, QUESTION)).not.toContain('Table plants');
  });

  it('finds tables by their words alone while the model of meanings is down, and says so', async () => {
    const started = await start(() => 'denied');
    await until(() => started.gateway.reports.some((report) => report.includes('MODEL_UNAVAILABLE')));
    expect(await toldOf(started, 'How high is each plant?')).toContain('Table plants');
    const silent = await start((call, index) => (index === 0 ? MEANT(call, index) : 'silent'), {
      ASKGRAPH_EMBEDDING_TIMEOUT_MS: '100',
    });
    await placed(silent);
    expect(await toldOf(silent, 'How high is each plant?')).toContain('Table plants');
  });

  it('asks once for each text, also after a restart, and then only for what is new', async () => {
    const folder = makeFolder();
    const first = await start(MEANT, {}, folder);
    await placed(first);
    expect(textsOf(first.model).sort()).toEqual([
      expect.stringContaining('album'),
      expect.stringContaining('plant'),
      expect.stringContaining('tool'),
    ]);
    await until(() => readdirSync(join(folder.home, 'embeddings')).length === 1);
    await first.gateway.close();
    appendFileSync(join(folder.data, 'music', 'songs.csv'), 'song_id,name\n1,Warszawa\n');
    const second = await start(MEANT, {}, folder);
    await placed(second, 1);
    expect(textsOf(second.model)).toEqual([expect.stringContaining('song')]);
    expect(await toldOf(second, QUESTION)).toContain('Table plants');
    await toldOf(second, QUESTION);
    expect(textsOf(second.model)).toHaveLength(2);
  });

  it('is not asked where no model plans', async () => {
    const started = await start(MEANT, { ASKGRAPH_PLANNER: 'both' });
    await placed(started);
    expect(await ask(started.url, { question: 'How many plants are there?' })).toMatchObject({
      planner: 'embedded',
      usage: { modelCalls: 0, inputTokens: 0 },
    });
    expect(textsOf(started.model)).toHaveLength(TABLES);
    await toldOf(started, QUESTION);
    expect(textsOf(started.model)).toHaveLength(TABLES + 1);
    expect(await ask(started.url, { question: QUESTION })).toMatchObject({ usage: { inputTokens: 0 } });
    expect(textsOf(started.model)).toHaveLength(TABLES + 1);
  });

  it('charges the asker, who is told the cost, and is on record by digest only', async () => {
    const { home, data } = makeFolder();
    const audit = { ASKGRAPH_AUDIT: 'file', ASKGRAPH_AUDIT_DIRECTORY: join(home, 'audit') };
    const started = await start(MEANT, audit, { home, data });
    await placed(started);
    const { usage } = await ask(started.url, { question: QUESTION });
    const { inputTokens, outputTokens } = SCRIPTED_USAGE;
    const cost = (inputTokens * 3 + outputTokens * 15 + TOKENS_A_TEXT * 100) / 1e6;
    expect(usage).toMatchObject({
      modelCalls: 1,
      inputTokens: inputTokens + TOKENS_A_TEXT,
      cost: cost.toFixed(6),
    });
    await started.gateway.close();
    const trail = readdirSync(join(home, 'audit'))
      .map((file) => readFileSync(join(home, 'audit', file), 'utf8'))
      .join('');
    const embedded = trail
      .split('\n')
      .filter((line) => line.includes('"embed"'))
      .map((line) => JSON.parse(line));
    const event = { decision: 'allowed', facts: { model: 'openai:meanings-1', purpose: 'embed' } };
    expect(embedded).toMatchObject([
      { ...event, subject: 'askgraph-sampler' },
      { ...event, digests: { prompt: expect.any(String) } },
    ]);
    expect(trail).not.toContain('perennial');
  });

  it('sends nothing for an asker whose budget is used up', async () => {
    const started = await start(MEANT, { BUDGET_TOKENS: '2' });
    await placed(started);
    const { errors } = await tryAsk(started.url, { question: QUESTION });
    expect(errors).toMatchObject([{ extensions: { code: 'BUDGET_EXCEEDED' } }]);
    expect(textsOf(started.model)).toHaveLength(TABLES);
    expect(started.model.calls).toHaveLength(0);
  });
});

describe('tables by their meaning, under policies', () => {
  it('never come to a caller who may not see them, and what policies hold back is never sent', async () => {
    const issuer = await startTokenIssuer();
    closing.push(() => issuer.close());
    const model = await startModel(MEANT);
    const { path, remove } = makeHome('shared');
    closing.push(remove);
    const gateway = await startGateway(
      {
        ASKGRAPH_HOME: path,
        ASKGRAPH_HASH_KEY: 'a secret of the tests only',
        AUTH_JWKS_URL: issuer.jwksUrl,
        AUTH_ISSUER: issuer.issuer,
        AUTH_AUDIENCE: 'askgraph',
        ...modelSettings(model),
      },
      await demoWithPolicies(),
    );
    closing.push(() => gateway.close());
    const toldTo = async (name: CallerName) => {
      const { roles, ...claims } = CALLERS[name];
      const token = await issuer.token({ roles: [...roles], ...claims });
      const before = model.calls.length;
      await send(gateway.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({ query: '{ ask(input: {question: "Riddle me emoluments."}) { status } }' }),
      });
      return model.calls[before]?.messages[0]?.text ?? '';
    };
    await placed({ model }, 15);
    expect(await toldTo('hr')).toContain('Table salaries');
    expect(await toldTo('clerk')).not.toMatch(/Table (salaries|employees)/);
    const sent = textsOf(model).filter((text) => !text.startsWith('Riddle'));
    const [users] = sent.filter((text) => /^users?;/.test(text));
    expect(users).toContain('city');
    expect(users).not.toMatch(/with .*(e-?mail|last ?name|phone|user ?name)/i);
    const [employees] = sent.filter((text) => /^employees?;/.test(text));
    expect(employees).toContain('gender');
    expect(employees).not.toContain('birth');
    // Of pay, analysts see figures only.
    const [salaries] = sent.filter((text) => /^salar/.test(text));
    expect(salaries).toMatch(/from date/);
    expect(salaries).not.toMatch(/(with|,) salary \(/);
  }, 60_000);
});
