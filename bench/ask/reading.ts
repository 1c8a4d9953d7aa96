import { makeKnowledge } from '../../gateway/knowledge/knowledge.js';
import { retrieve } from '../../gateway/knowledge/retrieve/retrieve.js';
import { embeddedPlanner } from '../../gateway/planner/embedded/embedded-planner.js';
import { badQuestions, madeDomain, madeProfile, madeQuestions } from './made-domains.js';

/** Measures how long questions take to be found their domain and read, by CPU time, over catalogs of two sizes. */
const ROUNDS = 3;

async function measure(
  name: string,
  domains: number,
  tables: number,
  comments: 'described' | 'bare',
): Promise<void> {
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const start = process.cpuUsage();
  const made = Array.from({ length: domains }, (_, index) =>
    madeDomain(`domain_${index}`, tables, index * 3, comments),
  );
  const catalogs = process.cpuUsage(start);
  const built = process.cpuUsage();
  const knowledge = makeKnowledge(made, madeProfile);
  const build = process.cpuUsage(built);
  globalThis.gc?.();
  const memory = process.memoryUsage().heapUsed - before;
  const asOf = new Date('2026-11-22T12:00:00Z');
  const times: number[] = [];
  let answered = 0;
  const ask = async (question: string) => {
    const from = process.cpuUsage();
    const candidates = retrieve(question, knowledge, undefined);
    const outcome = await embeddedPlanner.plan({ question, asOf, timeZone: 'UTC', maxRows: 100, candidates });
    const used = process.cpuUsage(from);
    return { outcome, milliseconds: (used.user + used.system) / 1_000 };
  };
  const questions = madeQuestions(made[0]!);
  for (let round = 0; round <= ROUNDS; round++) {
    for (const question of questions) {
      const { outcome, milliseconds } = await ask(question);
      if (round === 0) continue;
      times.push(milliseconds);
      if (outcome.kind === 'plan') answered += 1;
    }
  }
  let slowest = { milliseconds: 0, question: '' };
  for (const question of badQuestions(made[0]!)) {
    const { milliseconds } = await ask(question);
    if (milliseconds > slowest.milliseconds) slowest = { milliseconds, question: question.slice(0, 40) };
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(share * (times.length - 1))]!.toFixed(2);
  const seconds = (usage: NodeJS.CpuUsage) => ((usage.user + usage.system) / 1e6).toFixed(2);
  console.log(
    `| ${name} | ${at(0.5)} | ${at(0.99)} | ${slowest.milliseconds.toFixed(0)} (${slowest.question}) | ${seconds(catalogs)} | ${seconds(build)} | ${(memory / 1e6).toFixed(0)} | ${answered} of ${times.length} |`,
  );
}

console.log(
  '| catalog | median ms | p99 ms | slowest bad question ms | catalogs s | index s | memory MB | planned |',
);
console.log('|---|---|---|---|---|---|---|---|');
await measure('1 domain × 20 tables', 1, 20, 'bare');
await measure('1 domain × 20 tables, every column described', 1, 20, 'described');
await measure('1,000 domains × 100 tables', 1_000, 100, 'bare');
await measure('1,000 domains × 100 tables, every column described', 1_000, 100, 'described');
