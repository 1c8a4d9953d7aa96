import { readConfig } from '../../gateway/config.js';
import { ANONYMOUS, makeContext } from '../../gateway/context.js';
import { readQuestionSets } from '../../gateway/eval/question-set.js';
import { right } from '../../gateway/eval/right.js';
import { retrieve } from '../../gateway/knowledge/retrieve/retrieve.js';
import { makeDomainLister } from '../../gateway/list-domains.js';
import { openGateway } from '../../gateway/open-gateway.js';
import { FEATURES } from '../../gateway/planner/embedded/clauses/features.js';
import { readBothWays } from '../../gateway/planner/embedded/embedded-planner.js';
import { domainNameOf } from '../../subgraphs/folder/folder-names.js';
import { printSql } from '../../subgraphs/sql/print-sql.js';
import { runSqlDoor } from '../../subgraphs/sql-door.js';
import { fittedTo, likelihood, type Seen } from './logistic-regression.js';

/**
 * Fits the weights of `clauses/confidence.ts` to golden questions: every reading by clauses is run and held against what
 * is expected, and a logistic regression with a ridge is solved by Newton's method. Always the same for the same data.
 * The curve that it prints is cross-validated: each database's readings are weighed by weights fitted without it.
 *
 *   npm run bench:calibrate -- FOLDER [pattern of the databases to fit to]
 */
const [folder, pattern = '.'] = process.argv.slice(2);
const FOLDS = 6;
const THRESHOLDS = [0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9];

interface Observation extends Seen {
  readonly database: string;
}

if (folder === undefined) throw new Error('Say the folder of the question sets.');
const config = readConfig({ ASKGRAPH_DATA: folder, ASKGRAPH_HOME: '.askgraph' });
const report = () => {};
const gateway = await openGateway({
  config,
  definitions: await makeDomainLister(config)(report),
  report,
  warn: report,
});
const knowledge = await gateway.knowledge();
const observations: Observation[] = [];
const databases: string[] = [];
let asked = 0;
for (const set of await readQuestionSets(folder)) {
  if (!new RegExp(pattern).test(set.name)) continue;
  databases.push(set.name);
  asked += set.questions.length;
  const domain = domainNameOf(set.name);
  const subgraph = gateway.subgraphs.find(({ name }) => name === domain);
  for (const question of set.questions) {
    const asOf = new Date('2026-11-22T12:00:00Z');
    const candidates = retrieve(question.question, knowledge, [domain]);
    const request = { question: question.question, asOf, timeZone: 'UTC', maxRows: 1_000, candidates };
    const read = readBothWays(request);
    if (read === undefined || subgraph?.dialect === undefined) continue;
    const { query, columns } = read.reading.built;
    const context = makeContext({
      requestId: question.id,
      caller: ANONYMOUS,
      now: asOf,
      timeoutMilliseconds: 10_000,
      clientGone: new AbortController().signal,
    });
    const result = await Promise.resolve()
      .then(() =>
        runSqlDoor(
          subgraph,
          domain,
          printSql(query, read.reading.domain.catalog, subgraph.dialect!),
          1_000,
          context,
        ),
      )
      .catch(() => undefined);
    const rows = result?.rows.map((row) => row.filter((_, index) => columns[index]!.role === 'asked'));
    observations.push({
      database: set.name,
      vector: [1, ...FEATURES.map((name) => read.features[name])],
      isTrue: rows !== undefined && right(question, rows),
    });
  }
}
await gateway.close();
const weights = fittedTo(observations);
console.log(
  `${observations.length} readings, ${observations.filter(({ isTrue }) => isTrue).length} of them right`,
);
console.log(
  ['bias', ...FEATURES].map((name, index) => `  ${name}: ${Number(weights[index]!.toFixed(2))},`).join('\n'),
);
console.log(curve());

/** Coverage and precision above each threshold, every reading judged without the databases of its fold. */
function curve(): string {
  const judged = Array.from({ length: FOLDS }, (_, fold) => {
    const held = new Set(databases.filter((_name, index) => index % FOLDS === fold));
    const own = fittedTo(observations.filter(({ database }) => !held.has(database)));
    return observations
      .filter(({ database }) => held.has(database))
      .map((one) => ({ likely: likelihood(own, one.vector), isTrue: one.isTrue }));
  }).flat();
  const rows = THRESHOLDS.map((threshold) => {
    const answered = judged.filter(({ likely }) => likely >= threshold);
    const share = (part: number, whole: number) => `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`;
    const precision = share(answered.filter(({ isTrue }) => isTrue).length, answered.length);
    return `| ${threshold} | ${share(answered.length, asked)} | ${precision} |`;
  });
  return ['| threshold | coverage | precision |', '|---|---|---|', ...rows].join('\n');
}
