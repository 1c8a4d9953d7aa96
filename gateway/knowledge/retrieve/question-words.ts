import { identifierWords } from '../lexicon/identifier-words.js';
import { isContent, stem, type Token, tokenize } from '../text/tokenize.js';

/** A word of a question that may name something. */
export interface QuestionWord {
  readonly stem: string;
  readonly lower: string;
  /** How much it may tell of what the question is about: 1, or less of a word that asks for a figure of anything. */
  readonly weight: number;
}

/** A run of words that may be a value. */
export interface QuestionSpan {
  /** In lower case, as values are indexed. */
  readonly text: string;
  readonly stems: readonly string[];
  readonly start: number;
  readonly end: number;
  /** How much it looks like a value, 0–1. */
  readonly likeness: number;
}

/** Longer ones are no value that a question would say. */
const LONGEST_SPAN = 8;
/** A question of more words than any one query answers is looked up by its first ones. */
const MOST_TOKENS = 200;
const NO_VOCABULARY: ReadonlySet<string> = new Set();

const COMMANDS = wordsIn(
  'list show find give return count display name select get report state describe tell sort order compute calculate ' +
    'identify print provide present fetch retrieve',
);
const BEFORE_COMMANDS = wordsIn('please can could you also');
const DIRECTIONS = wordsIn(
  'alphabetical ascending descending desc asc increasing decreasing lexicographic lexicographical reverse',
);
/** Words that say how to arrange or choose, in every domain alike. */
const ARRANGING = wordsIn(
  'distinct different unique alphabetically many each every per sorted grouped alphabetical ascending descending',
);

/** Words that ask for a figure, an end or an order: seldom, but sometimes, they are a name. */
const FIGURES = wordsIn(
  'most least more less fewest highest lowest largest smallest maximum minimum max min average avg mean total sum ' +
    'count number top first last by together all times list show find',
);
const OF_A_FIGURE = 0.3;

export interface QuestionWords {
  readonly words: readonly QuestionWord[];
  readonly spans: readonly QuestionSpan[];
}

/** The words of a question that may name something, once each, and the runs that may be values. */
export function questionWords(question: string): QuestionWords {
  const tokens = tokenize(question).slice(0, MOST_TOKENS);
  const lead = tokens.findIndex((token) => !BEFORE_COMMANDS.has(token.lower));
  const words = new Map<string, QuestionWord>();
  const add = (lower: string) =>
    words.set(stem(lower), { stem: stem(lower), lower, weight: FIGURES.has(lower) ? OF_A_FIGURE : 1 });
  tokens.forEach((token, index) => {
    if (token.kind !== 'word' || !isContent(token)) return;
    if ((index === lead && COMMANDS.has(token.lower)) || arranges(tokens, index)) return;
    for (const part of token.lower.includes('_') ? identifierWords(token.text, NO_VOCABULARY) : [token.lower])
      add(part);
  });
  return { words: [...words.values()], spans: tokens.flatMap((_, index) => spansFrom(tokens, index)) };
}

/** Whether a word tells how the answer is laid out rather than what it is about. */
function arranges(tokens: readonly Token[], index: number): boolean {
  const { lower } = tokens[index]!;
  const before = tokens[index - 1]?.lower ?? '';
  const after = tokens[index + 1]?.lower ?? '';
  if (ARRANGING.has(lower)) return true;
  switch (lower) {
    case 'order':
      return after === 'by' || DIRECTIONS.has(before);
    case 'ordered':
    case 'sort':
    case 'group':
      return after === 'by' || DIRECTIONS.has(after);
    case 'number':
    case 'total':
    case 'amount':
      return after === 'of';
    case 'list':
      return before === 'a' || before === 'the';
    default:
      return false;
  }
}

function spansFrom(tokens: readonly Token[], start: number): QuestionSpan[] {
  const first = tokens[start]!;
  if (first.kind === 'quoted') return quotedSpans(first, start);
  const spans: QuestionSpan[] = [];
  for (let end = start + 1; end <= Math.min(tokens.length, start + LONGEST_SPAN); end++) {
    const run = tokens.slice(start, end);
    if (run.at(-1)!.kind === 'mark' || run.at(-1)!.kind === 'quoted') break;
    const likeness = likenessOf(run);
    if (likeness === 0) continue;
    const text = run.map((token) => token.lower).join(' ');
    const stems = run.filter(isContent).map((token) => token.stem);
    spans.push({ text, stems, start, end, likeness });
    if (/[^s]s$/.test(text)) spans.push({ text: text.slice(0, -1), stems, start, end, likeness });
  }
  return spans;
}

/** A lone number or a lone small word is hardly ever a value; names and runs of words are. */
function likenessOf(run: readonly Token[]): number {
  const [first] = run;
  const isProper = run.every((token) => token.proper || token.kind === 'number');
  if (run.length > 1) return run.some(isContent) ? 1 : 0;
  if (first === undefined || first.kind !== 'word' || first.lower.length < 2 || !isContent(first)) return 0;
  return isProper ? 0.9 : 0.5;
}

/** Quoted text as a whole, and its parts: a full name may be kept in two columns. */
function quotedSpans({ lower }: Token, start: number): QuestionSpan[] {
  const words = tokenize(lower).filter((token) => token.kind !== 'mark');
  const spans: QuestionSpan[] = [];
  for (let from = 0; from < words.length; from++) {
    for (let to = from + 1; to <= Math.min(words.length, from + LONGEST_SPAN); to++) {
      const run = words.slice(from, to);
      const stems = run.filter(isContent).map((token) => token.stem);
      if (stems.length === 0 && words.length > 1) continue;
      const width = words.length + 1;
      spans.push({
        text: run.map((token) => token.lower).join(' '),
        stems: stems.length === 0 ? run.map((token) => token.stem) : stems,
        start: start + from / width,
        end: start + to / width,
        likeness: 1,
      });
    }
  }
  return spans;
}

function wordsIn(text: string): ReadonlySet<string> {
  return new Set(text.split(' '));
}
