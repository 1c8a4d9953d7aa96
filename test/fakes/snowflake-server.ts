import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { VARCHAR } from '@duckdb/node-api';
import { type FakeResult, type FakeRun, openFakeEngine, substitute } from './duckdb-engine.js';
import { type LocalServer, serveLocally } from './http-server.js';
import { type FakeSnowflakeUser, signInProblem } from './snowflake-sign-in.js';
import { snowflakeColumn, snowflakeValue } from './snowflake-values.js';

export interface FakeSnowflakeOptions {
  /** DuckDB statements that make the tables. */
  readonly setup: readonly string[];
  readonly account: string;
  /** By their names in capitals. */
  readonly users: Readonly<Record<string, FakeSnowflakeUser>>;
  /** Roles that the users may take; any if absent. */
  readonly roles?: readonly string[];
  /** Rows that come with the answer itself, and rows in each chunk that is fetched for more. */
  readonly rowsInline: number;
  readonly rowsInChunk: number;
  /** How long a request waits for its query before it is told to ask again; 45 s at Snowflake. */
  readonly holdMilliseconds: number;
  /** Bytes of the micro-partitions that any query is planned to read. */
  readonly bytesAssigned?: number;
  /** Tables of text that answer what DuckDB could not run, such as SHOW. */
  readonly canned?: Readonly<Record<string, FakeTable>>;
  /** How the query of a text ends, where not by running it. */
  readonly failures?: Readonly<Record<string, { readonly code: string; readonly message: string }>>;
}

export interface FakeTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
}

export interface FakeSnowflakeSession {
  readonly id: number;
  token: string;
  masterToken: string;
  /** `expired` may be renewed with the master token; `gone` needs a new sign-in. */
  state: 'open' | 'expired' | 'gone' | 'closed';
  readonly login: URLSearchParams;
  readonly parameters: Map<string, string>;
  role: string | null;
}

export interface FakeSnowflakeQuery {
  readonly id: string;
  readonly requestId: string;
  readonly sqlText: string;
  readonly bindings: Readonly<Record<string, FakeBinding>>;
  /** As the account's own history tells it. */
  readonly tag: string | undefined;
  /** The role in force. */
  readonly role: string | null;
  state: 'running' | 'done' | 'failed' | 'aborted';
  run: FakeRun | undefined;
}

interface FakeBinding {
  readonly type: string;
  readonly value: string | null;
}

export interface SnowflakeFake extends LocalServer {
  readonly sessions: FakeSnowflakeSession[];
  readonly queries: FakeSnowflakeQuery[];
  /** Method and path of every request, without ids. */
  readonly requests: string[];
  /** Answers the next requests to a path with an HTTP status, so many times. */
  failNext(path: string, status: number, times: number): void;
}

const CHUNK_KEY = 'fake-query-result-master-key';

/** Speaks what snowflake-sdk speaks: sign-in, queries that may take long, results in chunks, aborts, heartbeats, renewal. */
export async function startSnowflakeFake(options: FakeSnowflakeOptions): Promise<SnowflakeFake> {
  const engine = await openFakeEngine(options.setup);
  const sessions: FakeSnowflakeSession[] = [];
  const queries: FakeSnowflakeQuery[] = [];
  const requests: string[] = [];
  const faults = new Map<string, number[]>();
  const chunks = new Map<string, string>();
  const answers = new Map<string, Promise<Answer>>();

  const server = await serveLocally(async (request, body, response) => {
    const url = new URL(request.url ?? '/', 'http://fake');
    const path = url.pathname.replace(/\/[0-9a-f]{8}-[0-9a-f-]{27}/, '/*').replace(/\/\d+$/, '');
    requests.push(`${request.method} ${path}`);
    const status = faults.get(path)?.shift();
    if (status !== undefined) return void response.writeHead(status).end();
    if (path === '/chunks/*') return sendChunk(request, response, chunks.get(url.pathname));
    const answer = await route(request, path, url, body === '' ? {} : (JSON.parse(body) as Body));
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ code: null, message: null, ...answer }));
  });

  async function route(request: IncomingMessage, path: string, url: URL, body: Body): Promise<Answer> {
    if (path === '/session/v1/login-request') return login(url.searchParams, body.data ?? {});
    if (path === '/telemetry/send') return { success: true };
    if (path === '/session/token-request') return renew(tokenOf(request));
    const session = sessions.find(({ token }) => token === tokenOf(request));
    if (session === undefined || session.state === 'gone' || session.state === 'closed') {
      return refusal('390111', 'Session no longer exists. New login required to access the service.');
    }
    if (session.state === 'expired')
      return refusal('390112', 'Your session has expired. Please login again.');
    switch (path) {
      case '/session/heartbeat':
        return { success: true };
      case '/session':
        session.state = 'closed';
        return { success: true };
      case '/queries/v1/query-request':
        return begin(session, url, body);
      case '/queries/*/result':
        return wait(url.pathname.split('/')[2]!);
      case '/queries/v1/abort-request':
        return abort(queries.find(({ requestId }) => requestId === body.requestId));
      case '/queries/*/abort-request':
        return abort(queries.find(({ id }) => id === url.pathname.split('/')[2]));
      default:
        return refusal('390400', `The fake has no ${path}.`);
    }
  }

  function login(parameters: URLSearchParams, data: Readonly<Record<string, unknown>>): Answer {
    const problem = signInProblem(data, options.account, options.users);
    if (problem !== undefined) return refusal(problem.code, problem.message);
    const session: FakeSnowflakeSession = {
      id: sessions.length + 1,
      token: `session-${randomUUID()}`,
      masterToken: `master-${randomUUID()}`,
      state: 'open',
      login: parameters,
      parameters: new Map(),
      role: parameters.get('roleName'),
    };
    sessions.push(session);
    const { id, token, masterToken } = session;
    return {
      success: true,
      data: {
        token,
        masterToken,
        validityInSeconds: 3_599,
        masterValidityInSeconds: 14_400,
        sessionId: id,
        parameters: PARAMETERS,
        sessionInfo: {},
      },
    };
  }

  function renew(masterToken: string): Answer {
    const session = sessions.find((candidate) => candidate.masterToken === masterToken);
    if (session === undefined || session.state === 'gone') {
      return refusal('390114', 'Authentication token has expired. The user must authenticate again.');
    }
    session.token = `session-${randomUUID()}`;
    session.state = 'open';
    const { token: sessionToken, id: sessionId } = session;
    return {
      success: true,
      data: { sessionToken, masterToken, validityInSecondsST: 3_600, validityInSecondsMT: 14_400, sessionId },
    };
  }

  function begin(session: FakeSnowflakeSession, url: URL, body: Body): Promise<Answer> | Answer {
    const { sqlText = '', bindings = {}, parameters = {} } = body;
    const query: FakeSnowflakeQuery = {
      id: randomUUID(),
      requestId: url.searchParams.get('requestId') ?? '',
      sqlText,
      bindings,
      tag: parameters.QUERY_TAG,
      role: session.role,
      state: 'running',
      run: undefined,
    };
    queries.push(query);
    const settings = /^ALTER SESSION SET (.+)$/s.exec(sqlText)?.[1];
    if (settings !== undefined) {
      for (const [, name, value] of settings.matchAll(/(\w+) = ('[^']*'|\S+)/g))
        session.parameters.set(name!, value!);
      query.state = 'done';
      return describe(query, { columns: [], rows: [] }, session);
    }
    const role = /^USE ROLE "((?:[^"]|"")+)"$/.exec(sqlText)?.[1]?.replaceAll('""', '"');
    if (role !== undefined && options.roles?.includes(role) === false)
      return failed(query, '002043', `SQL compilation error: Role ${role} is not granted to this user.`);
    if (role !== undefined || sqlText === 'USE SECONDARY ROLES NONE') {
      session.role = role ?? session.role;
      query.state = 'done';
      return describe(query, { columns: [], rows: [] }, session);
    }
    const failure = options.failures?.[sqlText];
    if (failure !== undefined) return failed(query, failure.code, failure.message);
    const canned = options.canned?.[sqlText];
    if (canned !== undefined) {
      query.state = 'done';
      const columns = canned.columns.map((name) => ({ name, type: VARCHAR }));
      return describe(query, { columns, rows: canned.rows }, session);
    }
    const planned = /^EXPLAIN USING JSON (.*)$/s.exec(sqlText)?.[1];
    try {
      const text = planned === undefined ? sqlText : `EXPLAIN ${planned}`;
      query.run = engine.run(substitute(inDuckdb(text), Object.values(bindings).map(literalOf)));
    } catch (error) {
      return failed(query, '002049', `SQL compilation error: ${String(error)}`);
    }
    answers.set(
      query.id,
      query.run.result.then(
        (result) => {
          query.state = 'done';
          return describe(query, planned === undefined ? result : planOf(options), session);
        },
        (error: unknown) =>
          query.state === 'aborted'
            ? failed(query, '000604', 'SQL execution canceled')
            : failed(query, '002003', `SQL compilation error: ${String(error)}`),
      ),
    );
    return wait(query.id);
  }

  async function wait(id: string): Promise<Answer> {
    const answer = answers.get(id);
    if (answer === undefined) return refusal('000709', `Statement ${id} not found.`);
    const data = { queryId: id, getResultUrl: `/queries/${id}/result`, queryAbortsAfterSecs: 300 };
    const later = { success: true, code: '333333', message: 'Query execution in progress.', data };
    let timer: NodeJS.Timeout | undefined;
    const held = new Promise<Answer>((resolve) => {
      timer = setTimeout(resolve, options.holdMilliseconds, later);
    });
    return Promise.race([answer, held]).finally(() => clearTimeout(timer));
  }

  function abort(query: FakeSnowflakeQuery | undefined): Answer {
    if (query === undefined) return refusal('000605', 'Identified SQL statement is not currently executing.');
    if (query.state === 'running') {
      query.state = 'aborted';
      query.run?.cancel();
    }
    return { success: true };
  }

  function describe(query: FakeSnowflakeQuery, result: FakeResult, session: FakeSnowflakeSession): Answer {
    // Names in quotes are folded too, as the session wants it.
    const folds = session.parameters.get('QUOTED_IDENTIFIERS_IGNORE_CASE') === 'TRUE';
    const rowset = result.rows.map((row) =>
      row.map((value, index) => snowflakeValue(value, result.columns[index]!.type)),
    );
    const rest = rowset.slice(options.rowsInline);
    const addresses: Record<string, unknown>[] = [];
    for (let start = 0; start < rest.length; start += options.rowsInChunk) {
      const rows = rest.slice(start, start + options.rowsInChunk);
      const path = `/chunks/${query.id}/${addresses.length}`;
      const text = JSON.stringify(rows).slice(1, -1);
      chunks.set(path, text);
      addresses.push({
        url: `${server.url}${path}`,
        rowCount: rows.length,
        uncompressedSize: text.length,
        compressedSize: 1,
      });
    }
    return {
      success: true,
      data: {
        queryId: query.id,
        version: 1,
        queryResultFormat: 'json',
        statementTypeId: 4_096,
        parameters: PARAMETERS.map((parameter) => ({
          ...parameter,
          value: session.parameters.get(parameter.name)?.replaceAll("'", '') ?? parameter.value,
        })),
        rowtype: result.columns.map(({ name, type }) =>
          snowflakeColumn(folds ? name.toUpperCase() : name, type),
        ),
        rowset: rowset.slice(0, options.rowsInline),
        total: rowset.length,
        returned: rowset.length,
        ...(addresses.length === 0 ? {} : { chunks: addresses, qrmk: CHUNK_KEY }),
        finalDatabaseName: session.login.get('databaseName'),
        finalSchemaName: session.login.get('schemaName'),
        finalWarehouseName: session.login.get('warehouse'),
        finalRoleName: session.login.get('roleName'),
      },
    };
  }

  return {
    ...server,
    sessions,
    queries,
    requests,
    failNext(path, status, times) {
      faults.set(path, [...(faults.get(path) ?? []), ...Array.from({ length: times }, () => status)]);
    },
    async close() {
      await server.close();
      for (const { run } of queries) run?.cancel();
      await engine.close();
    },
  };
}

interface Body {
  readonly data?: Readonly<Record<string, unknown>>;
  readonly sqlText?: string;
  readonly parameters?: { readonly QUERY_TAG?: string };
  readonly bindings?: Readonly<Record<string, FakeBinding>>;
  readonly requestId?: string;
}

interface Answer {
  readonly success: boolean;
  readonly code?: string;
  readonly message?: string;
  readonly data?: Readonly<Record<string, unknown>> | null;
}

const PARAMETERS = [
  { name: 'TIMEZONE', value: 'America/Los_Angeles' },
  { name: 'DATE_OUTPUT_FORMAT', value: 'YYYY-MM-DD' },
  { name: 'TIME_OUTPUT_FORMAT', value: 'HH24:MI:SS' },
  { name: 'TIMESTAMP_OUTPUT_FORMAT', value: 'YYYY-MM-DD HH24:MI:SS.FF3 TZHTZM' },
  { name: 'TIMESTAMP_NTZ_OUTPUT_FORMAT', value: 'YYYY-MM-DD HH24:MI:SS.FF3' },
  { name: 'BINARY_OUTPUT_FORMAT', value: 'HEX' },
];

/** A plan as Snowflake tells it in JSON: one cell of text. */
function planOf({ bytesAssigned = 0 }: FakeSnowflakeOptions): FakeResult {
  const GlobalStats = { partitionsTotal: 1, partitionsAssigned: 1, bytesAssigned };
  const text = JSON.stringify({ GlobalStats, Operations: [[{ id: 0, operation: 'Result' }]] });
  return { columns: [{ name: 'content', type: VARCHAR }], rows: [[text]] };
}

function refusal(code: string, message: string): Answer {
  return { success: false, code, message, data: null };
}

function failed(query: FakeSnowflakeQuery, code: string, message: string): Answer {
  if (query.state === 'running') query.state = 'failed';
  const data = { internalError: false, errorCode: code, sqlState: '42000', queryId: query.id };
  return { success: false, code, message, data };
}

function tokenOf(request: IncomingMessage): string {
  return /^Snowflake Token="(.+)"$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
}

/** Chunks lie in storage of their own, gzipped, and open with the result's key. */
function sendChunk(request: IncomingMessage, response: ServerResponse, text: string | undefined): void {
  const key = request.headers['x-amz-server-side-encryption-customer-key'];
  if (text === undefined || key !== CHUNK_KEY) return void response.writeHead(403).end();
  response.writeHead(200, { 'content-type': 'binary/octet-stream', 'content-encoding': 'gzip' });
  response.end(gzipSync(text));
}

function literalOf({ type, value }: FakeBinding): string {
  if (value === null) return 'NULL';
  return type === 'TEXT' ? `'${value.replaceAll("'", "''")}'` : value;
}

/** Where DuckDB says otherwise what the Snowflake dialect writes. */
function inDuckdb(sql: string): string {
  return sql
    .replaceAll(/TIMESTAMP_?NTZ/g, 'TIMESTAMP')
    .replaceAll(
      /DATE_PART\((\w+),/g,
      (_, part: string) => `DATE_PART('${part.replace('DAYOFWEEKISO', 'isodow')}',`,
    );
}
