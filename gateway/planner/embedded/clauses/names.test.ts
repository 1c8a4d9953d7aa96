import { describe, expect, it } from 'vitest';
import type { AskColumn, AskTable } from '../../../knowledge/domain.js';
import { shopDomain } from '../../../knowledge/shop.test-helper.js';
import { stem } from '../../../knowledge/text/tokenize.js';
import { matchName } from './match-name.js';
import { makeNames } from './names.js';

const [model] = shopDomain().tables;
const column = (name: string): AskColumn => ({ ...model!.columns[0]!, name, references: undefined });

/** How well words say a column of a table, 0–1. */
function said(words: string, table: string, columnName: string): number {
  const own: AskTable = { ...model!, name: table, columns: [column(columnName)] };
  const names = makeNames(shopDomain({ tables: [own] }));
  return matchName(words.split(' ').map(stem), names.column(own, own.columns[0]!));
}

describe('a column is called by', () => {
  it('its words, with those of its table', () =>
    expect(said('flight distance', 'flight', 'distance')).toBeGreaterThan(0.9));
  it('what follows the beginning of its table', () =>
    expect(said('invoice number', 'invoice', 'invno')).toBeGreaterThan(0.9));
  it('itself without its unit', () =>
    expect(said('loss', 'claim', 'loss_millions_usd')).toBeGreaterThan(0.7));
  it('a general noun behind its name', () =>
    expect(said('enrollment size', 'university', 'enrollment')).toBeGreaterThan(0.8));
  it('nothing that is another word', () => expect(said('colour', 'invoice', 'invno')).toBe(0));
});
