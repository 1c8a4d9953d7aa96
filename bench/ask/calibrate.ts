import { readConfig } from '../../gateway/config.js';
import { ANONYMOUS, makeContext } from '../../gateway/context.js';
import { readQuestionSets } from '../../gateway/eval/question-set.js';
import { right } from '../../gateway/eval/right.js';
import { retrieve } from '../../gateway/knowledge/retrieve/retrieve.js';
import { makeDomainLister } from '../../gateway/list-domains.js';
import { openGateway } from '../../gateway/open-gateway.js';
import { FEATURES, type Features } from '../../gateway/planner/embedded/clauses/features.js';
import { readBothWays } from '../../gateway/planner/embedded/embedded-planner.js';
import { domainNameOf } from '../../subgraphs/folder/folder-names.js';
import { printSql } from '../../subgraphs/sql/print-sql.js';
import { runSqlDoor } from '../../subgraphs/sql-door.js';

/**
 * Fits the weights of `clauses/confidence.ts` to golden questions: every reading by clauses is run and held against what
 * is expected, and a logistic regression with a ridge is solved by Newton's method. Always the same for the same data.
 *
 *   npm run bench:calibrate -- FOLDER [pattern of the databases to fit to]
 */
const [folder, pattern = '.'] = process.argv.slice(2);
const RIDGE = 1;
const STEPS = 30;

interface Observation {
  readonly features: Features;
  readonly right: boolean;
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
for (const set of await readQuestionSets(folder)) {
  if (!new RegExp(pattern).test(set.name)) continue;
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
    observations.push({ features: read.features, right: rows !== undefined && right(question, rows) });
  }
}
await gateway.close();
const weights = fittedTo(observations);
console.log(
  `${observations.length} readings, ${observations.filter((one) => one.right).length} of them right`,
);
console.log(
  ['bias', ...FEATURES].map((name, index) => `  ${name}: ${Number(weights[index]!.toFixed(2))},`).join('\n'),
);

function fittedTo(rows: readonly Observation[]): number[] {
  const vectors = rows.map(({ features }) => [1, ...FEATURES.map((name) => features[name])]);
  const size = FEATURES.length + 1;
  const weights = new Array<number>(size).fill(0);
  for (let step = 0; step < STEPS; step++) {
    const gradient = weights.map((weight, index) => (index === 0 ? 0 : RIDGE * weight));
    const curvature = weights.map((_, row) => weights.map((__, column) => (row === column ? RIDGE : 0)));
    vectors.forEach((vector, index) => {
      const odds = vector.reduce((sum, value, at) => sum + value * weights[at]!, 0);
      const likely = 1 / (1 + Math.exp(-odds));
      const miss = likely - (rows[index]!.right ? 1 : 0);
      const spread = likely * (1 - likely);
      vector.forEach((value, row) => {
        gradient[row]! += value * miss;
        vector.forEach((other, column) => {
          curvature[row]![column]! += value * other * spread;
        });
      });
    });
    solve(curvature, gradient).forEach((change, index) => {
      weights[index]! -= change;
    });
  }
  return weights;
}

/** Solves a system of linear equations by elimination. */
function solve(matrix: number[][], vector: number[]): number[] {
  const rows = matrix.map((row, index) => [...row, vector[index]!]);
  for (let at = 0; at < rows.length; at++) {
    const pivot = rows[at]!;
    for (const [index, row] of rows.entries()) {
      if (index === at) continue;
      const share = row[at]! / pivot[at]!;
      row.forEach((value, column) => {
        row[column] = value - share * pivot[column]!;
      });
    }
  }
  return rows.map((row, index) => row.at(-1)! / row[index]!);
}
