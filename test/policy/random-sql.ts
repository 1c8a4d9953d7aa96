import fc from 'fast-check';
import type { Catalog, Table } from '../../schema/catalog.js';

/** Queries at random, in SQL that all engines share, over a catalog's tables. */
export function randomSql(catalog: Catalog): fc.Arbitrary<string> {
  const columnsOf = ({ columns }: Table) => columns.filter(({ columnType }) => columnType !== 'JSON');
  const star = fc
    .constantFrom(...catalog.tables)
    .map(({ name }) => `SELECT COUNT(*) AS n FROM (SELECT * FROM ${name}) s`);
  const comparable = catalog.tables.filter((table) => columnsOf(table).length > 0);
  // Of lists and objects alone nothing can be compared on every engine.
  if (comparable.length === 0) return star;
  const table = fc.constantFrom(...comparable);
  const columnOf = (from: Table) => fc.constantFrom(...columnsOf(from).map(({ name }) => name));
  const conditionOf = (from: Table, alias: string): fc.Arbitrary<string> =>
    fc.constantFrom(...columnsOf(from)).chain(({ name, columnType }) => {
      const column = `${alias}.${name}`;
      const tests = [`${column} IS NOT NULL`, `${column} IS NULL`];
      if (columnType === 'STRING')
        tests.push(`${column} LIKE '%e%'`, `${column} <> 'DE'`, `LOWER(${column}) > 'c'`);
      if (columnType === 'INTEGER' || columnType === 'DECIMAL')
        tests.push(`${column} > 4`, `${column} BETWEEN 2 AND 300`);
      return fc.constantFrom(...tests);
    });
  const plain = table.chain((from) =>
    fc
      .tuple(fc.array(columnOf(from), { minLength: 1, maxLength: 3 }), conditionOf(from, 't'))
      .map(([columns, condition]) => {
        const items = columns.map((name, index) => `t.${name} AS c${index}`).join(', ');
        return `SELECT ${items} FROM ${from.name} t WHERE ${condition}`;
      }),
  );
  const grouped = table.chain((from) =>
    fc
      .tuple(columnOf(from), columnOf(from), conditionOf(from, from.name))
      .map(
        ([key, counted, condition]) =>
          `SELECT ${key} AS k, COUNT(*) AS n, COUNT(DISTINCT ${counted}) AS d FROM ${from.name} WHERE ${condition} GROUP BY ${key} HAVING COUNT(*) > 1`,
      ),
  );
  const joined = fc
    .tuple(table, table)
    .chain(([left, right]) =>
      fc
        .tuple(columnOf(left), columnOf(right), conditionOf(left, 'a'), conditionOf(right, 'b'))
        .map(
          ([a, b, first, second]) =>
            `SELECT COUNT(*) AS n, COUNT(a.${a}) AS x, COUNT(b.${b}) AS y FROM ${left.name} a LEFT JOIN ${right.name} b ON ${second} AND a.${a} IS NOT NULL WHERE ${first}`,
        ),
    );
  const correlated = fc
    .tuple(table, table)
    .chain(([outer, inner]) =>
      fc
        .tuple(columnOf(outer), conditionOf(inner, 'i'), conditionOf(outer, 'o'))
        .map(
          ([column, within, around]) =>
            `SELECT o.${column} AS c, (SELECT COUNT(*) FROM ${inner.name} i WHERE ${within} AND ${around}) AS n FROM ${outer.name} o WHERE EXISTS (SELECT 1 FROM ${inner.name} i WHERE ${within})`,
        ),
    );
  const named = table.chain((from) =>
    fc
      .tuple(columnOf(from), conditionOf(from, 'x'))
      .map(
        ([column, condition]) =>
          `WITH w AS (SELECT x.${column} AS v FROM ${from.name} x WHERE ${condition}), u AS (SELECT v FROM w UNION ALL SELECT v FROM w) SELECT v, COUNT(*) AS n FROM u GROUP BY v`,
      ),
  );
  // A name of another table as an alias, and the same table twice.
  const aliased = fc.tuple(table, table).chain(([from, other]) =>
    fc.tuple(columnOf(from), conditionOf(from, `${other.name}`)).map(([column, condition]) => {
      const alias = other.name;
      const twice = from === other ? '' : `, (SELECT COUNT(*) FROM ${from.name} z) AS m`;
      return `SELECT ${alias}.${column} AS c${twice} FROM ${from.name} ${alias} WHERE ${condition}`;
    }),
  );
  return fc.oneof(plain, star, grouped, joined, correlated, named, aliased);
}
