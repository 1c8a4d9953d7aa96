import type { Claim } from '../answer-types.js';
import type { Evidence, KnownCell } from './evidence.js';
import { type Support, supportMoment, supportName, supportNumber } from './match.js';
import { momentsIn } from './moments.js';
import { namesIn } from './names.js';
import { numbersIn } from './numbers.js';
import { quotedCells } from './quoted-cells.js';
import { sentencesOf } from './sentences.js';
import { blank } from './take.js';

/** A sentence with what bears it out, and what of it nothing does. */
export interface Grounding {
  readonly sentence: string;
  readonly cells: readonly KnownCell[];
  /** Figures, dates and names that are not in the rows. */
  readonly unfounded: readonly string[];
}

/**
 * The sentences of a text, each with the cells that bear its figures, dates and names out. A sentence that no cell bears
 * out claims nothing of the data and is left out.
 */
export function claimsOf(text: string, evidence: Evidence): Claim[] {
  return sentencesOf(text).flatMap((sentence) => claimOf(groundSentence(sentence, evidence), evidence));
}

export function claimOf({ sentence, cells }: Grounding, { step }: Evidence): Claim[] {
  if (cells.length === 0) return [];
  return [{ text: sentence, cells: cells.map(({ row, column }) => ({ step, row, column: column.name })) }];
}

/** Holds every figure, date and proper name of a sentence against the rows, and against one another. */
export function groundSentence(sentence: string, evidence: Evidence): Grounding {
  const { quotes, rest: unquoted } = quotedCells(sentence, evidence);
  const moments = momentsIn(unquoted);
  const undated = without(moments, unquoted);
  const numbers = numbersIn(undated);
  const rest = without(numbers, undated);
  const names = namesIn(rest, evidence);

  const named: Found[] = [
    ...quotes,
    ...names.map((name) => ({ text: name.text, ...supportName(name, evidence) })),
  ];
  const figures: Found[] = [
    ...moments.map((moment) => ({ text: moment.text, ...supportMoment(moment, unquoted, evidence) })),
    ...numbers.map((number) => ({ text: number.text, ...supportNumber(number, unquoted, evidence) })),
  ];
  const rows = new Set(named.filter(isOfSomeRows).flatMap(({ cells }) => cells.map(({ row }) => row)));
  const agreeing = rows.size === 0 ? figures : figures.map((figure) => ofRows(figure, rows));
  const found = [...named, ...agreeing];
  const cells = new Set(found.flatMap((one) => one.cells));
  return {
    sentence,
    cells: evidence.cells.filter((cell) => cells.has(cell)),
    unfounded: [
      ...found.filter((one) => one.cells.length === 0 && one.otherwise === 'nothing').map(({ text }) => text),
      ...unreadDigits(rest),
    ],
  };
}

type Found = Support & { readonly text: string };

/** A name that the rows hold, and the plan does not: what is said beside it is said of its rows. */
function isOfSomeRows({ cells, otherwise }: Found): boolean {
  return cells.length > 0 && otherwise === 'nothing';
}

/** A figure beside a name is that name's, not another's. */
function ofRows(figure: Found, rows: ReadonlySet<number>): Found {
  return { ...figure, cells: figure.cells.filter(({ row }) => rows.has(row)) };
}

function without(found: readonly { readonly at: number; readonly text: string }[], text: string): string {
  return found.reduce((left, { at, text: { length } }) => blank(left, at, length), text);
}

/** Digits in a form that nothing here reads are digits that nothing bears out. */
function unreadDigits(rest: string): string[] {
  return [...rest.matchAll(/\S*\p{N}\S*/gu)]
    .map(([text]) => text)
    .filter((text) => /^[^\p{L}]+$/u.test(text));
}
