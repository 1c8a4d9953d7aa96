import { asAskgraphError } from '../../schema/errors.js';
import type { Connector, ResultSet } from '../connectors/connector.js';
import type { DomainAccess } from '../policy/permissions.js';
import type { RequestContext } from '../request-context.js';
import type { Statement } from '../sql/statement.js';
import type { AuditFacts, AuditReceipt, AuditTrail } from './audit-trail.js';
import { policyFacts } from './policy-facts.js';
import { untilAborted } from './until-aborted.js';

/** Where a statement runs, and where that is kept. */
export interface StatementPlace {
  /** Absent for what combines the results of several. */
  readonly domain?: string;
  readonly connector: Pick<Connector, 'engine'>;
  readonly audit: AuditTrail;
  /** By whose rights the statement was made. */
  readonly access?: Pick<DomainAccess, 'digest' | 'tables' | 'maximumRows'>;
}

/**
 * Runs a statement, once its intent is on record: where the trail cannot be written, nothing runs. What came of it is
 * noted after, and the bytes that it read are counted for whoever asked.
 * @throws AUDIT_UNAVAILABLE, and what the connector throws.
 */
export async function runStatement(
  statement: Statement,
  place: StatementPlace & { readonly connector: Pick<Connector, 'query'> },
  context: RequestContext,
): Promise<ResultSet> {
  const result = await onRecord(statement, place, context, {}, () => place.connector.query(statement));
  if (result.bytesScanned !== undefined) context.meter?.scanned(Number(result.bytesScanned));
  return result;
}

/** Has an engine plan a statement, on record as one that runs is. @throws as `runStatement` */
export async function explainStatement(
  statement: Statement,
  place: StatementPlace & { readonly connector: Pick<Connector, 'explain'> },
  context: RequestContext,
): Promise<void> {
  await onRecord(statement, place, context, { dryRun: true }, async () => {
    await place.connector.explain(statement);
    return undefined;
  });
}

async function onRecord<Result extends ResultSet | undefined>(
  statement: Statement,
  place: StatementPlace,
  context: RequestContext,
  manner: AuditFacts,
  work: () => Promise<Result>,
): Promise<Result> {
  const { requestId, caller } = context;
  const about = { requestId, caller, ...(place.domain === undefined ? {} : { domain: place.domain }) };
  const intent = await untilAborted(
    place.audit.record({ ...about, ...intentOf(statement, place, manner) }),
    context.signal,
  );
  const started = performance.now();
  const noteEnd = (
    end: { decision: 'succeeded' | 'failed'; code?: string },
    result?: ResultSet | undefined,
  ) => place.audit.note({ kind: 'result', ...about, ...end, facts: factsOf(intent, started, result) });
  try {
    const result = await work();
    noteEnd({ decision: 'succeeded' }, result);
    return result;
  } catch (thrown) {
    const { code } = asAskgraphError(thrown, 'INTERNAL', 'The statement failed.');
    noteEnd({ decision: 'failed', code });
    throw thrown;
  }
}

function intentOf(
  { text, parameters, rowLimit, reads }: Statement,
  { connector, access }: StatementPlace,
  manner: AuditFacts,
) {
  return {
    kind: 'statement',
    decision: 'allowed',
    facts: {
      ...manner,
      engine: connector.engine,
      rowLimit,
      reads: Object.fromEntries([...reads].map(([table, columns]) => [table, [...columns].sort()])),
      ...(access === undefined ? {} : { policy: policyFacts(access, reads) }),
    },
    texts: parameters.length === 0 ? { sql: text } : { sql: text, parameters: JSON.stringify(parameters) },
  } as const;
}

function factsOf({ sequence }: AuditReceipt, started: number, result: ResultSet | undefined) {
  return {
    statement: sequence,
    milliseconds: Math.round(performance.now() - started),
    ...(result === undefined ? {} : { rows: result.rows.length, truncated: result.truncated }),
    ...(result?.bytesScanned === undefined ? {} : { bytesScanned: result.bytesScanned }),
  };
}
