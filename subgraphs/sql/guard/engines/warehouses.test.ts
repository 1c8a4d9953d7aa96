import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startAthenaFake } from '../../../../test/fakes/athena-server.js';
import { FAKE_CREDENTIALS } from '../../../../test/fakes/aws-server.js';
import type { LocalServer } from '../../../../test/fakes/http-server.js';
import { startSnowflakeFake } from '../../../../test/fakes/snowflake-server.js';
import { openShop, SHOP_DATA, shopCatalog } from '../../../../test/fixtures/shop.js';
import { SHOP_QUERIES } from '../../../../test/fixtures/shop-queries.js';
import { athena } from '../../../connectors/athena.js';
import type { Connector } from '../../../connectors/connector.js';
import { snowflake, snowflakeFromEnvironment } from '../../../connectors/snowflake.js';
import { compile } from '../../compile.js';
import { athenaDialect } from '../../dialects/athena.js';
import type { Dialect } from '../../dialects/dialect.js';
import { duckdbDialect } from '../../dialects/duckdb.js';
import { snowflakeDialect } from '../../dialects/snowflake.js';
import { guard } from '../../guard.js';
import { printSql } from '../../print-sql.js';
import { accepted } from '../corpus/accepted.js';
import { refused } from '../corpus/refused.js';
import { shop } from '../corpus/shop.js';
import { engine as athenaEngine } from './athena.js';
import { engine as snowflakeEngine } from './snowflake.js';

const limits = { rowLimit: 1_000, signal: new AbortController().signal };
const CONTEXT = { domain: 'shop', dataDirectory: '', report: () => {} };
/** Groups of the corpus that hold what every engine has. */
const COMMON = ['star', 'joins', 'grouping', 'subqueries', 'common table expressions'];

interface Warehouse {
  readonly dialect: Dialect;
  readonly functions: ReadonlySet<string>;
  readonly start: () => Promise<{ server: LocalServer; connector: Connector }>;
  /** Statements of the engine's own kind, and what is run. */
  readonly idioms: readonly (readonly [sql: string, runs: string])[];
  /** What only this engine has, or has as nobody else, and nobody may run. */
  readonly refused: readonly string[];
}

const WAREHOUSES: readonly Warehouse[] = [
  {
    dialect: athenaDialect,
    functions: athenaEngine.functions,
    async start() {
      const server = await startAthenaFake({
        setup: SHOP_DATA,
        workgroups: { w: { output: 's3://r/' } },
        scannedBytes: 1,
      });
      const options = {
        workgroup: 'w',
        region: 'eu-west-1',
        endpoint: server.url,
        credentials: FAKE_CREDENTIALS,
      };
      return { server, connector: await athena(options).open(CONTEXT) };
    },
    idioms: [
      [
        'SELECT name FROM customers ORDER BY born DESC NULLS LAST, id NULLS FIRST OFFSET 2 LIMIT 5',
        'SELECT "customers"."name" FROM "customers" ORDER BY "customers"."born" DESC, "customers"."id" NULLS FIRST OFFSET 2 LIMIT 5',
      ],
      [
        "SELECT date_trunc('month', born) AS m, approx_distinct(name) AS n FROM customers WHERE day_of_week(born) = 1 GROUP BY 1",
        'SELECT DATE_TRUNC(\'month\', "customers"."born") AS "m", APPROX_DISTINCT("customers"."name") AS "n" FROM "customers" WHERE DAY_OF_WEEK("customers"."born") = 1 GROUP BY 1 LIMIT 1001',
      ],
      [
        "SELECT max_by(name, born) AS a, count_if(active) AS b, date_diff('day', min(born), DATE '2020-01-01') AS c FROM customers",
        'SELECT MAX_BY("customers"."name", "customers"."born") AS "a", COUNT_IF("customers"."active") AS "b", DATE_DIFF(\'day\', MIN("customers"."born"), CAST(\'2020-01-01\' AS DATE)) AS "c" FROM "customers" LIMIT 1001',
      ],
      [
        "SELECT regexp_extract(name, '[a-z]+') AS a, TRY_CAST(name AS INTEGER) AS b FROM customers WHERE name LIKE 'a!%' ESCAPE '!'",
        'SELECT REGEXP_EXTRACT("customers"."name", \'[a-z]+\') AS "a", TRY_CAST("customers"."name" AS INTEGER) AS "b" FROM "customers" WHERE "customers"."name" LIKE \'a!%\' ESCAPE \'!\' LIMIT 1001',
      ],
      [
        'SELECT json_format(CAST(array_agg(name) AS JSON)) AS names FROM customers',
        'SELECT JSON_FORMAT(CAST(ARRAY_AGG("customers"."name") AS JSON)) AS "names" FROM "customers" LIMIT 1001',
      ],
    ],
    refused: [
      'SELECT json_format(name) FROM customers',
      'SELECT CAST(name AS JSON) FROM customers',
      'SELECT json_format(TRY_CAST(name AS JSON)) FROM customers',
      'SELECT json_format(CAST(name AS JSON), 1) FROM customers',
      'SELECT json_format(DISTINCT CAST(name AS JSON)) FROM customers',
      'SELECT json_format(CAST(name AS VARCHAR)) FROM customers',
      'SELECT json_format(CAST(sequence(1, 1000000) AS JSON)) FROM customers',
      'SELECT json_format(CAST(json_format(name) AS JSON)) FROM customers',
      'SELECT "$path" FROM customers',
      'SELECT * FROM "customers$partitions"',
      'SELECT * FROM information_schema.columns',
      "USING EXTERNAL FUNCTION f(a VARCHAR) RETURNS VARCHAR LAMBDA 'steal' SELECT f(name) FROM customers",
      'SELECT transform(array_agg(name), x -> x) FROM customers',
      "UNLOAD (SELECT * FROM customers) TO 's3://mine/' WITH (format = 'PARQUET')",
      "EXECUTE q USING 'x'",
      'MSCK REPAIR TABLE customers',
      'SELECT current_user',
      'SELECT random() FROM customers',
      'SELECT sequence(1, 1000000)',
      'SELECT * FROM UNNEST(sequence(1, 100)) AS t(n)',
      'SELECT name FROM customers UNION SELECT name FROM customers OFFSET 1',
      "SELECT 'a\\' FROM customers",
    ],
  },
  {
    dialect: snowflakeDialect,
    functions: snowflakeEngine.functions,
    async start() {
      const server = await startSnowflakeFake({
        setup: SHOP_DATA,
        account: 'org-shop',
        users: { READER: { password: 'secret' } },
        rowsInline: 100,
        rowsInChunk: 100,
        holdMilliseconds: 1_000,
      });
      const variables = {
        S_ACCOUNT: 'org-shop',
        S_URL: server.url,
        S_USER: 'reader',
        S_PASSWORD: 'secret',
        S_DATABASE: 'MARKET',
      };
      return { server, connector: await snowflake(snowflakeFromEnvironment(variables, 'S')).open(CONTEXT) };
    },
    idioms: [
      [
        'SELECT DATEDIFF(day, born, CURRENT_DATE) AS a, DATE_TRUNC(month, born) AS b, DATEADD(year, 1, born) AS c FROM customers',
        'SELECT DATEDIFF(DAY, "customers"."born", CURRENT_DATE) AS "a", DATE_TRUNC(month, "customers"."born") AS "b", DATEADD(year, 1, "customers"."born") AS "c" FROM "customers" LIMIT 1001',
      ],
      [
        "SELECT LISTAGG(name, ', ') WITHIN GROUP (ORDER BY name) AS a, IFF(active, 1, 0) AS b, NVL(name, '-') AS c FROM customers GROUP BY 2, 3",
        'SELECT LISTAGG("customers"."name", \', \') WITHIN GROUP (ORDER BY "customers"."name") AS "a", IFF("customers"."active", 1, 0) AS "b", NVL("customers"."name", \'-\') AS "c" FROM "customers" GROUP BY 2, 3 LIMIT 1001',
      ],
      [
        "SELECT id FROM orders WHERE placed_at::TIMESTAMP_NTZ >= DATE '2020-01-01' - INTERVAL '3' MONTH QUALIFY ROW_NUMBER() OVER (ORDER BY id) = 1",
        'SELECT "orders"."id" FROM "orders" WHERE CAST("orders"."placed_at" AS TIMESTAMPNTZ) >= CAST(\'2020-01-01\' AS DATE) - INTERVAL \'3 MONTH\' QUALIFY ROW_NUMBER() OVER (ORDER BY "orders"."id") = 1 LIMIT 1001',
      ],
      [
        "SELECT name FROM customers WHERE name ILIKE '%it''s%' ORDER BY born DESC NULLS LAST LIMIT 5 OFFSET 2",
        'SELECT "customers"."name" FROM "customers" WHERE "customers"."name" ILIKE \'%it\\\'s%\' ORDER BY "customers"."born" DESC NULLS LAST LIMIT 5 OFFSET 2',
      ],
    ],
    refused: [
      'SELECT * FROM @stage/file',
      'SELECT $1 FROM @stage',
      'SELECT * FROM TABLE(INFORMATION_SCHEMA.QUERY_HISTORY())',
      'SELECT * FROM TABLE(RESULT_SCAN(LAST_QUERY_ID()))',
      'SELECT * FROM snowflake.account_usage.users',
      'SELECT * FROM information_schema.tables',
      'SELECT * FROM customers AT (OFFSET => -60)',
      'SELECT SYSTEM$WHITELIST()',
      'SELECT CURRENT_USER()',
      "SELECT GET_DDL('table', 'customers')",
      'SELECT RANDOM()',
      'SELECT UUID_STRING()',
      "SELECT REPEAT('x', 1000000)",
      'SELECT seq4() FROM TABLE(GENERATOR(ROWCOUNT => 1000000))',
      'SELECT value FROM customers, LATERAL FLATTEN(input => name)',
      'COPY INTO @stage FROM customers',
      'PUT file:///etc/passwd @stage',
      'SHOW TABLES',
      'CALL proc()',
      'EXECUTE IMMEDIATE $$ SELECT 1 $$',
      'SELECT $$text$$',
      'ALTER SESSION SET TIMEZONE = 1',
      "SELECT SNOWFLAKE.CORTEX.COMPLETE('m', name) FROM customers",
    ],
  },
];

describe.each(WAREHOUSES)(
  'the guard for $dialect.name',
  ({ dialect, functions, start, idioms, refused: own }) => {
    let server: LocalServer;
    let connector: Connector;
    beforeAll(async () => {
      ({ server, connector } = await start());
    });
    afterAll(async () => {
      await connector.close();
      await server.close();
    });

    const pass = async (sql: string) => (await guard(sql, { catalog: shop, dialect, limits })).text;

    it.each(SHOP_QUERIES)(
      'lets pass what the planner prints, and it gives the same rows: %s',
      async (_, query) => {
        const open = await openShop();
        const wanted = await open.connector.query(compile(query, shopCatalog, duckdbDialect, limits));
        await open.close();
        const printed = await guard(printSql(query, shopCatalog, dialect), {
          catalog: shopCatalog,
          dialect,
          limits,
        });
        const got = await connector.query({ ...printed, columns: wanted.columns });
        expect(wanted.rows.length).toBeGreaterThan(3);
        expect(got.rows).toEqual(wanted.rows);
      },
    );

    it.each(idioms)('knows %s', async (sql, runs) => {
      expect(await pass(sql)).toBe(runs);
      expect(await pass(runs)).toBe(runs);
    });

    it('lets pass what all engines have in common', async () => {
      for (const sql of COMMON.flatMap((group) => accepted[group] ?? [])) {
        expect(await pass(sql).catch((error: Error) => `${sql}: ${error.message}`)).toMatch(
          /^(\(*SELECT|WITH)/,
        );
      }
    });

    it('refuses all that is refused on DuckDB', async () => {
      // To Snowflake the rest of the line is a comment.
      const comment = dialect.name === 'snowflake' ? 'SELECT 7 // 2' : undefined;
      const passed: string[] = [];
      for (const sql of Object.values(refused).flat()) {
        const text = await pass(sql).catch(() => undefined);
        if (text !== undefined && sql !== comment) passed.push(`${sql} => ${text}`);
      }
      expect(passed).toEqual([]);
    });

    it.each(own)('refuses %s', async (sql) => {
      await expect(pass(sql)).rejects.toMatchObject({
        code: expect.stringMatching(/^(STATEMENT_REFUSED|UNKNOWN_NAME)$/),
      });
    });

    it('lists no function that cannot be called', async () => {
      const shapes = [
        'score',
        'score, 1',
        "name, 'a'",
        "'day', born",
        "'day', born, born",
        "'day', 1, born",
        'score, 1, 2',
      ]
        .concat(["name, 'a', 'b'", '', 'name, born', 'score, id'])
        .flatMap((args) => [
          `(${args})`,
          `(${args}) OVER (ORDER BY id)`,
          `(${args}) WITHIN GROUP (ORDER BY id)`,
          '',
        ]);
      const uncalled: string[] = [];
      for (const name of functions) {
        if (/^(rollup|cube|grouping sets)$/.test(name)) continue;
        const texts = await Promise.all(
          shapes.map((shape) => pass(`SELECT ${name}${shape} AS f FROM customers`).catch(() => '')),
        );
        const called = new RegExp(`\\b${name}\\b`, 'i');
        if (!texts.some((text) => called.test(text))) uncalled.push(name);
      }
      expect(uncalled).toEqual([]);
    });
  },
);

it('Athena’s guard lets pass a list as the typed API prints it', async () => {
  const tags = { kind: 'column', path: [], column: 'tags' } as const;
  const query = { table: 'customer', select: [{ as: 'tags', expression: tags }], limit: 5 };
  const text = printSql(query, shopCatalog, athenaDialect);
  expect(text).toContain('JSON_FORMAT(CAST(');
  const { text: runs } = await guard(text, { catalog: shopCatalog, dialect: athenaDialect, limits });
  expect(runs).toBe('SELECT JSON_FORMAT(CAST("customer"."tags" AS JSON)) AS "tags" FROM "customer" LIMIT 5');
});
