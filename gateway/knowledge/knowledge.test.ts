import { describe, expect, it } from 'vitest';
import type { AskDomain } from './domain.js';
import { makeKnowledge } from './knowledge.js';
import { valueWords } from './lexicon/lexicon.js';
import { retrieve } from './retrieve/retrieve.js';
import { profileOf, shopDomain } from './shop.test-helper.js';
import { stem } from './text/tokenize.js';

const shop = shopDomain({ glossary: { revenue: 'orders.amount', nonsense: 'invoices' } });

/** A domain of one table without columns. */
function domainOf(name: string, table: string, comment: string): AskDomain {
  const own = {
    domain: name,
    name: table,
    label: table,
    comment,
    columns: [],
    primaryKey: [],
    relations: [],
    metrics: [],
    operation: undefined,
  };
  return { ...shopDomain(), name, description: '', tables: [own] };
}

const profile = profileOf({ 'country.country_name': ['Germany', 'New Zealand'] });
const knowledge = makeKnowledge(
  [
    shop,
    domainOf('weather', 'readings', 'Rain and wind, hour by hour.'),
    domainOf('hr', 'staff', 'Who works here.'),
  ],
  profile,
);
const found = (question: string, only?: readonly string[]) =>
  retrieve(question, knowledge, only).domains.map(({ domain }) => domain.name);

describe('retrieve', () => {
  it.each([
    ['by the name of a table', 'How many customers are there?', 'shop'],
    ['by the name of a column', 'total weight', 'shop'],
    ['by a word of a comment', 'How much rain fell?', 'weather'],
    ['by a term of the glossary', 'What was the revenue?', 'shop'],
    ['by a value', 'anything about Germany', 'shop'],
    ['by a word in another form', 'Who is working?', 'hr'],
  ])('finds a domain %s', (_, question, name) => expect(found(question)).toEqual([name]));

  it('puts first the domain that says more of the question, more directly', () => {
    expect(found('orders of staff customers')).toEqual(['shop', 'hr']);
    expect(found('staff working on notes')).toEqual(['hr', 'shop']);
  });

  it('finds none where nothing is shared but words without content', () => {
    expect(found('What is the of and in?')).toEqual([]);
    expect(found('blorp zib')).toEqual([]);
    expect(found('')).toEqual([]);
  });

  it('does not know terms that stand for what the catalog has not', () =>
    expect(found('nonsense')).toEqual([]));

  it('leaves out domains that were not asked for', () => {
    expect(found('orders and rain', ['weather'])).toEqual(['weather']);
    expect(found('orders and rain', [])).toEqual([]);
  });

  it('counts a word once, however often it is said', () => {
    const [once] = retrieve('rain', knowledge, undefined).domains;
    const [thrice] = retrieve('rain rain rain', knowledge, undefined).domains;
    expect(thrice?.score).toBe(once?.score);
  });
});

describe('the lexicon', () => {
  const { lexicon } = knowledge;
  const kinds = (word: string) => lexicon.lookUp('shop', stem(word)).map(({ element }) => element.kind);

  it('leads from a stem to the tables and columns that know it, of one domain', () => {
    expect(kinds('country')).toEqual(expect.arrayContaining(['table', 'column']));
    expect(lexicon.lookUp('weather', stem('country'))).toEqual([]);
    expect(lexicon.lookUp('nowhere', stem('country'))).toEqual([]);
  });

  it('leads from the first word of a value or term to what it means', () => {
    const phrases = (word: string) =>
      lexicon.phrasesFrom('shop', word).map(({ entry, phrase }) => [entry.element.kind, ...phrase]);
    expect(phrases('new')).toEqual([['value', 'new', 'zealand']]);
    expect(phrases(stem('revenue'))).toEqual([['column', stem('revenue')]]);
    expect(phrases('zealand')).toEqual([]);
  });

  it('knows what a domain says of itself', () => {
    expect(lexicon.describes('shop', 'shop')).toBe(true);
    expect(lexicon.describes('shop', 'rain')).toBe(false);
  });
});

describe('valueWords', () => {
  it.each([
    ['New York', ['new', 'york']],
    ["Schindler's List (1993)", ["schindler's", 'list', '1993']],
    ['AT&T', ['at&t']],
    ['Rear-End Collision', ['rear-end', 'collision']],
    ['—', []],
    ['one two three four five six seven eight nine', []],
  ])('a question has %j as %j', (value, words) => expect(valueWords(value)).toEqual(words));
});
