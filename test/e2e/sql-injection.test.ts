import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Catalog, makeColumn } from '../../schema/catalog.js';
import { parseHiveType } from '../../schema/hive-type.js';
import type { Connector } from '../../subgraphs/connectors/connector.js';
import { openDuckdb } from '../../subgraphs/connectors/duckdb.js';
import { mysqlServer, postgresServer, type TestDatabase } from '../contract/servers.js';
import { startTokenIssuer, type TokenIssuer } from '../fakes/token-issuer.js';
import { type GraphqlError, postGraphql } from '../post-graphql.js';
import { type StartedGateway, startGateway } from '../start-gateway.js';
import { FRAGMENTS } from './sql-fragments.js';

/** A table whose texts are the fragments themselves: one that arrives as data finds itself, and nothing else. */
type Engine = 'duckdb' | 'postgres' | 'mysql';
const OF_HEXADECIMAL: Readonly<Record<Engine, (digits: string) => string>> = {
  duckdb: (digits) => `decode(unhex('${digits}'))`,
  postgres: (digits) => `convert_from(decode('${digits}', 'hex'), 'UTF8')`,
  mysql: (digits) => `CONVERT(X'${digits}' USING utf8mb4)`,
};
const TEXT: Readonly<Record<Engine, string>> = { duckdb: 'VARCHAR', postgres: 'TEXT', mysql: 'TEXT' };

/** Said without a quote of any kind, so that the engine's own rules of quoting are no part of it. */
function tableStatements(engine: Engine): string[] {
  return [
    `CREATE TABLE note (id INTEGER PRIMARY KEY, said ${TEXT[engine]}, placed DATE, amount DECIMAL(10, 2), ticket BIGINT)`,
    ...FRAGMENTS.map((fragment, index) => {
      const text = OF_HEXADECIMAL[engine](Buffer.from(fragment, 'utf8').toString('hex'));
      return `INSERT INTO note VALUES (${index}, ${text}, '2020-01-01', 1.50, 9007199254740993)`;
    }),
  ];
}

const column = (name: string, type: string) =>
  makeColumn({ name, type: parseHiveType(type), comment: '', unit: undefined, references: undefined });
const catalog: Catalog = {
  database: 'notes',
  description: 'Notes.',
  tables: [
    {
      name: 'note',
      comment: 'What was said.',
      primaryKey: ['id'],
      location: undefined,
      columns: [
        column('id', 'int'),
        column('said', 'string'),
        column('placed', 'date'),
        column('amount', 'decimal(10,2)'),
        column('ticket', 'bigint'),
      ],
    },
  ],
};

interface OpenDatabase {
  readonly connector: Connector;
  close(): Promise<void>;
}

async function openFile(): Promise<OpenDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'askgraph-injection-'));
  const path = join(folder, 'notes.duckdb');
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  for (const statement of tableStatements('duckdb')) await connection.run(statement);
  connection.closeSync();
  instance.closeSync();
  const connector = await openDuckdb({ path });
  return {
    connector,
    async close() {
      await connector.close();
      await rm(folder, { recursive: true });
    },
  };
}

async function onServer(engine: Engine, newDatabase: () => Promise<TestDatabase>): Promise<OpenDatabase> {
  const database = await newDatabase();
  await database.run(tableStatements(engine));
  const connector = await database.connect(2);
  return {
    connector,
    async close() {
      await connector.close();
      await database.close();
    },
  };
}

const [newPostgres, newMysql] = [await postgresServer(), await mysqlServer()];
const ENGINES = [
  { engine: 'duckdb', open: openFile },
  { engine: 'postgres', open: newPostgres && (() => onServer('postgres', newPostgres)) },
  { engine: 'mysql', open: newMysql && (() => onServer('mysql', newMysql)) },
] as const;

function gatewayOver(
  engine: Engine,
  { connector }: OpenDatabase,
  settings: Readonly<Record<string, string>> = {},
): Promise<StartedGateway> {
  return startGateway({ OPERATION_COST: '1000000', ...settings }, [
    {
      folder: '',
      definition: {
        name: 'notes',
        description: 'Notes.',
        production: engine,
        catalog: { database: 'notes' },
        source: () => ({ engine, open: async () => ({ ...connector, close: async () => {} }) }),
      },
      catalog,
    },
  ]);
}

interface Answer {
  readonly status: number;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly errors?: readonly GraphqlError[];
}

/** Refusals say again what was sent, which is why no more is asked of their words here. */
async function send(
  url: string,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(20_000),
  });
  return { status: response.status, ...((await response.json()) as object) };
}

describe.each(ENGINES)('a fragment of SQL, to $engine', ({ engine, open }) => {
  if (open === undefined) return it.skip('no server answers', () => {});
  let data: OpenDatabase;
  let gateway: StartedGateway;
  beforeAll(async () => {
    data = await open();
    gateway = await gatewayOver(engine, data);
  }, 60_000);
  afterAll(async () => {
    await gateway?.close();
    await data?.close();
  });

  const idsWhere = async (where: object): Promise<number[]> => {
    const { data: found, errors } = await postGraphql<{ notes: { note: { id: number }[] } }>(
      gateway.url,
      'query ($where: NotesNoteWhere) { notes { note(where: $where, orderBy: [{id: ASC}], limit: 1000) { id } } }',
      { where },
    );
    expect(errors).toBeUndefined();
    return found.notes.note.map(({ id }) => id);
  };
  const idsOf = (test: (text: string) => boolean) =>
    FRAGMENTS.flatMap((fragment, index) => (test(fragment) ? [index] : []));
  /** As engines fold letters: one by one, so that the length stays. */
  const folded = (text: string) => text.toLowerCase();

  it.each<[string, (fragment: string) => object, (text: string, fragment: string) => boolean]>([
    ['eq', (eq) => ({ eq }), (text, fragment) => text === fragment],
    ['ne', (ne) => ({ ne }), (text, fragment) => text !== fragment],
    ['in', (one) => ({ in: [one, 'no such note'] }), (text, fragment) => text === fragment],
    ['notIn', (one) => ({ notIn: [one, 'no such note'] }), (text, fragment) => text !== fragment],
    ['contains', (contains) => ({ contains }), (text, fragment) => text.includes(fragment)],
    ['startsWith', (startsWith) => ({ startsWith }), (text, fragment) => text.startsWith(fragment)],
    ['endsWith', (endsWith) => ({ endsWith }), (text, fragment) => text.endsWith(fragment)],
    [
      'eqIgnoreCase',
      (eqIgnoreCase) => ({ eqIgnoreCase }),
      (text, fragment) => folded(text) === folded(fragment),
    ],
    [
      'containsIgnoreCase',
      (containsIgnoreCase) => ({ containsIgnoreCase }),
      (text, fragment) => folded(text).includes(folded(fragment)),
    ],
    [
      'startsWithIgnoreCase',
      (startsWithIgnoreCase) => ({ startsWithIgnoreCase }),
      (text, fragment) => folded(text).startsWith(folded(fragment)),
    ],
    [
      'endsWithIgnoreCase',
      (endsWithIgnoreCase) => ({ endsWithIgnoreCase }),
      (text, fragment) => folded(text).endsWith(folded(fragment)),
    ],
  ])(
    'arrives as data in %s',
    async (_, filter, holds) => {
      for (const fragment of FRAGMENTS)
        expect(await idsWhere({ said: filter(fragment) }), fragment).toEqual(
          idsOf((text) => holds(text, fragment)),
        );
    },
    60_000,
  );

  it('arrives as data in comparisons, of which each and its opposite make all', async () => {
    for (const fragment of FRAGMENTS)
      for (const [one, other] of [
        ['lt', 'gte'],
        ['lte', 'gt'],
      ] as const) {
        const [below, above] = [
          await idsWhere({ said: { [one]: fragment } }),
          await idsWhere({ said: { [other]: fragment } }),
        ];
        expect(
          [...below, ...above].sort((a, b) => a - b),
          fragment,
        ).toEqual(idsOf(() => true));
        expect(below.includes(FRAGMENTS.indexOf(fragment))).toBe(one === 'lte');
      }
  }, 60_000);

  it('arrives as data within the text of an operation, in conditions on groups, and comes back whole', async () => {
    for (const [index, fragment] of FRAGMENTS.entries()) {
      const literal = JSON.stringify(fragment);
      const { data: found, errors } = await postGraphql<{
        notes: { note: { said: string }[]; noteAggregate: { keys: { said: string }; count: string }[] };
      }>(
        gateway.url,
        `{ notes {
          note(where: {and: [{said: {eq: ${literal}}}, {not: {said: {ne: ${literal}}}}], id: {eq: ${index}}}) { said }
          noteAggregate(groupBy: [{said: {}}], having: {min: {said: {eq: ${literal}}}}) { keys { said } count }
        } }`,
      );
      expect(errors, fragment).toBeUndefined();
      expect(found.notes.note).toEqual([{ said: fragment }]);
      expect(found.notes.noteAggregate).toEqual([{ keys: { said: fragment }, count: '1' }]);
    }
  }, 60_000);

  it.each(['placed', 'amount', 'ticket'])(
    'is no value of another type: %s',
    async (name) => {
      for (const fragment of FRAGMENTS) {
        const { data: found, errors } = await send(gateway.url, {
          query: `query ($where: NotesNoteWhere) { notes { note(where: $where) { id } } }`,
          variables: { where: { [name]: { eq: fragment } } },
        });
        expect(errors?.[0]?.extensions.code, fragment).toBe('BAD_USER_INPUT');
        expect(JSON.stringify(found ?? null)).not.toContain('"id"');
      }
    },
    60_000,
  );

  it('is no cursor', async () => {
    for (const fragment of FRAGMENTS)
      for (const after of [fragment, Buffer.from(JSON.stringify([fragment])).toString('base64url')]) {
        const { errors } = await send(gateway.url, {
          query:
            'query ($after: String) { notes { noteConnection(first: 1, after: $after, orderBy: [{said: ASC}]) { totalCount } } }',
          variables: { after },
        });
        expect(
          errors?.map(({ extensions }) => extensions.code),
          fragment,
        ).toEqual(['BAD_USER_INPUT']);
      }
  }, 60_000);
});

describe('a fragment of SQL in every other text that a client may send', () => {
  let data: OpenDatabase;
  let gateway: StartedGateway;
  let issuer: TokenIssuer;
  beforeAll(async () => {
    data = await openFile();
    issuer = await startTokenIssuer();
    gateway = await gatewayOver('duckdb', data, {
      AUTH_ANONYMOUS: 'allowed',
      AUTH_JWKS_URL: issuer.jwksUrl,
      AUTH_ISSUER: issuer.issuer,
      AUTH_AUDIENCE: 'askgraph',
      AUTH_API_KEYS: 'accepted',
    });
  }, 60_000);
  afterAll(async () => {
    await gateway?.close();
    await issuer?.close();
    await data?.close();
  });

  const post = (body: object, headers?: Readonly<Record<string, string>>) => send(gateway.url, body, headers);
  const codes = ({ errors = [] }: Answer) => errors.map(({ extensions }) => extensions.code);
  const COUNT = { query: '{ notes { noteAggregate { count } } }' };
  const ALL = { notes: { noteAggregate: [{ count: String(FRAGMENTS.length) }] } };
  const INSIDE = ['INTERNAL', 'STORE_UNAVAILABLE', 'QUERY_FAILED', 'PLAN_FAILED'];

  it.each<[string, string, (text: string) => object, readonly string[]]>([
    [
      'an answer’s id',
      'query ($text: ID!) { answer(id: $text) { id } }',
      (text) => ({ text }),
      ['NOT_FOUND'],
    ],
    [
      'a conversation’s id',
      'query ($text: ID!) { conversation(id: $text) { id } }',
      (text) => ({ text }),
      ['NOT_FOUND'],
    ],
    [
      'a cursor of conversations',
      'query ($text: String) { conversations(after: $text) { edges { cursor } } }',
      (text) => ({ text }),
      ['BAD_USER_INPUT'],
    ],
    [
      'the id of a conversation to delete',
      'mutation ($text: ID!) { deleteConversation(id: $text) }',
      (text) => ({ text }),
      ['NOT_FOUND'],
    ],
    [
      'the answer that a feedback is about',
      'mutation ($text: ID!) { giveFeedback(input: {answerId: $text, right: true, comment: "x"}) { feedbackId } }',
      (text) => ({ text }),
      ['NOT_FOUND'],
    ],
    [
      'the feedback to approve',
      'mutation ($text: ID!) { approveVerifiedQuery(feedbackId: $text) { verifiedQueryId } }',
      (text) => ({ text }),
      ['FORBIDDEN'],
    ],
    [
      'the query to withdraw',
      'mutation ($text: ID!) { withdrawVerifiedQuery(id: $text) }',
      (text) => ({ text }),
      ['FORBIDDEN'],
    ],
    [
      'a domain',
      'query ($text: String!) { ask(input: {question: "How many notes?", domains: [$text]}) { id } }',
      (text) => ({ text }),
      ['UNKNOWN_NAME'],
    ],
    [
      'a conversation to go on in',
      'query ($text: ID!) { ask(input: {question: "How many notes?", conversationId: $text}) { id } }',
      (text) => ({ text }),
      ['NOT_FOUND'],
    ],
    [
      'a choice',
      'query ($text: ID!) { ask(input: {question: "How many notes?", choiceId: $text}) { id } }',
      (text) => ({ text }),
      ['BAD_USER_INPUT'],
    ],
    [
      'a time zone',
      'query ($text: String!) { ask(input: {question: "How many notes?", timeZone: $text}) { id } }',
      (text) => ({ text }),
      ['BAD_USER_INPUT'],
    ],
    [
      'an instant',
      'query ($text: DateTime!) { ask(input: {question: "How many notes?", asOf: $text}) { id } }',
      (text) => ({ text }),
      ['BAD_USER_INPUT'],
    ],
  ])(
    'is %s that there is not',
    async (_, query, variablesOf, expected) => {
      for (const fragment of FRAGMENTS) {
        const answer = await post({ query, variables: variablesOf(fragment) });
        expect([fragment, codes(answer)]).toEqual([fragment, expected]);
      }
      expect((await post(COUNT)).data).toEqual(ALL);
    },
    60_000,
  );

  it('is read as words in a question, and kept as such in its conversation', async () => {
    for (const fragment of FRAGMENTS) {
      const question = `How many notes are there? ${fragment}`;
      const asked = await post({
        query:
          'query ($input: AskInput!) { ask(input: $input) { id question conversationId status steps { query } } }',
        variables: { input: { question, idempotencyKey: fragment } },
      });
      expect([fragment, codes(asked)]).toEqual([fragment, []]);
      const { id, question: kept, conversationId } = asked.data!.ask as Record<string, string>;
      expect(kept).toBe(question.trim());
      const again = await post({
        query:
          'query ($id: ID!, $conversation: ID!) { answer(id: $id) { question } conversation(id: $conversation) { answers { question } } }',
        variables: { id, conversation: conversationId },
      });
      expect(again.data).toEqual({
        answer: { question: question.trim() },
        conversation: { answers: [{ question: question.trim() }] },
      });
      const noted = await post({
        query: 'mutation ($input: FeedbackInput!) { giveFeedback(input: $input) { feedbackId } }',
        variables: { input: { answerId: id, right: false, comment: fragment } },
      });
      expect([fragment, codes(noted)]).toEqual([fragment, []]);
    }
    expect((await post(COUNT)).data).toEqual(ALL);
  }, 120_000);

  it('is the subject of nobody else, and only that', async () => {
    for (const fragment of FRAGMENTS) {
      const token = await issuer.token({ sub: fragment, roles: [fragment], states: [fragment] });
      const own = { authorization: `Bearer ${token}` };
      expect((await post(COUNT, own)).data, fragment).toEqual(ALL);
      const mine = await post({ query: '{ conversations(first: 100) { edges { node { id } } } }' }, own);
      expect(mine.data, fragment).toEqual({ conversations: { edges: [] } });
    }
  }, 60_000);

  it('is nothing in headers, operation names, hashes and keys', async () => {
    for (const fragment of FRAGMENTS) {
      const header = fragment.replaceAll(/[^\x20-\x7e]/g, '?').trim();
      const named = await post(COUNT, {
        'x-request-id': header,
        traceparent: header,
        'user-agent': header,
        'x-forwarded-user': header,
        'x-forwarded-for': header,
      });
      expect(named.data, fragment).toEqual(ALL);
      expect((await post({ ...COUNT, operationName: fragment })).status).toBe(400);
      const hash = { persistedQuery: { version: 1, sha256Hash: fragment } };
      expect(codes(await post({ extensions: hash })), fragment).toEqual(['BAD_REQUEST']);
      expect((await post(COUNT, { 'x-api-key': header })).status, fragment).toBe(401);
      expect((await post(COUNT, { authorization: `Bearer ${header}` })).status, fragment).toBe(401);
      const any = await post({
        query: `{ notes { note(where: {said: {eq: ${JSON.stringify(fragment)}}}) { id } } }`,
      });
      expect(
        codes(any).filter((code) => INSIDE.includes(String(code))),
        fragment,
      ).toEqual([]);
    }
  }, 60_000);
});
