import type { Catalog, Column, Table } from '../../schema/catalog.js';
import { unknownName } from '../../schema/did-you-mean.js';
import { AskgraphError, asAskgraphError } from '../../schema/errors.js';
import { announcedCatalog } from '../../schema/removed.js';
import { MASKS } from '../sql/access.js';
import { MASKED_TYPES } from '../sql/masks.js';
import type { Admission, Policy, Restriction } from './policy.js';
import { checkRowFilter } from './row-filter.js';
import { checkSelector, isSelected } from './select.js';

const SHORTEST_HASH_KEY = 16;

/**
 * Checks a domain's policies against its catalog before anything is served.
 * @throws CONFIGURATION_INVALID for what is not in the catalog, or does not fit it.
 */
export function checkPolicies(
  domain: string,
  catalog: Catalog,
  policies: readonly Policy[],
  hashKey: string,
): void {
  const names = new Set<string>();
  const individuals = new Map<string, string>();
  for (const policy of policies) {
    try {
      if (names.has(policy.name)) throw bad('another one has this name');
      names.add(policy.name);
      checkAudience(policy);
      checkNumber('maximumRows', policy.maximumRows, 1);
      if (policy.rowsToModel !== 'none') checkNumber('rowsToModel', policy.rowsToModel, 0);
      for (const rule of [...(policy.admit ?? []), ...(policy.restrict ?? [])]) {
        checkRule(rule, catalog, hashKey, individuals);
      }
    } catch (thrown) {
      const { message, details } = asAskgraphError(thrown, 'CONFIGURATION_INVALID', String(thrown));
      throw new AskgraphError(
        'CONFIGURATION_INVALID',
        `The policy "${policy.name}" of ${domain} is not valid: ${message}`,
        { domain, details, cause: thrown },
      );
    }
  }
}

function checkAudience({ for: audience }: Policy): void {
  if (audience === 'everyone') return;
  const { roles = [], claims = {} } = audience;
  if (!Array.isArray(roles) || roles.some((role) => typeof role !== 'string' || role === '')) {
    throw bad('"for.roles" is a list of names of roles');
  }
  if (roles.length === 0 && Object.keys(claims).length === 0) {
    throw bad('it is for nobody; name roles or claims, or say "everyone"');
  }
  for (const [name, values] of Object.entries(claims)) {
    const list: unknown[] = Array.isArray(values) ? values : [values];
    const isPlain = list.every((value) => ['string', 'number', 'boolean'].includes(typeof value));
    if (list.length === 0 || !isPlain)
      throw bad(`the claim "${name}" needs a text, number or yes or no, or several`);
  }
}

function checkRule(
  rule: Admission | Restriction,
  catalog: Catalog,
  hashKey: string,
  individuals: Map<string, string>,
): void {
  // Rules may still name what was removed; filters and figures need what is there.
  const announced = announcedCatalog(catalog);
  checkSelector(rule.tables, 'table', catalog.database, announced.tables);
  const tables = announced.tables.filter((table) => isSelected(rule.tables, table));
  const all = tables.flatMap((table) => table.columns);
  const where = tables.length === 1 ? (tables[0]?.name ?? '') : 'the tables that it is about';
  // Of several tables, a column may be in one.
  const check = (selector: Admission['columns']) =>
    tables.length > 0 && checkSelector(selector, 'column', where, all);
  if ('columns' in rule) check(rule.columns);
  if ('hide' in rule && rule.hide !== undefined) check(rule.hide);
  if (rule.aggregateOnly !== undefined) check(rule.aggregateOnly.columns);
  for (const { columns, mask } of rule.masks ?? []) {
    check(columns);
    if (!MASKS.includes(mask)) throw unknownName('mask', String(mask), where, MASKS);
    if (mask === 'hash' && hashKey.length < SHORTEST_HASH_KEY) {
      throw bad(`hashes need a secret: set ASKGRAPH_HASH_KEY to at least ${SHORTEST_HASH_KEY} characters`);
    }
  }
  for (const table of tables) {
    for (const { columns, mask } of rule.masks ?? []) {
      const masked = table.columns.filter((column) => isSelected(columns, column));
      for (const column of masked) checkMask(table, column, mask);
    }
    const live = catalog.tables.find(({ name }) => name === table.name);
    if (live === undefined) continue;
    if (rule.rows !== undefined) checkRowFilter(rule.rows, catalog, live);
    if (rule.aggregateOnly !== undefined) checkAggregateOnly(rule.aggregateOnly, live, individuals);
  }
}

function checkMask(table: Table, { name, columnType }: Column, mask: (typeof MASKS)[number]): void {
  const types = MASKED_TYPES[mask];
  if (types === 'any' || types.includes(columnType)) return;
  throw bad(`"${table.name}.${name}" is ${columnType}; the mask "${mask}" is for ${types.join(' and ')}`);
}

function checkAggregateOnly(
  { columns, individual, minimumGroupSize }: NonNullable<Admission['aggregateOnly']>,
  table: Table,
  individuals: Map<string, string>,
): void {
  if (!table.columns.some((column) => isSelected(columns, column))) return;
  checkSelector([individual], 'column', table.name, table.columns);
  if (!table.columns.some(({ name }) => name === individual))
    throw bad('"individual" is one column, not a pattern');
  if (minimumGroupSize === undefined) throw bad('"minimumGroupSize" is missing');
  checkNumber('minimumGroupSize', minimumGroupSize, 1);
  const other = individuals.get(table.name);
  if (other !== undefined && other !== individual) {
    throw bad(`the individuals of ${table.name} are "${other}" elsewhere, and "${individual}" here`);
  }
  individuals.set(table.name, individual);
}

function checkNumber(name: string, value: number | undefined, least: number): void {
  if (value === undefined || (Number.isSafeInteger(value) && value >= least)) return;
  throw bad(`"${name}" is a whole number from ${least} on`);
}

function bad(message: string): AskgraphError {
  return new AskgraphError('CONFIGURATION_INVALID', message);
}
