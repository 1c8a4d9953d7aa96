import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Catalog } from '../../schema/catalog.js';
import { announcedCatalog } from '../../schema/removed.js';
import { isOwnCaller } from '../own-callers.js';
import type { Caller } from '../request-context.js';
import { type Access, openAccess, type TableAccess } from '../sql/access.js';
import { checkPolicies } from './check-policies.js';
import { isHeldBack } from './held-back.js';
import type { Policy } from './policy.js';
import { claimsIn, readClaim } from './row-filter.js';
import { seeTable } from './table-access.js';
import { type VisibleColumns, visibleCatalog } from './visible-catalog.js';

/** What one caller may do in one domain. Callers with the same rights share one. */
export interface DomainAccess extends Access {
  /** A hash of all that decides what is seen: whoever has the same may share what was made for one of them. */
  readonly digest: string;
  /** Whether there is anything of the domain to see. */
  readonly domain: 'visible' | 'hidden';
  readonly nativeSql: 'permitted' | 'refused';
  /** How many rows a language model may read; undefined: as many as there are. */
  readonly rowsToModel: number | undefined;
}

/** Who may see what of one domain. */
export interface Permissions {
  /** `open`: no policy, everybody sees everything. */
  readonly kind: 'open' | 'policies';
  /** Everything, as the operator sees it. */
  readonly whole: DomainAccess;
  accessOf(caller: Caller): DomainAccess;
  /** Whether a column, or its values as they stand, is kept from some of those who see its table. */
  isHeldBack(table: string, column: string): boolean;
}

export interface PermissionsOptions {
  readonly domain: string;
  readonly catalog: Catalog;
  readonly policies: readonly Policy[] | undefined;
  /** What hashed cells are hashed with. */
  readonly hashKey: string;
}

/** How many different rights of one domain are remembered. */
const REMEMBERED = 1_000;

/** @throws CONFIGURATION_INVALID for policies that do not fit the catalog. */
export function makePermissions({ domain, catalog, policies, hashKey }: PermissionsOptions): Permissions {
  const everything: DomainAccess = {
    ...openAccess(catalog),
    hashKey,
    digest: 'open',
    domain: 'visible',
    nativeSql: 'permitted',
    rowsToModel: undefined,
  };
  if (policies === undefined)
    return { kind: 'open', whole: everything, accessOf: () => everything, isHeldBack: () => false };
  checkPolicies(domain, catalog, policies, hashKey);
  const deciding = decidingFacts(policies);
  const known = new LRUCache<string, DomainAccess>({ max: REMEMBERED });
  return {
    kind: 'policies',
    whole: everything,
    accessOf(caller) {
      if (isOwnCaller(caller)) return everything;
      const key = deciding(caller);
      let access = known.get(key);
      if (access === undefined) {
        access = decide(catalog, policies, hashKey, caller);
        known.set(key, access);
      }
      return access;
    },
    isHeldBack(tableName, columnName) {
      const table = catalog.tables.find(({ name }) => name === tableName);
      const column = table?.columns.find(({ name }) => name === columnName);
      return table === undefined || column === undefined || isHeldBack(table, column, policies);
    },
  };
}

/** What of a caller the policies look at, as text: all else makes no difference. */
function decidingFacts(policies: readonly Policy[]): (caller: Caller) => string {
  const roles = new Set<string>();
  const claims = new Set<string>();
  for (const { for: audience, admit = [], restrict = [] } of policies) {
    if (audience !== 'everyone') {
      for (const role of audience.roles ?? []) roles.add(role);
      for (const name of Object.keys(audience.claims ?? {})) claims.add(name);
    }
    for (const { rows } of [...admit, ...restrict]) for (const name of claimsIn(rows)) claims.add(name);
  }
  return (caller) =>
    JSON.stringify([
      [...roles].filter((role) => caller.roles.includes(role)),
      [...claims].map((name) => readClaim(caller, name) ?? null),
    ]);
}

function decide(whole: Catalog, policies: readonly Policy[], hashKey: string, caller: Caller): DomainAccess {
  const applying = policies.filter((policy) => isFor(policy, caller));
  const visible = new Map<string, VisibleColumns>();
  const tables = new Map<string, TableAccess>();
  const announced = announcedCatalog(whole);
  for (const table of announced.tables) {
    const seen = seeTable(announced, table, applying, caller);
    if (seen === undefined) continue;
    visible.set(table.name, seen.columns);
    if (seen.access !== undefined) tables.set(table.name, seen.access);
  }
  const numbers = applying.flatMap(({ maximumRows }) => maximumRows ?? []);
  const toModel = applying.flatMap(({ rowsToModel }) => (rowsToModel === 'none' ? 0 : (rowsToModel ?? [])));
  const admitsAny = applying.some(({ admit = [] }) => admit.length > 0);
  const rights = {
    domain: visible.size > 0 || (whole.tables.length === 0 && admitsAny) ? 'visible' : 'hidden',
    nativeSql: applying.some(({ nativeSql }) => nativeSql === 'refused') ? 'refused' : 'permitted',
    maximumRows: numbers.length === 0 ? undefined : Math.min(...numbers),
    rowsToModel: toModel.length === 0 ? undefined : Math.min(...toModel),
  } as const;
  return {
    ...rights,
    catalog: visibleCatalog(whole, visible),
    whole,
    tables,
    hashKey,
    digest: digestOf(rights, visible, tables),
  };
}

function isFor({ for: audience }: Policy, caller: Caller): boolean {
  if (audience === 'everyone') return true;
  const { roles, claims = {} } = audience;
  return (
    (roles === undefined || roles.some((role) => caller.roles.includes(role))) &&
    Object.entries(claims).every(([name, wanted]) => {
      const held = readClaim(caller, name);
      const values: readonly unknown[] = Array.isArray(held) ? held : [held];
      return [wanted].flat().some((value) => values.includes(value));
    })
  );
}

function digestOf(
  rights: object,
  visible: ReadonlyMap<string, VisibleColumns>,
  tables: ReadonlyMap<string, TableAccess>,
): string {
  const facts = [...visible].map(([name, { all, aggregated }]) => {
    const access = tables.get(name);
    const { aggregateOnly } = access ?? {};
    const cells = [...(access?.cells ?? [])];
    return [
      name,
      [...all],
      [...aggregated],
      access?.rows ?? null,
      cells,
      aggregateOnly?.minimumGroupSize ?? null,
    ];
  });
  return createHash('sha256')
    .update(JSON.stringify([rights, facts]))
    .digest('base64url')
    .slice(0, 22);
}
