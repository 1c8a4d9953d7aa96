import fc from 'fast-check';
import { type Admission, claim, type Policy, type RowFilter } from '../../subgraphs/policy/policy.js';
import type { Mask } from '../../subgraphs/sql/access.js';

export const HASH_KEY = 'a key for the tests';

/** A row filter, and the same said in SQL of its own on the embedded engine. */
interface Filter {
  readonly rows: RowFilter;
  readonly sql: string;
}

/** The claims of the caller that the properties are about. */
export const CALLER = {
  subject: 'ann',
  roles: ['a', 'b', 'c'],
  claims: { country: 'DE', countries: ['DE', 'FR'], least: 4, from: '2007-12-15', wrong: 7 },
};

const FILTERS: Readonly<Record<string, readonly Filter[]>> = {
  country: [
    { rows: { code: { in: claim('countries') } }, sql: `code IN ('DE', 'FR')` },
    { rows: { country_name: { isNull: false } }, sql: 'country_name IS NOT NULL' },
    {
      rows: { customer: { some: { active: { eq: true } } } },
      sql: 'code IN (SELECT country_code FROM base.customer WHERE active)',
    },
  ],
  customer: [
    { rows: { country_code: { eq: claim('country') } }, sql: `country_code = 'DE'` },
    { rows: { not: { active: { eq: true } } }, sql: 'active = false' },
    {
      rows: { country: { country_name: { startsWith: 'G' } } },
      sql: `country_code IN (SELECT code FROM base.country WHERE country_name LIKE 'G%')`,
    },
    { rows: { customer_id: { in: [1, 2, 3, 20, 30] } }, sql: 'customer_id IN (1, 2, 3, 20, 30)' },
    { rows: { country_code: { eq: claim('missing') } }, sql: 'false' },
    { rows: { not: { country_code: { eq: claim('missing') } } }, sql: 'false' },
    { rows: { country_code: { eq: claim('wrong') } }, sql: 'false' },
    {
      rows: { ordersByCustomerId: { some: { items: { gt: claim('least') } } } },
      sql: 'customer_id IN (SELECT customer_id FROM base.orders WHERE items > 4)',
    },
    {
      rows: { ordersByPayerId: { none: { amount: { isNull: false } } } },
      sql: 'NOT EXISTS (SELECT 1 FROM base.orders o WHERE o.payer_id = customer.customer_id AND o.amount IS NOT NULL)',
    },
  ],
  orders: [
    { rows: { items: { gt: claim('least') } }, sql: 'items > 4' },
    {
      rows: { customer: { country_code: { eq: claim('country') } } },
      sql: `customer_id IN (SELECT customer_id FROM base.customer WHERE country_code = 'DE')`,
    },
    {
      rows: { or: [{ amount: { lt: '400.50' } }, { payer_id: { isNull: true } }] },
      sql: '(amount < 400.50 OR payer_id IS NULL)',
    },
    { rows: { ordered_at: { gte: claim('from') } }, sql: `ordered_at >= TIMESTAMP '2007-12-15'` },
    { rows: { payer_id: { ne: 5 }, items: { lte: 6 } }, sql: '(payer_id <> 5 AND items <= 6)' },
  ],
  order_note: [
    { rows: { line: { eq: 2 } }, sql: 'line = 2' },
    {
      rows: { orders: { customer: { active: { eq: true } } } },
      sql: 'order_id IN (SELECT order_id FROM base.orders WHERE customer_id IN (SELECT customer_id FROM base.customer WHERE active))',
    },
  ],
  log: [{ rows: { message: { ne: 'x' } }, sql: `message <> 'x'` }],
};

/** What a mask leaves of a column's value, in SQL of its own. */
const MASKED: Readonly<Record<Exclude<Mask, 'null'>, (column: string) => string>> = {
  hash: (column) => `sha256('${HASH_KEY}' || ${column})`,
  lastFour: (column) =>
    `CASE WHEN length(${column}) > 4 THEN '****' || right(${column}, 4) WHEN ${column} IS NOT NULL THEN '****' END`,
  year: (column) => `CAST(strftime(${column}, '%Y-01-01') AS ${column === 'born' ? 'DATE' : 'TIMESTAMP'})`,
};
const MASKS: Readonly<Record<string, readonly Mask[]>> = {
  country_name: ['hash', 'lastFour', 'null'],
  name: ['hash', 'lastFour', 'null'],
  born: ['year', 'null'],
  ordered_at: ['year', 'null'],
  amount: ['null'],
  items: ['null'],
  text: ['lastFour', 'hash'],
  active: ['null'],
  customer_id: ['null'],
  payer_id: ['null'],
  country_code: ['hash'],
};
const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  country: ['code', 'country_name'],
  customer: ['customer_id', 'name', 'born', 'country_code', 'active', 'tags'],
  orders: ['order_id', 'customer_id', 'payer_id', 'amount', 'weight', 'items', 'ordered_at'],
  order_note: ['order_id', 'line', 'text'],
  log: ['message'],
};
const TYPES: Readonly<Record<string, string>> = {
  born: 'DATE',
  ordered_at: 'TIMESTAMP',
  amount: 'DECIMAL(12,2)',
  items: 'INTEGER',
  active: 'BOOLEAN',
  customer_id: 'INTEGER',
  payer_id: 'INTEGER',
};
const GENEROUS: readonly (Mask | 'value')[] = ['value', 'lastFour', 'year', 'hash', 'null'];

/** One thing that a policy admits of a table or restricts of it, as data and as what it means. */
interface Part {
  readonly table: string;
  readonly columns: readonly string[];
  readonly filter: Filter | undefined;
  readonly masks: Readonly<Record<string, Mask>>;
}

export interface RandomPolicies {
  readonly policies: readonly Policy[];
  /** By table, a query that gives what the caller may see of it, from `base`; absent where nothing. */
  readonly copies: ReadonlyMap<string, string>;
}

/** Columns that settle the order of rows; typed lists are compared in order only where they are seen. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  country: ['code'],
  customer: ['customer_id'],
  orders: ['order_id'],
  order_note: ['order_id', 'line'],
  log: [],
};
export type Keys = 'seen' | 'anyhow';

const partOf = (table: string, kind: 'admit' | 'restrict', keys: Keys): fc.Arbitrary<Part> => {
  const kept = keys === 'seen' ? KEYS[table]! : [];
  const columns = COLUMNS[table]!;
  const maskable = columns.filter((column) => MASKS[column] !== undefined && !kept.includes(column));
  const filters = FILTERS[table]!;
  const others = columns.filter((column) => !kept.includes(column));
  const some = fc.subarray(others, { minLength: kept.length > 0 ? 0 : 1 });
  return fc.record({
    table: fc.constant(table),
    columns:
      kind === 'admit'
        ? fc.oneof(
            { weight: 3, arbitrary: fc.constant(columns) },
            { weight: 2, arbitrary: some.map((found) => [...kept, ...found]) },
          )
        : fc.oneof(
            { weight: 3, arbitrary: fc.constant([]) },
            fc.subarray(others, { maxLength: Math.min(1, others.length) }),
          ),
    filter: fc.option(fc.constantFrom(...filters), { nil: undefined, freq: 2 }),
    masks: fc
      .subarray(maskable, { maxLength: Math.min(2, maskable.length) })
      .chain((names) =>
        fc
          .tuple(...names.map((name) => fc.constantFrom(...MASKS[name]!)))
          .map((masks) => Object.fromEntries(names.map((name, index) => [name, masks[index]!]))),
      ),
  });
};

/** Policies at random over the shop's tables, with the copy of the data that they leave, worked out another way. */
export const randomPolicies = (keys: Keys): fc.Arbitrary<RandomPolicies> =>
  fc
    .record({
      admit: fc.array(
        fc
          .constantFrom('country', 'customer', 'orders', 'orders', 'customer', 'order_note', 'log')
          .chain((table) => partOf(table, 'admit', keys)),
        { minLength: 4, maxLength: 9 },
      ),
      restrict: fc.array(
        fc.constantFrom('customer', 'orders').chain((table) => partOf(table, 'restrict', keys)),
        { maxLength: 2 },
      ),
    })
    .map(({ admit, restrict }) => ({
      policies: [
        ...admit.map(
          (part, index): Policy => ({
            name: `admit ${index}`,
            for: { roles: [CALLER.roles[index % 3]!] },
            admit: [{ ...ruleOf(part), columns: part.columns }],
          }),
        ),
        ...restrict.map(
          (part, index): Policy => ({
            name: `restrict ${index}`,
            for: 'everyone',
            restrict: [{ ...ruleOf(part), ...(part.columns.length === 0 ? {} : { hide: part.columns }) }],
          }),
        ),
        { name: 'of others', for: { roles: ['nobody'] }, admit: [{ tables: '*', columns: '*' }] },
      ],
      copies: new Map(
        Object.keys(COLUMNS).flatMap((table) => {
          const query = copyOf(
            table,
            admit.filter((part) => part.table === table),
            restrict.filter((part) => part.table === table),
          );
          return query === undefined ? [] : [[table, query] as const];
        }),
      ),
    }));

function ruleOf({ table, filter, masks }: Part): Omit<Admission, 'columns'> {
  return {
    tables: table,
    ...(filter === undefined ? {} : { rows: filter.rows }),
    masks: Object.entries(masks).map(([columns, mask]) => ({ columns, mask })),
  };
}

/** The documented meaning, by rows: each is seen once if any admission admits it, its cells as the most generous shows. */
function copyOf(table: string, admit: readonly Part[], restrict: readonly Part[]): string | undefined {
  const hidden = new Set(restrict.flatMap(({ columns }) => columns));
  const columns = COLUMNS[table]!.filter(
    (column) => !hidden.has(column) && admit.some((part) => part.columns.includes(column)),
  );
  if (columns.length === 0) return undefined;
  const cells = columns.map((column) => {
    const branches = GENEROUS.flatMap((show) =>
      admit
        .filter((part) => part.columns.includes(column) && shownBy(part, restrict, column) === show)
        .map((part) => `WHEN ${part.filter?.sql ?? 'true'} THEN ${cellOf(column, show)}`),
    );
    return `CASE ${branches.join(' ')} ELSE NULL END AS ${column}`;
  });
  const admitted = admit.map(({ filter }) => filter?.sql ?? 'true').join(' OR ');
  const all = [`(${admitted})`, ...restrict.flatMap(({ filter }) => filter?.sql ?? [])].join(' AND ');
  return `SELECT ${cells.join(', ')} FROM base.${table} AS ${table} WHERE ${all}`;
}

function shownBy(part: Part, restrict: readonly Part[], column: string): Mask | 'value' {
  const shows = [part, ...restrict].map(({ masks }) => masks[column] ?? 'value');
  return shows.sort((a, b) => GENEROUS.indexOf(b) - GENEROUS.indexOf(a))[0]!;
}

function cellOf(column: string, show: Mask | 'value'): string {
  if (show === 'value') return column;
  return show === 'null' ? `CAST(NULL AS ${TYPES[column] ?? 'VARCHAR'})` : MASKED[show](column);
}
