import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { AskgraphError } from '../schema/errors.js';
import { printSubgraphSdl } from '../schema/print-sdl.js';
import type { Environment } from './define-subgraph.js';
import { describeDomain } from './describe-domain.js';
import type { LoadedDefinition } from './list.js';
import { type OpenSubgraph, permissionsOf } from './open-subgraph.js';
import { recallSdl, rememberSdl } from './remembered-sdl.js';
import { type RemoteDoor, remoteDoor } from './remote-door.js';
import type { RequestContext } from './request-context.js';
import type { SignRequest } from './signature/sign-request.js';
import type { Dialect } from './sql/dialects/dialect.js';
import { loadDialect } from './sql/dialects/load-dialect.js';

export interface RemoteOptions {
  readonly url: string;
  readonly environment: Environment;
  readonly sign: SignRequest;
  readonly timeoutMilliseconds: number;
  readonly maximumResponseBytes: number;
  /** The folder in which the last schema is kept. */
  readonly memory: string;
  readonly report: (message: string) => void;
}

/** A subgraph that does not answer is not asked for its dialect more often than this. */
const ASK_AGAIN_MILLISECONDS = 2_000;

/**
 * A domain that runs as a server of its own: its schema and its SQL are what the server says they are, its catalog
 * and glossary are the definition's.
 * @throws SUBGRAPH_UNAVAILABLE where the server does not answer, never did, and no catalog says what it would.
 */
export async function openRemoteSubgraph(
  loaded: LoadedDefinition,
  options: RemoteOptions,
): Promise<OpenSubgraph> {
  const { definition, catalog } = loaded;
  const { name } = definition;
  const door = remoteDoor({ ...options, domain: name });
  const context = () => gatewayContext(options.timeoutMilliseconds);
  const sdl = await learnSdl(loaded, options, () => fetchSdl(name, door, context(), options.url));
  const dialect = followDialect(() => door.describe(context()));
  await dialect.ask();
  const inDialect = async <Result>(use: (spoken: string) => Promise<Result>): Promise<Result> => {
    const { name: spoken } = dialect.known() ?? noSql(name);
    try {
      return await use(spoken);
    } catch (error) {
      // It may have started again, on another engine.
      if ((error as AskgraphError).code === 'SUBGRAPH_UNAVAILABLE') void dialect.ask();
      throw error;
    }
  };
  return {
    name,
    definition,
    sdl,
    schema: buildSubgraphSchema({ typeDefs: parse(sdl) }),
    engine: 'remote',
    permissions: permissionsOf(
      definition,
      catalog ?? { database: definition.name, description: definition.description, tables: [] },
      options.environment,
    ),
    ...(catalog === undefined ? {} : { catalog, metrics: describeDomain(definition, catalog).metrics }),
    /** As far as the server has said; while it has not, it is asked. */
    get dialect() {
      return dialect.known();
    },
    runRemoteSql: (sql, rowLimit, requested) =>
      inDialect((spoken) => door.sql({ sql, dialect: spoken, rowLimit }, requested)),
    explainRemoteSql: (sql, rowLimit, requested) =>
      inDialect((spoken) => door.explain({ sql, dialect: spoken, rowLimit }, requested)),
    checkHealth: async () => void (await fetchSdl(name, door, context(), options.url)),
    close: async () => {},
  };
}

/** The schema that the server gives; where it does not answer, the one it last gave, or that of the catalog. */
async function learnSdl(
  { definition, catalog }: LoadedDefinition,
  { memory, report }: RemoteOptions,
  fetched: () => Promise<string>,
): Promise<string> {
  const { name } = definition;
  try {
    const sdl = await fetched();
    await rememberSdl(memory, name, sdl).catch((error: unknown) =>
      report(`The schema of ${name} could not be kept: ${String(error)}`),
    );
    return sdl;
  } catch (error) {
    const known =
      (await recallSdl(memory, name)) ??
      (catalog && printSubgraphSdl(describeDomain(definition, catalog), catalog));
    if (known === undefined || !(error instanceof AskgraphError)) throw error;
    report(`${error.message} Until it does, only its fields are missing.`);
    return known;
  }
}

/** What SQL a server speaks, kept up with while it comes and goes. */
function followDialect(describe: () => ReturnType<RemoteDoor['describe']>) {
  let dialect: Dialect | undefined;
  let asked = Number.NEGATIVE_INFINITY;
  const ask = async (): Promise<void> => {
    asked = performance.now();
    const found = await describe().catch(() => undefined);
    const spoken = found?.dialect ?? undefined;
    dialect = spoken === undefined ? undefined : await loadDialect(spoken).catch(() => undefined);
  };
  return {
    ask,
    known() {
      if (dialect === undefined && performance.now() - asked > ASK_AGAIN_MILLISECONDS) void ask();
      return dialect;
    },
  };
}

function noSql(domain: string): never {
  throw new AskgraphError('STATEMENT_REFUSED', `The domain ${domain} takes no SQL now.`, { domain });
}

function gatewayContext(timeoutMilliseconds: number): RequestContext {
  return {
    requestId: 'compose',
    caller: { subject: 'gateway', roles: [], claims: {} },
    asOf: new Date(),
    signal: AbortSignal.timeout(timeoutMilliseconds),
  };
}

/** Throws SUBGRAPH_UNAVAILABLE, and SIGNATURE_INVALID where gateway and subgraph hold different keys. */
async function fetchSdl(
  domain: string,
  door: RemoteDoor,
  context: RequestContext,
  url: string,
): Promise<string> {
  const answer = (await door.graphql('{ _service { sdl } }', context)) as {
    data?: { _service?: { sdl?: unknown } };
    errors?: { extensions?: { code?: unknown } }[];
  } | null;
  const sdl = answer?.data?._service?.sdl;
  if (typeof sdl === 'string') return sdl;
  if (answer?.errors?.[0]?.extensions?.code === 'SIGNATURE_INVALID') {
    throw new AskgraphError(
      'SIGNATURE_INVALID',
      `The subgraph ${domain} at ${url} does not take the gateway's signature. Give both the same SUBGRAPH_${domain.toUpperCase()}_KEY, or on one machine the same ASKGRAPH_HOME.`,
      { domain },
    );
  }
  throw new AskgraphError('SUBGRAPH_UNAVAILABLE', `The subgraph ${domain} does not answer at ${url}.`, {
    domain,
    cause: new Error(JSON.stringify(answer)?.slice(0, 500)),
  });
}
