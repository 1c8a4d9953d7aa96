import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Catalog, makeColumn } from '../../schema/catalog.js';
import { parseHiveType } from '../../schema/hive-type.js';
import { openDuckdb } from '../../subgraphs/connectors/duckdb.js';
import type { LoadedDefinition } from '../../subgraphs/list.js';
import type { Policy } from '../../subgraphs/policy/policy.js';
import { startTokenIssuer, type TokenIssuer } from '../fakes/token-issuer.js';
import { codesOf, send } from '../post-graphql.js';
import { type StartedGateway, startGateway } from '../start-gateway.js';

/** Rules by tag, by pattern and by claim; each kind of mask, against values worked out here. */
const HASH_KEY = 'a secret of the tests only';
const PATIENTS = [
  { id: 1, name: 'Ada Byron', card: '4000123412341234', born: '1975-03-09', note: 'fine', ward: 'north' },
  { id: 2, name: 'Bob', card: '123', born: '1990-12-31', note: 'ill', ward: 'south' },
  { id: 3, name: 'Cyd Änn', card: 'äöü9876', born: '2001-01-01', note: 'well', ward: 'north' },
] as const;
const NAMES = ['id', 'name', 'card', 'born', 'note', 'ward'];

const POLICY: readonly Policy[] = [
  {
    name: 'nurses see what is tagged for care, of their own ward',
    for: { claims: { job: ['nurse', 'matron'] } },
    admit: [
      {
        tables: { tag: 'area', value: 'care' },
        columns: ['id', { tag: 'care' }],
        rows: { ward: { eq: { claim: 'site.ward' } } },
        masks: [
          { columns: 'name', mask: 'hash' },
          { columns: 'card', mask: 'lastFour' },
          { columns: 'born', mask: 'year' },
          { columns: 'note', mask: 'null' },
        ],
      },
    ],
  },
  {
    name: 'auditors see all tables of patients',
    for: { roles: ['auditor'] },
    admit: [{ tables: 'pat*', columns: '*' }],
  },
];

function catalogOf(names: readonly string[], tables: readonly string[]): Catalog {
  const column = (name: string) => ({
    ...makeColumn({
      name,
      type: parseHiveType(name === 'id' ? 'int' : name === 'born' ? 'date' : 'string'),
      comment: '',
      unit: undefined,
      references: undefined,
    }),
    ...(['id', 'staff_only'].includes(name) ? {} : { tags: { care: 'yes' } }),
  });
  return {
    database: 'clinic',
    description: 'A clinic.',
    tables: tables.map((name) => ({
      name,
      comment: '',
      primaryKey: ['id'],
      location: undefined,
      tags: name === 'ledger' ? { area: 'money' } : { area: 'care' },
      columns: names.map(column),
    })),
  };
}

let folder: string;
let path: string;
let issuer: TokenIssuer;
let gateway: StartedGateway;
let definitions: LoadedDefinition[];

const loaded = (catalog: Catalog, version: string): LoadedDefinition => ({
  folder: '',
  version,
  definition: {
    name: 'clinic',
    description: 'A clinic.',
    production: 'DuckDB',
    catalog: { database: 'clinic' },
    policy: POLICY,
    source: () => ({ engine: 'duckdb', open: () => openDuckdb({ path }) }),
  },
  catalog,
});

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'askgraph-clinic-'));
  path = join(folder, 'clinic.duckdb');
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  for (const table of ['patient', 'ledger', 'patient_stay']) {
    await connection.run(
      `CREATE TABLE ${table} (id INTEGER, name VARCHAR, card VARCHAR, born DATE, note VARCHAR, ward VARCHAR, staff_only VARCHAR)`,
    );
    for (const { id, name, card, born, note, ward } of PATIENTS)
      await connection.run(
        `INSERT INTO ${table} VALUES (${id}, '${name}', '${card}', '${born}', '${note}', '${ward}', 'hush')`,
      );
  }
  connection.closeSync();
  instance.closeSync();
  issuer = await startTokenIssuer();
  definitions = [loaded(catalogOf(NAMES, ['patient', 'ledger']), '1')];
  gateway = await startGateway(
    {
      ASKGRAPH_HASH_KEY: HASH_KEY,
      AUTH_JWKS_URL: issuer.jwksUrl,
      AUTH_ISSUER: issuer.issuer,
      AUTH_AUDIENCE: 'askgraph',
    },
    async () => definitions,
  );
}, 300_000);
afterAll(async () => {
  await gateway?.close();
  await issuer?.close();
  await rm(folder, { recursive: true });
});

const NURSE = { sub: 'nan', job: 'nurse', site: { ward: 'north' } };
async function as<Data = Readonly<Record<string, unknown>>>(
  claims: Readonly<Record<string, unknown>>,
  query: string,
) {
  return send<Data>(gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await issuer.token(claims)}` },
    body: JSON.stringify({ query }),
  });
}

const ALL = '{ clinic { patient(orderBy: [{id: ASC}]) { id name card born note ward } } }';
const hashed = (text: string) => createHash('sha256').update(`${HASH_KEY}${text}`).digest('hex');
/** What a nurse of the north sees, by the rules' own words. */
const SEEN = PATIENTS.filter(({ ward }) => ward === 'north').map(({ id, name, card, born, ward }) => ({
  id,
  name: hashed(name),
  card: `****${card.slice(-4)}`,
  born: `${born.slice(0, 4)}-01-01`,
  note: null,
  ward,
}));

describe('rules by claim, tag and pattern, with a signed token', () => {
  it('show each cell as its mask leaves it, of the rows that the claim admits', async () => {
    expect((await as(NURSE, ALL)).data).toEqual({ clinic: { patient: SEEN } });
    expect((await as({ ...NURSE, job: ['cook', 'matron'] }, ALL)).data).toEqual({
      clinic: { patient: SEEN },
    });
    expect((await as({ ...NURSE, site: {} }, ALL)).data).toEqual({ clinic: { patient: [] } });
    const short = await as({ ...NURSE, site: { ward: 'south' } }, ALL);
    expect(short.data).toMatchObject({
      clinic: { patient: [{ card: '****', born: '1990-01-01', note: null }] },
    });
  });

  it('mask before anything is grouped, ordered, counted or compared', async () => {
    const { data, errors } = await as(
      NURSE,
      `{ clinic {
        byYear: patientAggregate(groupBy: [{born: {}}], orderBy: [{keys: {born: ASC}}]) { keys { born } count }
        most: patientAggregate { max { card } min { born } countDistinct { note } }
        exact: patient(where: {born: {eq: "1975-03-09"}}) { id }
        named: patient(where: {name: {startsWith: "Ada"}}) { id }
        noted: patient(where: {note: {isNull: false}}) { id }
        year: patient(where: {born: {eq: "1975-01-01"}}) { id }
        other: patientByPk(id: 2) { id }
      } }`,
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      clinic: {
        byYear: [
          { keys: { born: '1975-01-01' }, count: '1' },
          { keys: { born: '2001-01-01' }, count: '1' },
        ],
        most: [{ max: { card: '****9876' }, min: { born: '1975-01-01' }, countDistinct: { note: '0' } }],
        exact: [],
        named: [],
        noted: [],
        year: [{ id: 1 }],
        other: null,
      },
    });
  });

  it('are for nobody else', async () => {
    for (const claims of [
      { sub: 'ned', job: 'NURSE', site: { ward: 'north' } },
      { sub: 'nil' },
      { sub: 'nurse', roles: ['nurse'] },
    ]) {
      const answer = await as(claims, ALL);
      expect([answer.status, codesOf(answer)]).toEqual([400, ['BAD_REQUEST']]);
    }
    const auditor = await as({ sub: 'aud', roles: ['auditor'] }, ALL);
    expect(auditor.data).toEqual({ clinic: { patient: PATIENTS.map((patient) => ({ ...patient })) } });
  });

  it('keep what is new hidden until one of them admits it', async () => {
    definitions = [loaded(catalogOf([...NAMES, 'staff_only'], ['patient', 'ledger', 'patient_stay']), '2')];
    expect(await gateway.refresh()).toBe('replaced');
    const wanted = '{ clinic { patient(limit: 1) { staffOnly } } }';
    expect(codesOf(await as(NURSE, wanted))).toEqual(['BAD_REQUEST']);
    expect((await as(NURSE, '{ clinic { patientStay { id } } }')).data).toEqual({
      clinic: { patientStay: [{ id: 1 }, { id: 3 }] },
    });
    expect(codesOf(await as(NURSE, '{ clinic { ledger { id } } }'))).toEqual(['BAD_REQUEST']);
    const auditor = { sub: 'aud', roles: ['auditor'] };
    expect((await as(auditor, wanted)).data).toEqual({ clinic: { patient: [{ staffOnly: 'hush' }] } });
    expect(codesOf(await as(auditor, '{ clinic { ledger { id } } }'))).toEqual(['BAD_REQUEST']);
  });
});
