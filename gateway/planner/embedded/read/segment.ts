import { isContent, type Token } from '../../../knowledge/text/tokenize.js';
import type { Mention } from '../meaning.js';
import type { Scope } from './scope.js';
import { timeColumns } from './table-facts.js';

/** One way to cut the question into mentions; what no mention holds is `skipped`. */
export interface Segmentation {
  readonly mentions: readonly Mention[];
  readonly skipped: readonly Token[];
  readonly score: number;
}

const SKIP_CONTENT = -0.6;
const HOP = -0.06;
const FAN = -0.45;
/** What naming one more thing costs: one name of two words is likelier than two names. */
const ELEMENT = -0.2;
const DECLARED = 0.15;
/** Ways kept at every position: enough for the second meaning of a few words, few enough to stay fast. */
const BEAM = 8;

interface Partial {
  readonly score: number;
  readonly previous: Partial | undefined;
  readonly mention: Mention | undefined;
}

/** The best ways to cover the tokens with mentions, best first: a k-best shortest path, left to right. */
export function segment(
  tokens: readonly Token[],
  mentions: readonly Mention[],
  scope: Scope,
): Segmentation[] {
  const ending: { mention: Mention; score: number }[][] = Array.from({ length: tokens.length + 1 }, () => []);
  for (const mention of mentions) {
    const score = scopedScore(mention, scope);
    if (score !== undefined) ending[mention.end]!.push({ mention, score });
  }
  const beams: Partial[][] = [[{ score: 0, previous: undefined, mention: undefined }]];
  for (let end = 1; end <= tokens.length; end++) {
    const token = tokens[end - 1]!;
    const skip = isContent(token) ? SKIP_CONTENT : 0;
    const options = beams[end - 1]!.map(
      (before) => ({ score: before.score + skip, previous: before, mention: undefined }) as Partial,
    );
    for (const { mention, score } of ending[end]!) {
      for (const before of beams[mention.start]!)
        options.push({ score: before.score + score, previous: before, mention });
    }
    beams.push(options.sort((a, b) => b.score - a.score).slice(0, BEAM));
  }
  return beams[tokens.length]!.map((last) => collect(last, tokens));
}

function collect(last: Partial, tokens: readonly Token[]): Segmentation {
  const mentions: Mention[] = [];
  for (let at: Partial | undefined = last; at !== undefined; at = at.previous) {
    if (at.mention !== undefined) mentions.push(at.mention);
  }
  mentions.reverse();
  const held = new Set(
    mentions.flatMap(({ start, end }) => Array.from({ length: end - start }, (_, offset) => start + offset)),
  );
  return {
    mentions,
    skipped: tokens.filter((token) => !held.has(token.index) && isContent(token)),
    score: last.score,
  };
}

/** What a mention is worth when the question is about the scope's root; undefined where it cannot be reached. */
function scopedScore(mention: Mention, scope: Scope): number | undefined {
  const { meaning } = mention;
  switch (meaning.kind) {
    case 'table':
    case 'column':
    case 'value':
    case 'condition': {
      const reach = scope.reaches.get(meaning.table.name)?.[0];
      if (reach === undefined) return undefined;
      return mention.score + ELEMENT + HOP * reach.path.length + (reach.fan === 'many' ? FAN : 0);
    }
    case 'metric':
      // What the domain has declared is meant before anything that is merely called so.
      return meaning.table === scope.root ? mention.score + ELEMENT + DECLARED : undefined;
    case 'choice':
      return meaning.table === scope.root ? mention.score : undefined;
    case 'argument':
      return scope.root.operation === undefined ? undefined : mention.score;
    case 'grain':
      return grainScore(mention, meaning.grain, scope);
    default:
      return mention.score;
  }
}

/** "By month" cuts the time of the rows, unless they have no time, or a column of that very name. */
function grainScore(mention: Mention, grain: string, scope: Scope): number {
  const named = scope.root.columns.some((column) => column.name.toLowerCase() === grain.toLowerCase());
  return timeColumns(scope.root).length === 0 || named ? mention.score - 0.4 : mention.score + 0.2;
}
