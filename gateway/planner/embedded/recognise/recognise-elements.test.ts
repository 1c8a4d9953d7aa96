import { describe, expect, it } from 'vitest';
import { makeKnowledge } from '../../../knowledge/knowledge.js';
import type { Element } from '../../../knowledge/lexicon/element.js';
import { profileOf, shopDomain } from '../../../knowledge/shop.test-helper.js';
import { tokenize } from '../../../knowledge/text/tokenize.js';
import { isSupported, recogniseArguments, recogniseElements } from './recognise-elements.js';

const shop = shopDomain({
  glossary: {
    client: 'customer',
    revenue: 'orders.amount',
    'bulk order': 'orders.items > 5',
    loyal: 'customer.active = true',
  },
});
const profile = profileOf({
  'country.country_name': ['Germany', 'New Zealand'],
  'order_note.text': ['Fragile', 'Engineer', 'of', 'x'],
});
const { lexicon } = makeKnowledge([shop], profile);

function inShort(element: Element): string {
  switch (element.kind) {
    case 'table':
      return element.table.name;
    case 'column':
      return `${element.table.name}.${element.column.name}`;
    case 'value':
      return `${element.table.name}.${element.column.name} = ${element.value}`;
    case 'condition':
      return `${element.table.name}.${element.column.name} ${element.operator} ${element.literal}`;
    case 'metric':
      return element.metric.name;
    case 'choice':
      return element.choice;
  }
}

/** What a stretch of words may mean, likeliest first. */
function meanings(question: string, words = question): string[] {
  const tokens = tokenize(question);
  return recogniseElements(tokens, 'shop', lexicon)
    .filter(
      ({ start, end }) =>
        tokens
          .slice(start, end)
          .map(({ text }) => text)
          .join(' ') === words,
    )
    .toSorted((a, b) => b.score - a.score)
    .map(({ meaning }) => inShort(meaning as Element));
}

describe('recogniseElements', () => {
  it.each([
    ['orders', 'orders'],
    ['order', 'orders'],
    ['Customers', 'customer'],
    ['weight', 'orders.weight'],
    ['country name', 'country.country_name'],
    ['name of the country', 'country.country_name'],
    ['client', 'customer'],
    ['clients', 'customer'],
    ['revenue', 'orders.amount'],
    ['bulk orders', 'orders.items gt 5'],
    ['loyal', 'customer.active eq true'],
    ['Germany', 'country.country_name = Germany'],
    ['germany', 'country.country_name = Germany'],
    ['New Zealand', 'country.country_name = New Zealand'],
    ['"new zealand"', 'country.country_name = New Zealand'],
    ['engineers', 'order_note.text = Engineer'],
  ])('“%s” most likely means %s', (words, element) =>
    expect(meanings(`the ${words}`, words.replaceAll('"', ''))[0]).toBe(element),
  );

  it.each(['', 'the of and', 'blorp', 'Zealand', 'of'])('“%s” means nothing', (words) =>
    expect(meanings(words)).toEqual([]),
  );

  it('takes a column of a comment for likelier the more of its name is said', () => {
    const tokens = tokenize('customer name');
    const scores = recogniseElements(tokens, 'shop', lexicon).filter(
      ({ meaning }) =>
        meaning.kind === 'column' && meaning.column.name === 'name' && meaning.table.name === 'customer',
    );
    const score = (length: number) =>
      Math.max(...scores.filter(({ start, end }) => end - start === length).map((mention) => mention.score));
    expect(score(2)).toBeGreaterThan(score(1));
  });

  it('knows nothing of another domain', () =>
    expect(recogniseElements(tokenize('orders'), 'other', lexicon)).toEqual([]));

  it('reads two thousand words in well under a second', () => {
    const tokens = tokenize('orders of customers with weight and country name '.repeat(250));
    const started = performance.now();
    expect(recogniseElements(tokens, 'shop', lexicon).length).toBeGreaterThan(1000);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe('recogniseArguments', () => {
  const texts = (question: string) =>
    recogniseArguments(tokenize(question))
      .toSorted((a, b) => b.score - a.score)
      .map(({ meaning }) => (meaning.kind === 'argument' ? meaning.text : ''));

  it.each([
    ['weather in New York City', 'New York City'],
    ['weather for "san francisco"', 'san francisco'],
    ['what is it like in berlin', 'berlin'],
  ])('of “%s” fills in %s', (question, text) => expect(texts(question)[0]).toBe(text));

  it('takes no plain word that stands by itself', () => expect(texts('how hot was it')).toEqual([]));
});

describe('isSupported', () => {
  it('is what a chosen element speaks of, in its comment or its terms', () => {
    const entries = lexicon.lookUp('shop', 'weight');
    expect(entries.length).toBeGreaterThan(0);
    const supported = (word: string) => isSupported(tokenize(word)[0]!, entries);
    expect([supported('weight'), supported('weights'), supported('blorp')]).toEqual([true, true, false]);
  });
});
