import { readFileSync } from 'node:fs';

import { FAKE_KEY, startOpenaiServer } from '../../test/fakes/models/openai-server.js';
import type { ModelCall, ScriptedReply } from '../../test/fakes/models/scripted-model.js';
import { demoQuestions } from '../../test/questions/demo-questions.js';
import { MUST_ANSWER } from '../../test/questions/must-answer.js';
import { DEFAULT_AS_OF, type Question } from '../../test/questions/question.js';
import { makeHome, type StartedProcess, startProcess } from '../../test/start-process.js';

/**
 * Measures what a question costs of our own time, apart from the model and the database, over the demo's domains and
 * through HTTP, with everything as `askgraph serve` has it (audit trail, store, limits but for the rate):
 *
 * - CPU time of the server's main thread from before the request until shortly after the answer, when what is written
 *   later has been written too. DuckDB works in threads of its own, the model in another process.
 * - elapsed time without what the answer's steps took, and without the model's: of use on an idle machine only.
 */
const WARMING = 40;
const SETTLED_MILLISECONDS = 60;
const ANSWERED = ['ANSWERED', 'PARTIAL', 'NO_DATA'];
const FOLLOW_UP = 'and in March 2008?';

const ASK = `query ($input: AskInput!) { ask(input: $input) {
  id conversationId status text restatement trust planner usage { modelCalls inputTokens outputTokens cost }
  table { columns { name label unit } rows totalRows truncated } facts { label value unit }
  steps { name domain language query status rows milliseconds } sources { domain table columns dataThrough }
  claims { text cells { step row column } } assumptions chart followUps } }`;

interface Answered {
  readonly conversationId: string;
  readonly status: string;
  readonly planner: string;
  readonly usage: { readonly modelCalls: number };
  readonly steps: readonly { readonly milliseconds: number | null }[];
}

interface Sample {
  readonly cpu: number;
  readonly elapsed: number;
}

const questions = MUST_ANSWER.flatMap((id) => demoQuestions.filter((question) => question.id === id));
console.log(
  '\n| question | asked | CPU ms, median | p99 | elapsed ms, median | p99 |\n|---|---|---|---|---|---|',
);
await measureEmbedded();
await measureModel();

async function measureEmbedded(): Promise<void> {
  await served({ ASKGRAPH_PLANNER: 'embedded' }, async (server) => {
    for (const question of questions.slice(0, WARMING)) {
      const { answer } = await timed(server, question.question, question.asOf);
      await timed(server, FOLLOW_UP, question.asOf, answer.conversationId);
      await timed(server, question.question, question.asOf);
    }
    const rest = questions.slice(WARMING);
    const fresh: Sample[] = [];
    const followed: Sample[] = [];
    for (const question of rest) {
      const first = await timed(server, question.question, question.asOf);
      fresh.push(first.sample);
      if (!question.question.includes('2008')) continue;
      const next = await timed(server, FOLLOW_UP, question.asOf, first.answer.conversationId);
      if (ANSWERED.includes(next.answer.status)) followed.push(next.sample);
    }
    const again: Sample[] = [];
    for (const { question, asOf } of rest) again.push((await timed(server, question, asOf)).sample);
    tell('fresh, embedded planner', fresh);
    tell(`"${FOLLOW_UP}" after it`, followed);
    tell('the same again, from the cached plan', again);
  });
}

async function measureModel(): Promise<void> {
  const sqlOf = new Map(questions.map((question) => [question.question, question]));
  let modelMilliseconds = 0;
  const fake = await startOpenaiServer((call) => {
    const start = performance.now();
    const reply =
      call.tool === undefined ? { kind: 'text' as const, text: 'Here it is.' } : planOf(call, sqlOf);
    modelMilliseconds += performance.now() - start;
    return reply;
  });
  const settings = {
    ASKGRAPH_PLANNER: 'model',
    ASKGRAPH_MODEL: 'openai:fake',
    ASKGRAPH_MODEL_URL: fake.url,
    ASKGRAPH_MODEL_API_KEY: FAKE_KEY,
  };
  await served(settings, async (server) => {
    const fresh: Sample[] = [];
    const withSql = questions.filter(({ domain }) => domain !== 'product');
    for (const [index, { question, asOf }] of withSql.entries()) {
      modelMilliseconds = 0;
      const { answer, sample } = await timed(server, question, asOf);
      if (index < WARMING || answer.usage.modelCalls !== 2) continue;
      fresh.push({ ...sample, elapsed: sample.elapsed - modelMilliseconds });
    }
    tell('fresh, a model plans and words', fresh);
  });
  await fake.close();
}

function planOf({ messages }: ModelCall, sqlOf: ReadonlyMap<string, Question>): ScriptedReply {
  const said = /<question>\s*([\s\S]*?)\s*<\/question>/.exec(messages.at(-1)?.text ?? '')?.[1] ?? '';
  const question = sqlOf.get(said);
  if (question === undefined) throw new Error(`The model was asked what nobody asked: ${said}`);
  const [query] = [question.sql].flat();
  const step = { name: 'found', domain: question.domain, language: 'SQL', query, dependsOn: [] };
  return { kind: 'object', value: { kind: 'plan', restatement: question.question, steps: [step] } };
}

async function served(
  settings: Readonly<Record<string, string>>,
  work: (server: StartedProcess) => Promise<void>,
): Promise<void> {
  const home = makeHome('shared');
  const server = await startProcess(['serve'], {
    ASKGRAPH_HOME: home.path,
    PORT: '0',
    LOG_LEVEL: 'silent',
    RATE_LIMIT_POINTS: '0',
    ASKGRAPH_REFRESH_SECONDS: '0',
    ...settings,
  });
  try {
    await work(server);
  } finally {
    await server.stop();
    home.remove();
  }
}

/** Asks one question, in a conversation of its own if none is given, and says what it cost. */
async function timed(
  server: StartedProcess,
  question: string,
  asOf = DEFAULT_AS_OF,
  conversationId?: string,
): Promise<{ readonly answer: Answered; readonly sample: Sample }> {
  const before = mainThreadCpu(server);
  const start = performance.now();
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: ASK, variables: { input: { question, asOf, conversationId } } }),
  });
  const body = (await response.json()) as { data?: { ask: Answered | null }; errors?: unknown };
  const whole = performance.now() - start;
  if (!body.data?.ask) throw new Error(`${question} → ${JSON.stringify(body.errors)}`);
  await new Promise((settled) => setTimeout(settled, SETTLED_MILLISECONDS));
  const steps = body.data.ask.steps.reduce((sum, { milliseconds }) => sum + (milliseconds ?? 0), 0);
  const sample = { cpu: mainThreadCpu(server) - before, elapsed: whole - steps };
  return { answer: body.data.ask, sample };
}

/** Milliseconds for which the process's first thread has run, as Linux counts them. */
function mainThreadCpu({ process: { pid } }: StartedProcess): number {
  const [nanoseconds] = readFileSync(`/proc/${pid}/task/${pid}/schedstat`, 'utf8').split(' ');
  return Number(nanoseconds) / 1e6;
}

function tell(name: string, samples: readonly Sample[]): void {
  const at = (of: (sample: Sample) => number, share: number) => {
    const sorted = samples.map(of).sort((a, b) => a - b);
    return (sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN).toFixed(1);
  };
  const figures = [(sample: Sample) => sample.cpu, (sample: Sample) => sample.elapsed].flatMap((of) => [
    at(of, 0.5),
    at(of, 0.99),
  ]);
  console.log(`| ${name} | ${samples.length} | ${figures.join(' | ')} |`);
}
