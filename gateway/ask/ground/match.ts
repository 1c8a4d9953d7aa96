import { absolute, isEqual, isRounding, shift } from './decimal.js';
import type { Evidence, KnownCell } from './evidence.js';
import { isWithin, type Moment, type WrittenMoment } from './moments.js';
import type { WrittenName } from './names.js';
import type { WrittenNumber } from './numbers.js';
import { isAmong } from './words.js';

/** What bears words out: cells, or what holds of the result as a whole; undefined where nothing does. */
export type Support = { readonly cells: readonly KnownCell[]; readonly otherwise: 'whole' | 'nothing' };

const FALLS =
  /\b(?:fell|fall|drop|dropp|declin|decreas|los[st]|lower|less|down|deficit|below|shr[aiu]nk|negative|minus|reduc)/i;
const SHARE = /percent|pct|share|rate|ratio|proportion|fraction|%/i;
const RANK = /\b(?:rank|position|place|no)\b/i;
/** A figure that is said to be the finding is none that the question brought along. */
const ASSERTED =
  /(?:\b(?:is|are|was|were|be|been|equals?|totals?|totall?ed|reach(?:es|ed)?|amounts? to|amounted to|comes? to|came to)|[:=])\s*(?:about|around|roughly|nearly|almost|exactly|only|just|approximately|a total of|at)?\s*[-−$€£]?$/i;
const LIMITING =
  /\b(?:in|before|after|since|until|till|by|than|least|most|over|under|above|below|between|to|from|through|during|within|top|bottom|first|last|past|aged?|years?|limit|exceed(?:s|ed|ing)?)\s*[-−$€£]?$/i;
const BETWEEN = /\bbetween\b[^.]*\band\s*[$€£]?$/i;

export function supportNumber(number: WrittenNumber, sentence: string, evidence: Evidence): Support {
  const before = sentence.slice(0, number.at);
  const cells = evidence.cells.filter((cell) => isSaidBy(number, cell, sentence));
  return { cells, otherwise: isOfWhole(number, before, evidence) ? 'whole' : 'nothing' };
}

function isSaidBy(number: WrittenNumber, { number: known, column }: KnownCell, sentence: string): boolean {
  if (known === undefined) return false;
  if (number.kind === 'ordinal')
    return RANK.test(`${column.name} ${column.label}`) && isEqual(number.value, known);
  if (number.unit !== undefined && number.unit !== column.unit) return false;
  const exact =
    number.value.units >= 0n && known.units < 0n && FALLS.test(sentence) ? absolute(known) : known;
  const says = (value: typeof known) => isRounding(number.value, value, number.place);
  const isShare = column.unit === '%' || SHARE.test(`${column.name} ${column.label}`);
  switch (number.kind) {
    case 'percent':
      return (isShare && says(exact)) || (column.unit === null && isFraction(known) && says(shift(exact, 2)));
    case 'ratio':
      return says(exact) || (isShare && isRounding(shift(number.value, 2), exact, number.place + 2));
    case 'plain':
      return says(exact);
  }
}

/** Whether a figure may be a share of one, of which people speak in percent. */
function isFraction({ units, scale }: { units: bigint; scale: number }): boolean {
  return scale > 0 && (units < 0n ? -units : units) <= 10n ** BigInt(scale);
}

function isOfWhole(number: WrittenNumber, before: string, { rows, lists, conditions }: Evidence): boolean {
  const value = number.value;
  const isPlain =
    number.unit === undefined && number.place === 0 && value.scale <= 0 && number.kind !== 'percent';
  if (number.kind === 'ordinal') {
    const most = BigInt(Math.max(rows ?? 0, 1));
    return (
      value.units <= most ||
      conditions.numbers.some(({ units }) => units === value.units || units + 1n === value.units)
    );
  }
  // "one of them", "the one": no figure.
  if (isPlain && /^one$/i.test(number.text)) return rows !== 1 || lists === 'names';
  if (isPlain && rows !== undefined && (rows > 1 || lists === 'names') && isEqual(value, ofCount(rows)))
    return true;
  if (ASSERTED.test(before)) return false;
  const isYear = isPlain && /^[12]\d{3}$/.test(number.text);
  if (isYear && conditions.moments.some(({ year }) => year === Number(number.text))) return true;
  const isLimit = LIMITING.test(before) || BETWEEN.test(before);
  return isLimit && conditions.numbers.some((known) => isEqual(known, value));
}

function ofCount(rows: number) {
  return { units: BigInt(rows), scale: 0 };
}

export function supportMoment(
  { at, readings }: WrittenMoment,
  sentence: string,
  evidence: Evidence,
): Support {
  const cells = readings.flatMap((reading) => cellsOfMoment(reading, evidence));
  const isCondition = readings.some((reading) =>
    evidence.conditions.moments.some((known) => isWithin(reading, known)),
  );
  const isAsserted = ASSERTED.test(sentence.slice(0, at));
  return { cells, otherwise: isCondition && !isAsserted ? 'whole' : 'nothing' };
}

/** One cell that says all of it, or several of a row that say a part each. */
function cellsOfMoment(said: Moment, { cells }: Evidence): KnownCell[] {
  const whole = cells.filter(({ moment }) => moment !== undefined && isWithin(said, moment));
  if (whole.length > 0) return whole;
  const partial = cells.filter(
    ({ moment, isPartial }) => isPartial && moment !== undefined && isWithin(moment, said),
  );
  const parts = Object.keys(said).length;
  const rows = new Set(partial.map(({ row }) => row));
  return [...rows].flatMap((row) => {
    const own = partial.filter((cell) => cell.row === row);
    const covered = new Set(own.flatMap(({ moment }) => Object.keys(moment ?? {})));
    return covered.size === parts ? own : [];
  });
}

/** All words of a name stand in one row, but for those that the plan or the names of its data hold. */
export function supportName({ words }: WrittenName, evidence: Evidence): Support {
  const { conditions, vocabulary } = evidence;
  const open = words.filter((word) => !isAmong(word, conditions.words) && !isAmong(word, vocabulary));
  const sought = open.length > 0 ? open : words;
  const cells = evidence.cells.filter((cell) => sought.some((word) => isAmong(word, cell.words)));
  const rows = new Set(cells.map(({ row }) => row));
  const whole = [...rows].filter((row) =>
    sought.every((word) => cells.some((cell) => cell.row === row && isAmong(word, cell.words))),
  );
  return {
    cells: cells.filter(({ row }) => whole.includes(row)),
    otherwise: open.length === 0 ? 'whole' : 'nothing',
  };
}
