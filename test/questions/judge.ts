import { type Answer, ask } from './ask.js';
import type { DemoData } from './demo-data.js';
import { DEFAULT_AS_OF, type Question } from './question.js';
import { sameRows } from './same-rows.js';

/** What became of a question: right, an honest abstention, or wrong. */
export interface Verdict {
  readonly question: Question;
  readonly outcome: 'right' | 'abstained' | 'wrong';
  /** For people: what was wrong, or why nothing was answered. */
  readonly reason: string;
  readonly answer: Answer;
}

type Rows = readonly (readonly unknown[])[];

/** As many as may be asked for: what is compared is the whole answer. */
const MAX_ROWS = 10_000;

/** Asks a question and holds its answer against what SQL finds. */
export async function judge(url: string, data: DemoData, question: Question): Promise<Verdict> {
  const input = { question: question.question, asOf: question.asOf ?? DEFAULT_AS_OF, maxRows: MAX_ROWS };
  const answer = await ask(url, input);
  const accepted = await Promise.all([question.sql].flat().map((sql) => data.rows(question.domain, sql)));
  const verdict = (outcome: Verdict['outcome'], reason: string): Verdict => ({
    question,
    outcome,
    reason,
    answer,
  });
  const isRight = (rows: Rows) => accepted.some((expected) => sameRows(rows, expected, question));
  switch (answer.status) {
    case 'ANSWERED':
      return isRight(answer.table?.rows ?? [])
        ? verdict('right', '')
        : verdict(
            'wrong',
            `answered ${show(answer.table?.rows)}; right is ${accepted.map(show).join(' or ')}`,
          );
    case 'NO_DATA':
      return accepted.some(isNothing)
        ? verdict('right', '')
        : verdict('wrong', `says that there is no data; right is ${accepted.map(show).join(' or ')}`);
    case 'CLARIFICATION': {
      const choices = answer.clarification?.choices ?? [];
      const answers = await Promise.all(choices.map(({ id }) => ask(url, { ...input, choiceId: id })));
      return answers.some((choice) =>
        choice.status === 'NO_DATA' ? accepted.some(isNothing) : isRight(choice.table?.rows ?? []),
      )
        ? verdict('abstained', `asks: ${choices.map(({ label }) => label).join(' / ')}`)
        : verdict('wrong', `offers only wrong readings: ${choices.map(({ label }) => label).join(' / ')}`);
    }
    case 'NOT_UNDERSTOOD':
      return verdict('abstained', answer.text);
    default:
      return verdict('wrong', `${answer.status}: ${answer.text}`);
  }
}

/** No row, nothing in them, or a count of none. */
function isNothing(rows: Rows): boolean {
  return rows.every((row) => row.every((cell) => cell === null || Number(cell) === 0));
}

function show(rows: Rows | undefined): string {
  const first = (rows ?? []).slice(0, 6).map((row) => JSON.stringify(row));
  return `${rows?.length ?? 0} rows ${first.join(' ')}`;
}
