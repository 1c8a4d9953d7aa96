import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { readConfig } from '../../gateway/config.js';
import { readQuestionSets } from '../../gateway/eval/question-set.js';
import type { AskDomain } from '../../gateway/knowledge/domain.js';
import { retrieve } from '../../gateway/knowledge/retrieve/retrieve.js';
import { makeDomainLister } from '../../gateway/list-domains.js';
import { openGateway } from '../../gateway/open-gateway.js';
import { rankTables } from '../../gateway/planner/model/rank-tables.js';
import { domainNameOf } from '../../subgraphs/folder/folder-names.js';

/**
 * Measures how often what a question is about is found among all databases of a folder of question sets: the right
 * database first, and the tables that its SQL reads among the first ten that a prompt would show.
 */
const [folder] = process.argv.slice(2);
const FIRST_TABLES = 10;

const golden = z.array(
  z.object({ id: z.string(), gold_sql: z.string().optional(), gold_sqls: z.array(z.string()).optional() }),
);

if (folder === undefined) throw new Error('Say the folder of the question sets.');
const report = () => {};
const config = readConfig({ ASKGRAPH_DATA: folder, ASKGRAPH_HOME: '.askgraph' });
const gateway = await openGateway({
  config,
  definitions: await makeDomainLister(config)(report),
  report,
  warn: report,
});
const knowledge = await gateway.knowledge();
const counts = { questions: 0, first: 0, among3: 0, among5: 0, found: 0, foundAll: 0 };
const shares: number[] = [];
const times: number[] = [];
for (const set of await readQuestionSets(folder)) {
  const domain = knowledge.domains.find(({ name }) => name === domainNameOf(set.name));
  if (domain === undefined) throw new Error(`There is no domain of ${set.name}.`);
  const read = await tablesRead(path.join(folder, set.name, 'questions.json'), domain);
  const before = { ...counts };
  for (const { id, question } of set.questions) {
    const start = process.cpuUsage();
    const candidates = retrieve(question, knowledge, undefined);
    const { user, system } = process.cpuUsage(start);
    times.push((user + system) / 1_000);
    const place = candidates.domains.findIndex((candidate) => candidate.domain.name === domain.name);
    const shown = new Set(
      rankTables(candidates)
        .slice(0, FIRST_TABLES)
        .map(({ table }) => `${table.domain}.${table.name}`),
    );
    const needed = domain.tables.filter(({ name }) => read.get(id)?.has(name));
    const found = needed.filter((table) => shown.has(`${table.domain}.${table.name}`)).length;
    counts.questions += 1;
    counts.first += place === 0 ? 1 : 0;
    counts.among3 += place >= 0 && place < 3 ? 1 : 0;
    counts.among5 += place >= 0 && place < 5 ? 1 : 0;
    counts.found += needed.length === 0 ? 1 : found / needed.length;
    counts.foundAll += found === needed.length ? 1 : 0;
  }
  shares.push((counts.first - before.first) / (counts.questions - before.questions));
}
await gateway.close();

const share = (count: number) => (count / counts.questions).toFixed(3);
const mean = shares.reduce((sum, one) => sum + one, 0) / shares.length;
const sorted = times.toSorted((a, b) => a - b);
const at = (part: number) => sorted[Math.floor(part * (sorted.length - 1))]!.toFixed(2);
console.log(`
| ${counts.questions} questions over ${shares.length} databases pooled | |
|---|---|
| right database first | ${share(counts.first)} |
| the same, mean of the databases | ${mean.toFixed(3)} |
| right database among the first 3 / 5 | ${share(counts.among3)} / ${share(counts.among5)} |
| recall of the needed tables among the first ${FIRST_TABLES} | ${share(counts.found)} |
| all needed tables among the first ${FIRST_TABLES} | ${share(counts.foundAll)} |
| look-up, CPU ms, median / p99 | ${at(0.5)} / ${at(0.99)} |`);

/** The tables that each question's SQL reads, by the question's id. */
async function tablesRead(file: string, { tables }: AskDomain): Promise<Map<string, Set<string>>> {
  const names = new Map(tables.map(({ name }) => [name.toLowerCase(), name]));
  const questions = golden.parse(JSON.parse(await readFile(file, 'utf8')));
  return new Map(
    questions.map(({ id, gold_sql, gold_sqls }) => {
      const sql = gold_sql ?? gold_sqls?.[0] ?? '';
      const words = [...sql.matchAll(/\b(?:from|join)\s+"?([\w$]+)"?/gi)];
      return [id, new Set(words.flatMap(([, name]) => names.get(name!.toLowerCase()) ?? []))];
    }),
  );
}
