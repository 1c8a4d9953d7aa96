import { describe, expect, it } from 'vitest';
import { duckdbDialect } from '../../../../subgraphs/sql/dialects/duckdb.js';
import { printSql } from '../../../../subgraphs/sql/print-sql.js';
import { profileOf, shopDomain } from '../../../knowledge/shop.test-helper.js';
import { tokenize } from '../../../knowledge/text/tokenize.js';
import { readClauses } from './read-clauses.js';

const shop = shopDomain();
const profile = profileOf({ 'country.country_name': ['Germany', 'New Zealand'] });

/** The SQL on one line, or why there is none. */
function sqlOf(question: string): string {
  const reading = readClauses(tokenize(question), shop, profile, '2026-11-22');
  if ('fault' in reading) return `fault: ${reading.fault}`;
  return printSql(reading.built.query, shop.catalog, duckdbDialect).replaceAll(/\s+/g, ' ');
}

describe('a question read clause by clause', () => {
  it('counts rows', () =>
    expect(sqlOf('How many customers are there?')).toMatch(/^SELECT COUNT\(\*\) .* FROM "customer"$/));

  it('asks for rows that are related to none', () =>
    expect(sqlOf('How many customers do not have any orders?')).toMatch(
      /WHERE NOT EXISTS \( SELECT 1 FROM "orders"/,
    ));

  it('is denied by a word whose apostrophe is missing, whatever verb follows', () =>
    expect(sqlOf('How many customers didnt place any orders?')).toMatch(
      /WHERE NOT EXISTS \( SELECT 1 FROM "orders"/,
    ));

  it('is left unread where a word means nothing', () =>
    expect(sqlOf('How many purple customers are there?')).toBe('fault: what purple is'));

  it('is left unread where nothing is asked', () =>
    expect(sqlOf('customers')).toBe('fault: nothing is asked for'));

  it('is left unread where it is no question but a query', () =>
    expect(sqlOf('SELECT * FROM customer')).toMatch(/^fault/));
});
