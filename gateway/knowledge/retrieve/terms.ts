import type { IndexView } from '../index/index-view.js';
import { saidOtherwise } from '../lexicon/thesaurus.js';
import { stem } from '../text/tokenize.js';
import { type QuestionSpan, type QuestionWords, questionWords } from './question-words.js';

/** What is looked up for one word of a question. */
export interface Term {
  /** How much it tells of which domain is meant: the fewer domains know it, the more. */
  readonly rarity: number;
  /** Stems that say it: its own, short forms, what a strange word is a slip or synonym of; each with how surely. */
  readonly stems: readonly { readonly stem: string; readonly sureness: number }[];
  /** Values that it is a word of. */
  readonly values: readonly { readonly text: string; readonly likeness: number }[];
  /** The domains that know it in any of these ways, in ascending order. */
  readonly domains: Uint32Array;
}

const SHORT_FORM = 0.6;
const SLIP = 0.6;
const SYNONYM = 0.5;
/** Slips are looked for among so many spellings at most. */
const MOST_SLIPS = 8;
/** A domain that knows a word as a value only makes it less common by this. */
const KNOWN_AS_VALUE = 0.6;
/** Rarities are flattened: a word of one domain alone is no proof where others share all the rest. */
const FLATTENED = 0.7;

/** The words of a question that some domain knows, as the caller sees them. */
export function termsOf(question: string, view: IndexView): Term[] {
  const said = questionWords(question);
  const found = longest(said.spans.filter(({ text }) => view.domainsWithValue(text).length > 0));
  // The same value twice is one.
  const spans = [...new Map(found.map((span) => [span.text, span])).values()];
  const terms: Term[] = [];
  const seen = new Set<string>();
  for (const { stem: own, lower, weight } of withJoined(said, view)) {
    seen.add(own);
    const stems = stemsOf(own, lower, view);
    terms.push(...termOf(stems, spansWith(own, spans), weight, view));
  }
  for (const { stems } of spans) {
    for (const own of stems.filter((word) => !seen.has(word))) {
      seen.add(own);
      terms.push(...termOf([], spansWith(own, spans), 1, view));
    }
  }
  return terms;
}

/** With words that the question writes apart and a name together: "home page" for `homepage`. */
function withJoined({ words }: QuestionWords, view: IndexView): QuestionWords['words'] {
  const joined = words.slice(1).flatMap(({ lower }, index) => {
    const together = `${words[index]!.lower}${lower}`;
    return view.domainsWithWord(stem(together)).length > 0
      ? [{ stem: stem(together), lower: together, weight: 1 }]
      : [];
  });
  return [...words, ...joined];
}

function stemsOf(own: string, lower: string, view: IndexView): Term['stems'] {
  const isKnown = (word: string) => word !== own && view.domainsWithWord(word).length > 0;
  const { spellings } = view.index;
  const short = spellings.shortForms(lower).filter(isKnown);
  const known = [{ stem: own, sureness: 1 }, ...short.map((word) => ({ stem: word, sureness: SHORT_FORM }))];
  if (view.domainsWithWord(own).length > 0) return known;
  const slips = spellings.near(lower).filter(isKnown).slice(0, MOST_SLIPS);
  const others = saidOtherwise([own], isKnown).flat();
  return [
    ...known.slice(1),
    ...slips.map((word) => ({ stem: word, sureness: SLIP })),
    ...[...new Set(others)].map((word) => ({ stem: word, sureness: SYNONYM })),
  ];
}

function termOf(
  stems: Term['stems'],
  spans: readonly QuestionSpan[],
  weight: number,
  view: IndexView,
): Term[] {
  const byName = union(stems.map(({ stem: word }) => view.domainsWithWord(word)));
  const domains = union([byName, ...spans.map(({ text }) => view.domainsWithValue(text))]);
  if (domains.length === 0) return [];
  const known = byName.length + KNOWN_AS_VALUE * (domains.length - byName.length);
  const rarity = weight * Math.log(1 + view.domainCount() / known) ** FLATTENED;
  const values = spans.map(({ text, likeness }) => ({ text, likeness }));
  return [{ rarity, stems, values, domains }];
}

function union(lists: readonly Uint32Array[]): Uint32Array {
  const [first = NONE, ...others] = lists.filter((list) => list.length > 0);
  if (others.length === 0) return first;
  return Uint32Array.from(new Set([first, ...others].flatMap((list) => [...list]))).sort();
}

const NONE = new Uint32Array(0);

/** A value inside of a longer one that was found is a part of it: "York" of "New York". */
function longest(spans: readonly QuestionSpan[]): QuestionSpan[] {
  return spans.filter(
    (span) =>
      !spans.some(
        (other) =>
          other.start <= span.start &&
          other.end >= span.end &&
          other.end - other.start > span.end - span.start,
      ),
  );
}

function spansWith(word: string, spans: readonly QuestionSpan[]): QuestionSpan[] {
  return spans.filter(({ stems }) => stems.includes(word));
}
