import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDuckdb } from '../../subgraphs/connectors/duckdb.js';
import { listSubgraphs } from '../../subgraphs/list.js';
import { postGraphql } from '../post-graphql.js';
import { type StartedGateway, startGateway } from '../start-gateway.js';

// A domain as code defines it: a folder with its subgraph and the snapshot of its catalog.
const SUBGRAPH = `export default {
  name: 'library',
  description: 'Books.',
  production: 'DuckDB',
  catalog: { database: 'library' },
  maximumLimit: 3,
  source: () => ({ engine: 'duckdb', open: () => globalThis.openLibrary() }),
};`;
const COLUMNS = [
  { Name: 'id', Type: 'int' },
  { Name: 'title', Type: 'string' },
  { Name: 'pages', Type: 'int' },
];

let root: string;
let gateway: StartedGateway;

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'askgraph-code-'));
  await mkdir(join(root, 'library'));
  await writeFile(join(root, 'library', 'subgraph.js'), SUBGRAPH);
  await writeCatalog(COLUMNS.slice(0, 2));
  const file = join(root, 'library.duckdb');
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  await connection.run(`
    CREATE TABLE book AS SELECT i::INT AS id, 'Book ' || i AS title, i * 10 AS pages FROM range(1, 8) t(i);
    CREATE VIEW long_book AS SELECT id, title, pages FROM book WHERE pages > 40`);
  connection.closeSync();
  instance.closeSync();
  Object.assign(globalThis, { openLibrary: () => openDuckdb({ path: file }) });
  gateway = await startGateway({}, () => listSubgraphs({ root }));
});
afterEach(async () => {
  await gateway.close();
  rmSync(root, { recursive: true });
});

async function writeCatalog(columns: readonly { readonly Name: string }[]): Promise<void> {
  const table = (Name: string, TableType: string) => ({
    Name,
    TableType,
    Parameters: { 'askgraph.primaryKey': 'id' },
    StorageDescriptor: { Columns: columns },
  });
  const snapshot = {
    DatabaseList: [{ Name: 'library' }],
    TableList: [table('book', 'EXTERNAL_TABLE'), table('long_book', 'VIRTUAL_VIEW')],
  };
  await writeFile(join(root, 'library', 'catalog.json'), JSON.stringify(snapshot));
}

async function query(text: string) {
  const { data, errors } = await postGraphql<Record<string, unknown>>(gateway.url, text);
  return errors === undefined ? data : errors.map(({ message }) => message);
}

describe('a domain that code defines', () => {
  it('follows its catalog.json while the gateway runs', async () => {
    const wanted = '{ library { book(limit: 1) { title pages } } }';
    expect(await query(wanted)).toEqual([expect.stringContaining('Cannot query field "pages"')]);
    expect(await gateway.refresh()).toBe('unchanged');
    await writeCatalog(COLUMNS);
    expect(await gateway.refresh()).toBe('replaced');
    expect(await query(wanted)).toEqual({ library: { book: [{ title: 'Book 1', pages: 10 }] } });
  });

  it('goes on with what it served where its catalog.json is no longer one', async () => {
    await writeFile(join(root, 'library', 'catalog.json'), '{');
    expect(await gateway.refresh()).toBe('failed');
    expect(gateway.reports.at(-1)).toContain('CATALOG_INVALID');
    expect(await query('{ library { book(limit: 1) { title } } }')).toEqual({
      library: { book: [{ title: 'Book 1' }] },
    });
  });

  it('serves views as tables: lists, keys, pages and figures', async () => {
    expect(
      await query(`{ library {
        longBook(where: { id: { gt: 5 } }) { title }
        longBookByPk(id: 7) { title }
        longBookConnection(first: 2) { edges { node { id } } pageInfo { hasNextPage } totalCount }
        longBookAggregate { count }
      } }`),
    ).toEqual({
      library: {
        longBook: [{ title: 'Book 6' }, { title: 'Book 7' }],
        longBookByPk: { title: 'Book 7' },
        longBookConnection: {
          edges: [{ node: { id: 5 } }, { node: { id: 6 } }],
          pageInfo: { hasNextPage: true },
          totalCount: '3',
        },
        longBookAggregate: [{ count: '3' }],
      },
    });
  });

  it('gives no more rows at a time than it says, by default too', async () => {
    expect(await query('{ library { book { id } bookConnection { edges { node { id } } } } }')).toEqual({
      library: {
        book: [{ id: 1 }, { id: 2 }, { id: 3 }],
        bookConnection: { edges: [{ node: { id: 1 } }, { node: { id: 2 } }, { node: { id: 3 } }] },
      },
    });
    for (const field of [
      'book(limit: 4) { id }',
      'bookConnection(first: 4) { totalCount }',
      'bookAggregate(groupBy: [{ id: {} }], limit: 4) { count }',
    ]) {
      expect(await query(`{ library { ${field} } }`)).toEqual([
        expect.stringMatching(/(limit|first) is at most 3; 4 was given/),
      ]);
    }
    const { data } = await postGraphql<{ __type: { fields: { name: string; description: string }[] } }>(
      gateway.url,
      '{ __type(name: "LibraryQuery") { fields { name description } } }',
    );
    const described = data?.__type.fields.find(({ name }) => name === 'book')?.description;
    expect(described).toContain('At most 3 rows at a time.');
  });
});
