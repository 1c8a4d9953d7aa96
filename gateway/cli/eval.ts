import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { unknownName } from '../../schema/did-you-mean.js';
import type { Environment } from '../../subgraphs/define-subgraph.js';
import { domainNameOf } from '../../subgraphs/folder/folder-names.js';
import { OPERATOR } from '../../subgraphs/own-callers.js';
import { parseInstant } from '../ask/schema/parse-instant.js';
import { readConfig } from '../config.js';
import { makeContext } from '../context.js';
import { evaluate, type Verdict } from '../eval/evaluate.js';
import { type Report, reportOf } from '../eval/figures.js';
import { percent, printReport } from '../eval/print-report.js';
import { type QuestionSet, readQuestionSets } from '../eval/question-set.js';
import { writeHtml } from '../eval/write-html.js';
import { makeDomainLister } from '../list-domains.js';
import { MODEL_SETTINGS } from '../model/model-settings.js';
import { type Gateway, openGateway } from '../open-gateway.js';
import { instant } from './ask-options.js';

export interface EvalOptions {
  readonly set: string;
  /** Who plans; as for `serve` where it is left out. */
  readonly planner?: string;
  /** The folder that the model's exchanges are kept in, or told again from. */
  readonly record?: string;
  readonly replay?: string;
  /** What "today" means for questions that do not say it themselves. */
  readonly asOf?: string;
  readonly limit?: number;
  readonly report?: string;
  readonly json?: true;
  readonly minimumPrecision?: number;
  readonly minimumAccuracy?: number;
}

const PLANNERS: readonly string[] = MODEL_SETTINGS.ASKGRAPH_PLANNER.unwrap().options;
/** The largest result that is compared. */
const MAX_ROWS = 1_000;

/**
 * Asks the golden questions of a folder, whose folders are domains of data beside their `questions.json`, and prints how
 * many were answered and how many rightly. Says whether the minimums that were set are reached.
 */
export async function runEval(options: EvalOptions, environment: Environment): Promise<'reached' | 'missed'> {
  const { planner, record, replay } = options;
  if (planner !== undefined && !PLANNERS.includes(planner))
    throw unknownName('planner', planner, 'this gateway', PLANNERS);
  const sets = limited(await readQuestionSets(options.set), options.limit);
  const config = readConfig({
    ...environment,
    ASKGRAPH_DATA: options.set,
    ...(planner === undefined ? {} : { ASKGRAPH_PLANNER: planner }),
    ...(record === undefined ? {} : { ASKGRAPH_MODEL_EXCHANGES: `record:${record}` }),
    ...(replay === undefined ? {} : { ASKGRAPH_MODEL_EXCHANGES: `replay:${replay}` }),
  });
  const asOf = options.asOf === undefined ? new Date() : parseInstant('asOf', instant(options.asOf));
  const report = (message: string) => process.stderr.write(`${message}\n`);
  const definitions = await makeDomainLister(config)(report);
  const gateway = await openGateway({ config, definitions, report, warn: report });
  try {
    await gateway.embedded();
    const verdicts = await evaluate({
      sets: sets.map((set) => ({ set, domain: domainOf(set, gateway) })),
      knowledge: await gateway.knowledge(),
      ask: (question, domain, asOf) => {
        const context = makeContext({
          requestId: randomUUID(),
          caller: OPERATOR,
          now: asOf,
          timeoutMilliseconds: config.requestTimeoutMilliseconds,
          clientGone: new AbortController().signal,
        });
        const input = { question, domains: [domain], asOf, timeZone: 'UTC', maxRows: MAX_ROWS };
        const none = { conversationId: undefined, choiceId: undefined, idempotencyKey: undefined };
        return gateway.ask.ask({ ...input, ...none }, context);
      },
      asOf,
      maxRows: MAX_ROWS,
      clock: () => performance.now(),
      onVerdict: options.json === true ? () => {} : tellProgress(sets),
    });
    return await tell(reportOf(verdicts), options);
  } finally {
    await gateway.close();
  }
}

/** Prints and writes the report, and says whether the minimums were reached. */
async function tell(report: Report, options: EvalOptions): Promise<'reached' | 'missed'> {
  process.stdout.write(options.json === true ? `${JSON.stringify(report, null, 2)}\n` : printReport(report));
  if (options.report !== undefined)
    await writeFile(options.report, writeHtml(report, `Evaluation of ${options.set}`));
  const { precision, accuracy } = report.total;
  const missed = [
    ...(precision < (options.minimumPrecision ?? 0)
      ? [`precision ${percent(precision)} is below ${percent(options.minimumPrecision!)}`]
      : []),
    ...(accuracy < (options.minimumAccuracy ?? 0)
      ? [`accuracy ${percent(accuracy)} is below ${percent(options.minimumAccuracy!)}`]
      : []),
  ];
  if (missed.length === 0) return 'reached';
  process.stderr.write(`${missed.join(', ')}\n`);
  return 'missed';
}

/** The first questions of every set, so that no database is left out. */
function limited(sets: readonly QuestionSet[], limit: number | undefined): QuestionSet[] {
  if (limit === undefined) return [...sets];
  const each = Math.max(1, Math.ceil(limit / sets.length));
  return sets.map((set) => ({ ...set, questions: set.questions.slice(0, each) }));
}

function domainOf({ name }: QuestionSet, gateway: Gateway): string {
  const known = gateway.subgraphs.map((subgraph) => subgraph.name);
  const domain = domainNameOf(name);
  if (!known.includes(domain)) throw unknownName('domain', domain, 'the folder', known);
  return domain;
}

function tellProgress(sets: readonly QuestionSet[]): (verdict: Verdict) => void {
  const total = sets.reduce((sum, { questions }) => sum + questions.length, 0);
  let done = 0;
  return () => {
    done += 1;
    if (done % 200 === 0 || done === total) process.stderr.write(`${done} of ${total} questions\n`);
  };
}
