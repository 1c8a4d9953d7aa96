import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ask } from '../questions/ask.js';
import { planReply, type ScriptedGateway, sqlStep, startScripted } from './scripted-gateway.js';

const QUESTION = 'Riddle me how many plants the garden holds.';

let folder: string;
let scripted: ScriptedGateway;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'askgraph-change-'));
  put('plant_id,name\n1,rose\n2,tulip\n');
  scripted = await startScripted(
    () => planReply([sqlStep('garden', 'SELECT COUNT(*) AS plants FROM plants')]),
    {
      ASKGRAPH_WRITER_MODEL: 'off',
      ASKGRAPH_DATA: join(folder, 'data'),
      ASKGRAPH_HOME: join(folder, 'home'),
    },
  );
}, 120_000);
afterAll(async () => {
  await scripted?.close();
  rmSync(folder, { recursive: true, force: true });
});

function put(plants: string): void {
  mkdirSync(join(folder, 'data', 'garden'), { recursive: true });
  writeFileSync(join(folder, 'data', 'garden', 'plants.csv'), plants);
}

it('a plan that is remembered is made anew once the catalog has changed', async () => {
  const { model, gateway, url } = scripted;
  expect((await ask(url, { question: QUESTION })).table?.rows).toEqual([['2']]);
  expect((await ask(url, { question: QUESTION })).usage.modelCalls).toBe(0);
  expect(model.calls).toHaveLength(1);
  expect(model.calls[0]?.messages[0]?.text).not.toContain('color');

  put('plant_id,name,color\n1,rose,red\n2,tulip,red\n3,lily,white\n');
  expect(await gateway.refresh()).toBe('replaced');
  const again = await ask(url, { question: QUESTION });
  expect(again.usage.modelCalls).toBe(1);
  expect(again.table?.rows).toEqual([['3']]);
  expect(model.calls[1]?.messages[0]?.text).toContain('  color STRING');
  expect((await ask(url, { question: QUESTION })).usage.modelCalls).toBe(0);
}, 60_000);
