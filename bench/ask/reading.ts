import { makeKnowledge } from '../../gateway/knowledge/knowledge.js';
import { retrieve } from '../../gateway/knowledge/retrieve/retrieve.js';
import { embeddedPlanner } from '../../gateway/planner/embedded/embedded-planner.js';
import { INSTRUCTIONS } from '../../gateway/planner/model/instructions.js';
import { openingOf } from '../../gateway/planner/model/model-planner.js';
import { PLAN_TOOL } from '../../gateway/planner/model/plan-reply.js';
import type { Asker, PlanRequest } from '../../gateway/planner/planner.js';
import { badQuestions, madeDomain, madeProfile, madeQuestions } from './made-domains.js';

/**
 * Measures how long questions take to be looked up and read, by CPU time, over catalogs of two sizes, and how long a
 * model's prompt is.
 */
const ROUNDS = 3;
/** Names in snake case take more tokens than prose, which has four or more to one. */
const CHARACTERS_A_TOKEN = 3.5;

/** Who is shown all values, which makes the longest prompts. */
const ASKER: Asker = {
  signal: new AbortController().signal,
  schema: () => {
    throw new Error('Nothing is asked of the schema.');
  },
  valuesForModel: () => 'shown',
  inspect: () => Promise.resolve([]),
  callModel: () => Promise.reject(new Error('No model is called.')),
};

async function measure(
  name: string,
  domains: number,
  tables: number,
  comments: 'described' | 'bare',
): Promise<void> {
  const before = memoryInUse();
  const start = process.cpuUsage();
  const made = Array.from({ length: domains }, (_, index) =>
    madeDomain(`domain_${index}`, tables, index * 3, comments),
  );
  const catalogs = process.cpuUsage(start);
  const beforeIndex = memoryInUse();
  const catalogMemory = beforeIndex - before;
  const built = process.cpuUsage();
  const knowledge = makeKnowledge(made, madeProfile);
  const build = process.cpuUsage(built);
  const asOf = new Date('2026-11-22T12:00:00Z');
  const times: number[] = [];
  const lookups: number[] = [];
  let longestPrompt = 0;
  let answered = 0;
  const ask = async (question: string) => {
    const from = process.cpuUsage();
    const candidates = retrieve(question, knowledge, undefined);
    const lookup = millisecondsSince(from);
    const request = { question, asOf, timeZone: 'UTC', maxRows: 100, candidates };
    const outcome = await embeddedPlanner.plan(request);
    const milliseconds = millisecondsSince(from);
    longestPrompt = Math.max(longestPrompt, promptLength(request));
    return { outcome, lookup, milliseconds };
  };
  const questions = madeQuestions(made[0]!);
  for (let round = 0; round <= ROUNDS; round++) {
    for (const question of questions) {
      const { outcome, lookup, milliseconds } = await ask(question);
      if (round === 0) continue;
      times.push(milliseconds);
      lookups.push(lookup);
      if (outcome.kind === 'plan') answered += 1;
    }
  }
  let slowest = { milliseconds: 0, question: '' };
  for (const question of badQuestions(made[0]!)) {
    const { milliseconds } = await ask(question);
    if (milliseconds > slowest.milliseconds) slowest = { milliseconds, question: question.slice(0, 40) };
  }
  const seconds = (usage: NodeJS.CpuUsage) => ((usage.user + usage.system) / 1e6).toFixed(1);
  console.log(
    `| ${name} | ${at(lookups, 0.5)} | ${at(lookups, 0.99)} | ${at(times, 0.5)} | ${at(times, 0.99)} | ${slowest.milliseconds.toFixed(0)} (${slowest.question}) | ${seconds(catalogs)} | ${seconds(build)} | ${(catalogMemory / 1e6).toFixed(0)} | ${((memoryInUse() - beforeIndex) / 1e6).toFixed(0)} | ${Math.round(longestPrompt / CHARACTERS_A_TOKEN)} | ${answered} of ${times.length} |`,
  );
}

function at(values: number[], share: number): string {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(share * (sorted.length - 1))]!.toFixed(2);
}

function millisecondsSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1_000;
}

function memoryInUse(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** All that a planning model is sent beside the question, which may be as long as its asker likes. */
function promptLength(request: PlanRequest): number {
  const { length } = openingOf(request, ASKER).text;
  return INSTRUCTIONS.length + JSON.stringify(PLAN_TOOL).length + length - request.question.length;
}

console.log(
  '| catalog | look-up median ms | p99 ms | reading median ms | p99 ms | slowest bad question ms | catalogs s | index s | catalogs MB | index MB | longest prompt, tokens | planned |',
);
console.log('|---|---|---|---|---|---|---|---|---|---|---|---|');
await measure('1 domain × 20 tables', 1, 20, 'bare');
await measure('1 domain × 20 tables, every column described', 1, 20, 'described');
await measure('1,000 domains × 100 tables', 1_000, 100, 'bare');
