import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { AthenaClient, QueryExecution, StartQueryExecutionCommandInput } from '@aws-sdk/client-athena';
import { AskgraphError } from '../../schema/errors.js';
import { athenaDialect } from '../sql/dialects/athena.js';
import { explaining, type Parameter, type Statement } from '../sql/statement.js';
import { harmless, taggedText } from '../sql/statement-tag.js';
import { abortError } from './abort-error.js';
import { athenaCallError, athenaQueryError } from './athena-errors.js';
import type { AthenaOptions } from './athena-options.js';
import { readAthenaResults } from './athena-results.js';
import type { Connector, Source } from './connector.js';
import { makeSlots } from './slots.js';

const CONCURRENCY = 8;
const ATTEMPTS = 6;
const HEALTH_MILLISECONDS = 5_000;
const STOP_MILLISECONDS = 10_000;
const FIRST_POLL_MILLISECONDS = 100;
const LONGEST_POLL_MILLISECONDS = 2_000;
/** Athena's own limit for one execution parameter. */
const PARAMETER_LENGTH = 1_024;

/** Amazon Athena over data in S3. */
export function athena(options: AthenaOptions): Source {
  return {
    engine: 'athena',
    open: ({ domain }) => openAthena({ database: domain, ...options }),
  };
}

/** The SDK is loaded, and Athena called, when the first statement comes. */
export async function openAthena(options: AthenaOptions): Promise<Connector> {
  const slots = makeSlots(options.concurrency ?? CONCURRENCY);
  const running = new Set<Promise<unknown>>();
  let closed = false;
  let client: Promise<AthenaClient> | undefined;
  const connected = () => {
    client ??= makeClient(options);
    return client;
  };
  async function inSlot<Result>(
    { signal }: Statement,
    use: (client: AthenaClient) => Promise<Result>,
  ): Promise<Result> {
    if (closed) throw new AskgraphError('SOURCE_UNAVAILABLE', 'The connection to Athena has been closed.');
    const query = slots.use(signal, async () => use(await connected()));
    const settled: Promise<unknown> = query.then(
      () => running.delete(settled),
      () => running.delete(settled),
    );
    running.add(settled);
    try {
      return await query;
    } catch (error) {
      throw signal.aborted ? abortError(signal) : athenaCallError(error);
    }
  }
  return {
    engine: 'athena',
    dialect: athenaDialect,
    query: (statement) =>
      inSlot(statement, (client) =>
        run(client, statement, options, async (id, { Statistics }) => {
          const result = await readAthenaResults(client, id, statement);
          const scanned = Statistics?.DataScannedInBytes;
          return scanned === undefined ? result : { ...result, bytesScanned: String(scanned) };
        }),
      ),
    explain(statement) {
      const { reuseMinutes: _, ...others } = options;
      // What it says is of no interest, and takes a request more to read.
      return inSlot(statement, (client) =>
        run(client, explaining(statement, 'EXPLAIN (TYPE VALIDATE)'), others, async () => {}),
      );
    },
    async checkHealth() {
      const { GetWorkGroupCommand } = await import('@aws-sdk/client-athena');
      const abortSignal = AbortSignal.timeout(HEALTH_MILLISECONDS);
      try {
        const { WorkGroup } = await (await connected()).send(
          new GetWorkGroupCommand({ WorkGroup: options.workgroup }),
          { abortSignal },
        );
        if (WorkGroup?.State === 'DISABLED')
          throw new Error(`The workgroup ${options.workgroup} is disabled.`);
      } catch (cause) {
        throw new AskgraphError('SOURCE_UNAVAILABLE', 'Athena does not answer.', { cause });
      }
    },
    async close() {
      closed = true;
      await Promise.all(running);
      (await client)?.destroy();
    },
  };
}

async function makeClient({ region, endpoint, credentials }: AthenaOptions): Promise<AthenaClient> {
  const { AthenaClient } = await import('@aws-sdk/client-athena');
  return new AthenaClient({
    maxAttempts: ATTEMPTS,
    ...(region === undefined ? {} : { region }),
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(credentials === undefined ? {} : { credentials }),
  });
}

/** Runs a statement to its end; `use` is told of a query that has ended well. */
async function run<Result>(
  client: AthenaClient,
  statement: Statement,
  options: AthenaOptions,
  use: (id: string, execution: QueryExecution) => Promise<Result>,
): Promise<Result> {
  const id = await start(client, statement, options);
  try {
    return await use(id, await finished(client, id, statement.signal, options));
  } catch (error) {
    if (statement.signal.aborted) await stop(client, id);
    throw error;
  }
}

/** A start can't be taken back: where its caller goes away meanwhile, the query is stopped as soon as it has a name. */
async function start(client: AthenaClient, statement: Statement, options: AthenaOptions): Promise<string> {
  const { StartQueryExecutionCommand } = await import('@aws-sdk/client-athena');
  const input = inputOf(statement, options);
  statement.signal.throwIfAborted();
  const starting = client
    .send(new StartQueryExecutionCommand(input))
    .then(({ QueryExecutionId = '' }) => QueryExecutionId);
  let leave: (() => void) | undefined;
  const gone = new Promise<never>((_, reject) => {
    leave = () => {
      starting.then((id) => stop(client, id)).catch(() => {});
      reject(statement.signal.reason);
    };
    statement.signal.addEventListener('abort', leave, { once: true });
  });
  try {
    return await Promise.race([starting, gone]);
  } finally {
    if (leave !== undefined) statement.signal.removeEventListener('abort', leave);
  }
}

function inputOf(statement: Statement, options: AthenaOptions): StartQueryExecutionCommandInput {
  const { database, dataCatalog, workgroup, output, reuseMinutes } = options;
  return {
    // A result is used again for the very same text, so who asks stands beside it and not in it.
    QueryString: reuseMinutes === undefined ? taggedText(statement) : statement.text,
    ...requestToken(statement),
    WorkGroup: workgroup,
    QueryExecutionContext: {
      ...(database === undefined ? {} : { Database: database }),
      ...(dataCatalog === undefined ? {} : { Catalog: dataCatalog }),
    },
    ...(statement.parameters.length === 0
      ? {}
      : { ExecutionParameters: statement.parameters.map(parameterOf) }),
    ...(output === undefined ? {} : { ResultConfiguration: { OutputLocation: output } }),
    ...(reuseMinutes === undefined
      ? {}
      : {
          ResultReuseConfiguration: {
            ResultReuseByAgeConfiguration: { Enabled: true, MaxAgeInMinutes: reuseMinutes },
          },
        }),
  };
}

/** Tells in the account's trail (CloudTrail) who asks. Each is used once: Athena answers an old one with the old result. */
function requestToken({ origin }: Statement): { ClientRequestToken?: string } {
  if (origin === undefined || origin === 'operator') return {};
  const [subject, request] = [harmless(origin.caller.subject), harmless(origin.requestId)];
  return { ClientRequestToken: `askgraph-${subject.slice(0, 36)}-${request.slice(0, 40)}-${randomUUID()}` };
}

/** Athena reads an execution parameter as a SQL literal, so text stands in quotes, and a quote in it is doubled. */
function parameterOf(value: Parameter): string {
  const literal = typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value ?? 'NULL');
  if (literal.length <= PARAMETER_LENGTH) return literal;
  throw new AskgraphError(
    'BAD_USER_INPUT',
    `Athena takes values of at most ${PARAMETER_LENGTH - 2} characters.`,
    {
      details: { length: literal.length - 2 },
    },
  );
}

/** Asks again and again, each time after a longer and less regular wait, until the query has ended well. */
async function finished(
  client: AthenaClient,
  id: string,
  signal: AbortSignal,
  { scanLimitBytes }: AthenaOptions,
): Promise<QueryExecution> {
  const { GetQueryExecutionCommand } = await import('@aws-sdk/client-athena');
  const command = new GetQueryExecutionCommand({ QueryExecutionId: id });
  for (let pause = FIRST_POLL_MILLISECONDS; ; pause = Math.min(pause * 1.5, LONGEST_POLL_MILLISECONDS)) {
    const { QueryExecution: execution = {} } = await client.send(command, { abortSignal: signal });
    const state = execution.Status?.State;
    if (state === 'FAILED' || state === 'CANCELLED') throw athenaQueryError(execution);
    if (scanLimitBytes !== undefined && (execution.Statistics?.DataScannedInBytes ?? 0) > scanLimitBytes) {
      if (state !== 'SUCCEEDED') await stop(client, id);
      throw new AskgraphError('TOO_COMPLEX', `The query reads more than ${scanLimitBytes} bytes.`, {
        details: { scanLimitBytes, bytesScanned: execution.Statistics?.DataScannedInBytes },
      });
    }
    if (state === 'SUCCEEDED') return execution;
    await wait(pause * (0.75 + Math.random() / 2), undefined, { signal });
  }
}

/** What comes of it is of no interest: the statement has failed already, and Athena ends it by itself in the end. */
async function stop(client: AthenaClient, id: string): Promise<void> {
  const { StopQueryExecutionCommand } = await import('@aws-sdk/client-athena');
  const abortSignal = AbortSignal.timeout(STOP_MILLISECONDS);
  await client.send(new StopQueryExecutionCommand({ QueryExecutionId: id }), { abortSignal }).catch(() => {});
}
