import { saidOtherwise } from '../../../knowledge/lexicon/thesaurus.js';

/** Other stems that may say what some stems say, of which the catalog knows at least one more. */
export type Otherwise = (stems: readonly string[]) => readonly (readonly string[])[];

/** @param known Stems of a catalog's names. */
export function makeOtherwise(known: readonly string[]): Otherwise {
  const names = new Set(known);
  const near = new Map<string, readonly string[]>();
  const nearOf = (word: string) => {
    const found = near.get(word) ?? known.filter((name) => shortens(name, word) || misspells(word, name));
    if (near.size < MOST_REMEMBERED) near.set(word, found);
    return found;
  };
  /** Where each word is cut short or misspelt: "account balance" for `acc_bal`. */
  const allSpelt = (stems: readonly string[]) => {
    const each = stems.map((word) =>
      names.has(word) || word.length < SHORTEST ? undefined : nearOf(word)[0],
    );
    return stems.length > 1 && each.every((word) => word !== undefined) ? [each as string[]] : [];
  };
  return (stems) => {
    if (stems.length > LONGEST) return [];
    const spelt = stems.flatMap((word, index) =>
      names.has(word) || word.length < SHORTEST
        ? []
        : nearOf(word).map((name) => [...stems.slice(0, index), name, ...stems.slice(index + 1)]),
    );
    return [...spelt, ...allSpelt(stems), ...saidOtherwise(stems, (word) => names.has(word))];
  };
}

const MOST_REMEMBERED = 10_000;
const SHORTEST = 5;
/** Longer runs are hardly ever one name said otherwise. */
const LONGEST = 3;

/** Short words that begin longer ones and mean something else. */
const WHOLE = new Set(
  (
    'age art bar bus car cat city code cost count data date day dog end file form game hour land last like line list main ' +
    'man mark name new note part pay per pet plan port post rate room sale sea seat ship size song star state sun tax ' +
    'team term time tour town type unit user use week win wine work year zip'
  ).split(' '),
);

/** Whether a name's word is the beginning of a longer one: `enr` of "enrollment", `long` of "longitude". */
function shortens(name: string, word: string): boolean {
  return (
    name.length >= 3 &&
    word.length - name.length >= 2 &&
    name.length <= 6 &&
    word.startsWith(name) &&
    !WHOLE.has(name)
  );
}

/** Whether a long word is one letter away from a name: one more, one less, another, or two that changed places. */
function misspells(word: string, name: string): boolean {
  if (name.length < SHORTEST || Math.abs(word.length - name.length) > 1 || word[0] !== name[0]) return false;
  let at = 0;
  while (at < word.length && word[at] === name[at]) at += 1;
  const [left, right] = [word.slice(at), name.slice(at)];
  if (left.slice(1) === right.slice(1)) return word.length > SHORTEST;
  if (left.slice(1) === right || left === right.slice(1)) return true;
  return left[0] === right[1] && left[1] === right[0] && left.slice(2) === right.slice(2);
}
