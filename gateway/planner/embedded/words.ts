import type { Operator, SuperlativeHint } from './meaning.js';

const sum: Operator = { kind: 'aggregate', function: 'sum' };
const average: Operator = { kind: 'aggregate', function: 'avg' };
const maximum: Operator = { kind: 'aggregate', function: 'max' };
const minimum: Operator = { kind: 'aggregate', function: 'min' };
const superlative =
  (direction: 'ASC' | 'DESC') =>
  (hint?: SuperlativeHint): Operator =>
    hint === undefined ? { kind: 'superlative', direction } : { kind: 'superlative', direction, hint };
const most = superlative('DESC');
const least = superlative('ASC');
const comparison = (operator: 'eq' | 'ne' | 'lt' | 'lte' | 'gt' | 'gte'): Operator => ({
  kind: 'comparison',
  operator,
});

/** Phrases with a meaning that does not depend on the domain, longest first at look-up. */
const PHRASES: readonly (readonly [string, Operator])[] = [
  ...phrases(
    'how many|number of|amount of|the amount of|numbers of|the count of|the numbers of|total numbers of|the total number of|the number of|total number of|count of|count|how often|total count of|numbers of',
    { kind: 'count' },
  ),
  ...phrases(
    ['what', 'which']
      .flatMap((asked) => [asked, `${asked} is the`])
      .flatMap((asked) =>
        ['percentage', 'percent', 'share', 'proportion', 'fraction'].map((of) => `${asked} ${of} of`),
      )
      .join('|'),
    { kind: 'share' },
  ),
  ...phrases('total|sum|sum of|in total|altogether|combined|total amount of|how much', sum),
  ...phrases('average|mean|avg|on average|typical', average),
  ...phrases('maximum|max', maximum),
  ...phrases('minimum|min', minimum),
  ...phrases('highest|maximal', most()),
  ...phrases('lowest|minimal', least()),
  ...phrases('most|top', most('rows')),
  ...phrases('fewest|least|bottom', least('rows')),
  ...phrases('largest|biggest|greatest', most('size')),
  ...phrases('smallest', least('size')),
  ...phrases('best|best performing', most('quality')),
  ...phrases('worst|worst performing', least('quality')),
  ...phrases('oldest|eldest', most('age')),
  ...phrases('youngest', most('youth')),
  ...phrases('latest|newest|most recent|most recently|last', most('time')),
  ...phrases('earliest|first', least('time')),
  ...phrases('most expensive|priciest|dearest|most costly|costliest|most pricey|most pricy', most('money')),
  ...phrases('cheapest|least expensive', least('money')),
  ...phrases('highest paid|best paid', most('pay')),
  ...phrases('lowest paid|least paid|worst paid', least('pay')),
  ...phrases('highest rated|best rated|top rated', most('rating')),
  ...phrases('lowest rated|worst rated', least('rating')),
  ...phrases('most common|most frequent|most popular|most often|most frequently', most('count')),
  ...phrases('least common|least frequent|least popular|rarest', least('count')),
  ...phrases('longest|tallest', most('size')),
  ...phrases('shortest', least('size')),
  ...phrases(
    'by|per|for each|for every|in each|of each|each|every|grouped by|group by|broken down by|split by|at each',
    { kind: 'group' },
  ),
  ...phrases(
    'sorted by|sorted using|ordered using|sorted according to|ordered according to|sort according to|listed by|sorted on|ordered by|order by|sort by|ranked by|rank by|order them by|sort them by|order the results by|sort the results by|sort the list by|order the list by|sorted in|ordered in|sorted|ordered alphabetically by|sorted alphabetically by|alphabetically ordered by|in order of|in the order of|in sorted order of|in alphabetical order by|arranged by|in an order of',
    { kind: 'order' },
  ),
  ...phrases(
    'from greatest to least|from old to young|from oldest to youngest|descending|decreasing|descending alphabetical order|descending alphabetic order|descending lexicographic order|descending lexicographical order|highest to lowest|from largest to smallest|from the highest to the lowest|from high to low|from large to small|from most to least|from the largest to the smallest|from newest to oldest|high to low|largest to smallest|largest to smallest|in the decreasing order of|in the decreasing order|in a decreasing order of|in a decreasing order|a decreasing order of|decreasing order of|decreasing order|descending order of|a descending order of|descending order|in the descending order|in the descending order of|in decreasing order|in decreasing order of|in reverse alphabetical order|in reverse lexicographical order|in descending alphabetical order|in desc order|by descending order|in a descending order|in descending order of|highest first|from highest to lowest|largest first',
    { kind: 'order', direction: 'DESC' },
  ),
  ...phrases(
    'from least to greatest|from young to old|from youngest to oldest|ascending|increasing|ascending order of|ascending order|an ascending order of|increasing order of|increasing order|lowest to highest|from smallest to largest|from the lowest to the highest|from low to high|from small to large|from least to most|from the smallest to the largest|from oldest to newest|low to high|smallest to largest|in the increasing order of|in the increasing order|alphabetical order|alphabetic order|in alphabetic order|in an alphabetical order|in the alphabetical order|in the alphabetical order of|in lexicographic order|in lexicographical order|lexicographically|in lexicographic order of|in ascending alphabetical order|in the ascending order|in the ascending order of|in increasing order|in increasing order of|by alphabetical order|by alphabetical order of|in ascending alphabetical order of|in asc order|by ascending order|in ascending order of|lowest first|from lowest to highest|alphabetically|in alphabetical order|alphabetical order of|in alphabetical order of|smallest first',
    { kind: 'order', direction: 'ASC' },
  ),
  ...phrases(
    'more than|greater than|are more than|is more than|larger than|higher than|over|above|exceeding|exceeds|exceed|bigger than|longer than|after|later than|>|older than|taller than|heavier than|faster than',
    comparison('gt'),
  ),
  ...phrases(
    'greater than or equal to|larger than or equal to|higher than or equal to|more than or equal to|no earlier than|no fewer than|not fewer than|at the least|at least|no less than|not less than|minimum of|>=|since|starting from|from at least',
    comparison('gte'),
  ),
  ...phrases(
    'less than|fewer than|smaller than|lower than|under|below|before|earlier than|prior to|<|shorter than|younger than|cheaper than',
    comparison('lt'),
  ),
  ...phrases(
    'less than or equal to|smaller than or equal to|lower than or equal to|no later than|at the most|at most|no more than|not more than|up to|maximum of|<=|until',
    comparison('lte'),
  ),
  ...phrases('equal to|equals|exactly|=', comparison('eq')),
  ...phrases('between|in the range of|within the range of|in the range between|in the range from', {
    kind: 'between',
  }),
  ...phrases(
    "not|no|without|except|excluding|other than|except for|isn't|aren't|wasn't|weren't|non|neither|never|didn't|don't|doesn't|didnt|dont|doesnt|isnt|arent|wasnt|werent|cannot|can't|hasn't|haven't",
    { kind: 'negation' },
  ),
  ...phrases('distinct|different|unique', { kind: 'distinct' }),
  ...phrases('performed|perform|performing|performance|returned|gained|return|gain|grew|rose|climbed', {
    kind: 'performance',
  }),
  ...phrases('which|who|whose', { kind: 'ask', wants: 'entity' }),
  ...phrases('name|give|give me|list|show|show me|display|find|return|tell me|get|get me|fetch', {
    kind: 'ask',
    wants: 'rows',
  }),
  ...phrases("what|what is|what are|what was|what were|what's", { kind: 'ask', wants: 'any' }),
  ...phrases('when', { kind: 'ask', wants: 'time' }),
  ...phrases(
    'has substring|have substring|has letter|have letter|has the letters|have the letters|has the character|containing the word|containing the letter|contains the word|contains the letter|containing the substring|contains the substring|containing the phrase|includes the letter|includes the word|include the letter|include the word|includes the substring|has the word|have the word|has the letter|have the letter|has the substring|have the substring|with the letter|containing|contains|contained|contain the word|contain|includes|including|with the word',
    {
      kind: 'text',
      match: 'contains',
    },
  ),
  ...phrases(
    'starting with|starts with|start with|beginning with|begins with|begin with|that start with|that begin with',
    { kind: 'text', match: 'startsWith' },
  ),
  ...phrases('ending with|ends with|end with|ending in|ends in|end in', { kind: 'text', match: 'endsWith' }),
  ...phrases('or', { kind: 'or' }),
  ...phrases('year|years|yearly|annual|annually', { kind: 'grain', grain: 'YEAR' }),
  ...phrases('quarter|quarters|quarterly', { kind: 'grain', grain: 'QUARTER' }),
  ...phrases('month|months|monthly', { kind: 'grain', grain: 'MONTH' }),
  ...phrases('week|weeks|weekly', { kind: 'grain', grain: 'WEEK' }),
  ...phrases('day|days|daily', { kind: 'grain', grain: 'DAY' }),
  ...phrases('hour|hours|hourly', { kind: 'grain', grain: 'HOUR' }),
];

/** Words whose grain is said by the adverb alone: `monthly sales` groups, `the month of May` does not. */
export const GRAIN_ADVERBS: ReadonlySet<string> = new Set([
  'yearly',
  'annual',
  'annually',
  'quarterly',
  'monthly',
  'weekly',
  'daily',
  'hourly',
]);

function phrases(texts: string, operator: Operator): [string, Operator][] {
  return texts.split('|').map((text) => [text, operator]);
}

const BY_FIRST_WORD = new Map<string, { words: readonly string[]; operator: Operator }[]>();
for (const [text, operator] of PHRASES) {
  const words = text.split(' ');
  const known = BY_FIRST_WORD.get(words[0]!) ?? [];
  known.push({ words, operator });
  BY_FIRST_WORD.set(words[0]!, known);
}

/** Operator phrases that start with a lower-case word. */
export function operatorPhrases(
  firstWord: string,
): readonly { words: readonly string[]; operator: Operator }[] {
  return BY_FIRST_WORD.get(firstWord) ?? [];
}
