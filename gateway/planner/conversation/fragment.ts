const MONTH =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?';
const YEAR = '(?:19|20)\\d{2}';
const PERIOD = [
  `(?:${MONTH}),?\\s+${YEAR}`,
  `(?:q[1-4]|(?:the\\s+)?(?:first|second|third|fourth|last)\\s+quarter(?:\\s+of)?)\\s+${YEAR}`,
  `(?:the\\s+year\\s+)?${YEAR}`,
  '(?:this|last|next|the\\s+last|the\\s+past)\\s+(?:\\d+\\s+)?(?:years?|quarters?|months?|weeks?|days?)',
  'today|yesterday',
].join('|');
const BEFORE_PERIOD = 'in|for|during|since|before|after|until|of|from';
const TIME = `(?:\\b(${BEFORE_PERIOD})\\s+)?\\b(${PERIOD})\\b`;
const GROUP = /(?:^|\s)(?:by|per|for each|for every)\s+(.+)$/i;
const VALUE = /^(in|at|on|for|of|from|with|to)?\s*(.+)$/i;

/** What the words that lead from one question to the next say besides: nothing. */
const OPENING =
  /^(?:(?:and|but|or|also|then|now|only|just|again|what about|how about|instead|please)\b[\s,]*)+/i;
const AS_CHART =
  /(?:^|\s)(?:(?:show|draw|make|plot|chart|graph)\s+)?(?:(?:it|them|that|this|the same)\s+)?as\s+an?\s+(?:\w+\s+)?(?:chart|graph|plot|diagram|table)\b/i;
const SHOW_IT =
  /^(?:show|chart|plot|graph|draw|break|split|group)\s+(?:it|them|that|this)(?:\s+(?:down|up))?\b/i;
const SAME = /^(?:the\s+)?same(?:\s+(?:question|thing|figure|number))?\b/i;
const TAIL = /[\s,]*\b(?:only|instead|please|too|as well)\s*$/i;

export interface Period {
  readonly preposition: string | undefined;
  readonly text: string;
}

/** What a question that goes on changes in the one before: some of these, or nothing, where it is asked again. */
export interface Fragment {
  readonly time?: Period;
  /** What is to be grouped by: "month". */
  readonly group?: string;
  readonly value?: { readonly preposition: string | undefined; readonly text: string };
}

/** A whole question of its own, whatever it begins with. */
const QUESTION =
  /^(how|what|which|who|whom|whose|when|where|why|is|are|was|were|do|does|did|list|give|find|tell|count|average|total|number|top)\b/i;

/** Reads what goes on from a question; undefined for what changes more of it than this can say. */
export function readFragment(said: string): Fragment | undefined {
  let rest = said
    .trim()
    .replace(/[\s?!.]+$/, '')
    .replace(OPENING, '')
    .replace(AS_CHART, ' ')
    .trim()
    .replace(SHOW_IT, '')
    .trim()
    .replace(SAME, '')
    .replace(OPENING, '')
    .replace(TAIL, '')
    .trim();
  if (QUESTION.test(rest)) return undefined;
  const group = GROUP.exec(rest);
  if (group !== null) rest = rest.slice(0, group.index).trim();
  const time = onlyPeriod(rest);
  if (time === 'several') return undefined;
  if (time !== undefined) rest = cut(rest, time.index, time.length);
  const value = VALUE.exec(rest);
  return {
    ...(group === null ? {} : { group: group[1]!.trim() }),
    ...(time === undefined ? {} : { time: time.period }),
    ...(rest === '' || value === null ? {} : { value: { preposition: value[1], text: value[2]!.trim() } }),
  };
}

/** A period with where it stands; `several` where there is more than one. */
export function onlyPeriod(
  text: string,
): { period: Period; index: number; length: number } | 'several' | undefined {
  const [found, ...others] = text.matchAll(new RegExp(TIME, 'gi'));
  if (found === undefined) return undefined;
  if (others.length > 0) return 'several';
  const [whole, preposition, period = ''] = found;
  return { period: { preposition, text: period }, index: found.index, length: whole.length };
}

export function cut(text: string, index: number, length: number): string {
  return `${text.slice(0, index)} ${text.slice(index + length)}`.replace(/\s+/g, ' ').trim();
}
