import { describe, expect, it } from 'vitest';
import { isContentWord } from './content-words.js';
import { isContent, stem, tokenize } from './tokenize.js';

const kinds = (question: string) => tokenize(question).map(({ text, kind }) => `${text}|${kind}`);

describe('tokenize', () => {
  it('tells words, numbers, quoted text and marks apart', () =>
    expect(kinds('Which "New York" venues sold over $1,000.50 by 2008-05-01?')).toEqual([
      'Which|word',
      'New York|quoted',
      'venues|word',
      'sold|word',
      'over|word',
      '$1,000.50|number',
      'by|word',
      '2008-05-01|number',
      '?|mark',
    ]));

  it.each([
    ['20k and 1.5m', ['20k', 'and', '1.5m']],
    ['the 90s, the 1990s', ['the', '90s', ',', 'the', '1990s']],
    ['on the 3rd', ['on', 'the', '3rd']],
    ['15% of Q1', ['15%', 'of', 'Q1']],
    ['3com 5yr', ['3com', '5yr']],
    ['AT&T dept_emp', ['AT&T', 'dept_emp']],
    ['e-mail O’Brien rock.n.roll', ['e-mail', 'O’Brien', 'rock.n.roll']],
    ['Müller Łódź', ['Müller', 'Łódź']],
    ['a>b', ['a', '>', 'b']],
    ["“New York” 'Los Angeles'", ['New York', 'Los Angeles']],
    ['', []],
    ['…', []],
  ])('splits %j', (question, texts) => expect(tokenize(question).map(({ text }) => text)).toEqual(texts));

  it('drops a possessive s, and keeps other apostrophes', () =>
    expect(
      tokenize("Anna's don't employees' dogs")
        .map(({ text }) => text)
        .slice(0, 3),
    ).toEqual(['Anna', "don't", 'employees']));

  it('takes a capital for a name, but not the one that starts the question', () => {
    const proper = tokenize('Which sales did Anna make in May, and may IBM?').filter((token) => token.proper);
    expect(proper.map(({ text }) => text)).toEqual(['Anna', 'May', 'IBM']);
  });

  it('numbers its tokens, and gives words their stems and everything else itself', () => {
    const tokens = tokenize('Claims filed in 2023');
    expect(tokens.map(({ index }) => index)).toEqual([0, 1, 2, 3]);
    expect(tokens.map(({ stem: text }) => text)).toEqual(['claim', 'file', 'in', '2023']);
  });

  it('reads a question of ten thousand characters at once', () => {
    const started = performance.now();
    expect(tokenize('a1,"'.repeat(2500)).length).toBeGreaterThan(2500);
    expect(performance.now() - started).toBeLessThan(500);
  });
});

describe('stem', () => {
  it.each([
    ['employees', 'employee'],
    ['hired', 'hire'],
    ['Salaries', 'salary'],
    ['sold', 'sell'],
    ['bought', 'buying'],
    ['people', 'person'],
    ['born', 'birth'],
    ['birthday', 'birth'],
    ['children', 'child'],
    ['quantities', 'quantity'],
  ])('%s and %s are one word', (one, other) => expect(stem(one)).toBe(stem(other)));

  it('keeps apart what only begins alike', () => expect(stem('event')).not.toBe(stem('eventual')));
});

describe('content words', () => {
  it('are those that an answer must account for', () => {
    expect(['sales', 'highest', 'fraud', 'not'].filter(isContentWord)).toEqual([
      'sales',
      'highest',
      'fraud',
      'not',
    ]);
    expect(['the', 'of', 'please', 'show', 'rows'].filter(isContentWord)).toEqual(['show']);
  });

  it('count May among them, and “may” not', () =>
    expect(
      tokenize('Who may work in May?')
        .filter(isContent)
        .map(({ text }) => text),
    ).toEqual(['work', 'May']));
});
