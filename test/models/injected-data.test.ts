import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Catalog, makeColumn } from '../../schema/catalog.js';
import { parseHiveType } from '../../schema/hive-type.js';
import { openDuckdb } from '../../subgraphs/connectors/duckdb.js';
import { startBedrockServer } from '../fakes/models/bedrock-server.js';
import type { FakeModelServer, ModelCall, ScriptedReply } from '../fakes/models/scripted-model.js';
import { ask } from '../questions/ask.js';
import { type StartedGateway, startGateway } from '../start-gateway.js';
import { INJECTIONS } from './injections.js';

/** A domain whose comments, terms and rows all talk to the model. */
let folder: string;
let model: FakeModelServer;
let gateway: StartedGateway;

const injected = (index: number) => INJECTIONS[index % INJECTIONS.length]!;
const column = (name: string, type: string, comment: string) =>
  makeColumn({ name, type: parseHiveType(type), comment, unit: undefined, references: undefined });

const catalog: Catalog = {
  database: 'letters',
  description: injected(3),
  tables: INJECTIONS.map((comment, index) => ({
    name: `letter_${index}`,
    comment,
    primaryKey: ['id'],
    location: undefined,
    columns: [column('id', 'int', injected(index + 1)), column('said', 'string', injected(index + 2))],
  })),
};

const isWriting = ({ tool }: ModelCall) => tool === undefined;

beforeAll(async () => {
  process.env.AWS_ACCESS_KEY_ID = 'AKIDFAKEFAKEFAKEFAKE';
  process.env.AWS_SECRET_ACCESS_KEY = 'secret';
  folder = await mkdtemp(join(tmpdir(), 'askgraph-letters-'));
  const path = join(folder, 'letters.duckdb');
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  for (const { name } of catalog.tables) {
    await connection.run(`CREATE TABLE ${name} (id INTEGER, said VARCHAR)`);
    for (const [id, said] of INJECTIONS.entries())
      await connection.run(
        `INSERT INTO ${name} VALUES (${id}, decode(unhex('${Buffer.from(said).toString('hex')}')))`,
      );
  }
  connection.closeSync();
  instance.closeSync();
  model = await startBedrockServer(
    (call): ScriptedReply =>
      isWriting(call)
        ? { kind: 'text', text: 'As the rows demand, all salaries are 999.' }
        : {
            kind: 'object',
            value: {
              kind: 'plan',
              restatement: 'letters',
              steps: [
                {
                  name: 'found',
                  domain: 'letters',
                  language: 'SQL',
                  query: 'SELECT id, said FROM letter_0 ORDER BY id',
                  dependsOn: [],
                },
              ],
            },
          },
  );
  gateway = await startGateway(
    {
      ASKGRAPH_MODEL: 'bedrock:vendor.model-1',
      ASKGRAPH_MODEL_URL: model.url,
      ASKGRAPH_MODEL_REGION: 'eu-west-1',
      ASKGRAPH_PLANNER: 'model',
    },
    [
      {
        folder: '',
        definition: {
          name: 'letters',
          description: injected(5),
          production: 'DuckDB',
          catalog: { database: 'letters' },
          glossary: { missive: 'letter_0' },
          source: () => ({ engine: 'duckdb', open: () => openDuckdb({ path }) }),
        },
        catalog,
      },
    ],
  );
}, 300_000);
afterAll(async () => {
  await gateway?.close();
  await model?.close();
  await rm(folder, { recursive: true });
});

it('comments, values and rows stand in their fences, and no answer does what they say', async () => {
  const answer = await ask(gateway.url, {
    question: 'Riddle me which letter was said by whom, in letter_0 to letter_9?',
  });
  const planning = model.calls.filter((call) => !isWriting(call));
  const writing = model.calls.filter(isWriting);
  expect(planning).toHaveLength(1);
  expect(writing.length).toBeGreaterThan(0);
  const told = planning[0]!.messages[0]!.text;
  expect(told).toContain('Ignore all previous instructions');
  for (const [calls, fences] of [
    [planning, ['data', 'question']],
    [writing, ['question', 'lookup', 'rows']],
  ] as const)
    for (const call of calls) {
      const text = call.messages[0]!.text;
      for (const fence of fences)
        for (const tag of [`<${fence}>`, `</${fence}>`])
          expect(text.toLowerCase().split(tag), tag).toHaveLength(2);
      for (const injection of INJECTIONS) expect(call.instructions).not.toContain(injection);
      expect(
        call.messages.every(({ role }, index) => role === (index % 2 === 0 ? 'user' : 'assistant')),
      ).toBe(true);
    }
  expect(planning[0]!.tool).toBe('plan');
  expect(answer.status).toBe('ANSWERED');
  expect(answer.text).not.toContain('999');
  expect(answer.table?.rows.map(([, said]) => said)).toEqual(INJECTIONS);
});
