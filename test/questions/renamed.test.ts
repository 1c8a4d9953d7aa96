import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { boxOffice } from '../fixtures/renamed/box-office.js';
import { cover } from '../fixtures/renamed/cover.js';
import { markets } from '../fixtures/renamed/markets.js';
import { personnel } from '../fixtures/renamed/personnel.js';
import { defineRenamed, makeRenamedFile } from '../fixtures/renamed/renamed-domain.js';
import { type StartedGateway, startGateway } from '../start-gateway.js';
import { DEMO_FOLDER, type DemoData, openDemoData } from './demo-data.js';
import { demoQuestions } from './demo-questions.js';
import { judge } from './judge.js';
import { type RenamedQuestion, renamedExamples, renamedNeighbours } from './renamed-questions.js';

const DOMAINS = [boxOffice, personnel, markets, cover];

describe('the same data under other names', () => {
  const folder = mkdtempSync(join(tmpdir(), 'askgraph-renamed-'));
  let gateway: StartedGateway;
  let data: DemoData;

  beforeAll(async () => {
    // The demo data is made by whoever opens it first.
    await (await startGateway()).close();
    data = await openDemoData();
    const definitions = [];
    for (const domain of DOMAINS) {
      const file = join(folder, `${domain.name}.duckdb`);
      await makeRenamedFile(domain, resolve(DEMO_FOLDER, `${domain.of}.duckdb`), file);
      definitions.push(defineRenamed(domain, file));
    }
    gateway = await startGateway({}, definitions);
  });
  afterAll(async () => {
    data?.close();
    await gateway?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([...renamedExamples, ...renamedNeighbours])('$question ($like)', async (renamed) => {
    const verdict = await judge(gateway.url, data, reworded(renamed));
    const accepted = renamed.mayAsk ? ['right', 'abstained'] : ['right'];
    expect(accepted, `${verdict.answer.restatement}: ${verdict.reason}`).toContain(verdict.outcome);
  });

  it('shares no name with the demo domains', async () => {
    for (const { name, of, tables } of DOMAINS) {
      expect(name).not.toBe(of);
      for (const table of tables) {
        expect(table.name.toLowerCase()).not.toBe(table.of);
        for (const [column, original] of table.columns) expect(column.toLowerCase()).not.toBe(original);
      }
    }
  });
});

function reworded({ like, question }: RenamedQuestion) {
  const original = demoQuestions.find(({ id }) => id === like);
  if (original === undefined) throw new Error(`There is no demo question ${like}.`);
  return { ...original, question };
}
