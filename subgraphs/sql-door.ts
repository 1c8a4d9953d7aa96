import { unknownName } from '../schema/did-you-mean.js';
import { AskgraphError } from '../schema/errors.js';
import { NO_AUDIT } from './audit/audit-trail.js';
import { policyRefusal } from './audit/policy-facts.js';
import type { ResultSet } from './connectors/connector.js';
import type { OpenSubgraph } from './open-subgraph.js';
import { originOf } from './own-callers.js';
import { explainHidden, isHiddenName } from './policy/explain-hidden.js';
import type { RequestContext } from './request-context.js';
import { type Guarded, guardFor, inspect, inspectFor } from './sql/guard.js';

export interface SqlDoorResult extends ResultSet {
  /** The statement that ran, as the guard wrote it, without what the caller's permissions added. */
  readonly executedSql: string;
}

/** The internal way to a domain for native SQL: nothing passes but what the guard lets through. */
export async function runSqlDoor(
  subgraph: OpenSubgraph | undefined,
  domain: string,
  sql: string,
  rowLimit: number,
  context: RequestContext,
): Promise<SqlDoorResult> {
  // The guard stands where the data is.
  if (subgraph?.runRemoteSql !== undefined) return subgraph.runRemoteSql(sql, rowLimit, context);
  if (subgraph?.runSql === undefined) throw takesNoSql(domain);
  const guarded = await letIn(subgraph, domain, sql, rowLimit, context);
  return { ...(await subgraph.runSql(guarded.statement, context)), executedSql: guarded.checkedSql };
}

/**
 * Has a domain's engine plan what `runSqlDoor` would run, without reading a row.
 * @throws what that would throw before its first row
 */
export async function explainSqlDoor(
  subgraph: OpenSubgraph | undefined,
  domain: string,
  sql: string,
  rowLimit: number,
  context: RequestContext,
): Promise<void> {
  if (subgraph?.explainRemoteSql !== undefined) return subgraph.explainRemoteSql(sql, rowLimit, context);
  if (subgraph?.explainSql === undefined) throw takesNoSql(domain);
  const { statement } = await letIn(subgraph, domain, sql, rowLimit, context);
  await subgraph.explainSql(statement, context);
}

/** What the guard makes of SQL for who asks; what it refuses is on record. */
async function letIn(
  subgraph: OpenSubgraph,
  domain: string,
  sql: string,
  rowLimit: number,
  context: RequestContext,
): Promise<Guarded> {
  const { dialect, permissions, audit = NO_AUDIT } = subgraph;
  if (subgraph.catalog === undefined || dialect === undefined) throw takesNoSql(domain);
  const access = permissions.accessOf(context.caller);
  const limits = { rowLimit, signal: context.signal, origin: originOf(context) };
  const check = async () => {
    if (access.domain === 'hidden') throw unknownName('domain', domain, 'this gateway', []);
    if (access.nativeSql === 'refused') {
      throw new AskgraphError('FORBIDDEN', `The domain ${domain} is asked in GraphQL only.`, { domain });
    }
    return guardFor(access, sql, dialect, limits);
  };
  return check().catch((thrown: unknown) => {
    const error = explainHidden(thrown, subgraph.definition, access);
    if (error instanceof AskgraphError) {
      const isByPolicy = error.code === 'FORBIDDEN' || isHiddenName(thrown, access.whole);
      if (isByPolicy) audit.note(policyRefusal(error, domain, access, context));
      noteRefusal(audit, error, domain, sql, context);
    }
    throw error;
  });
}

function noteRefusal(
  audit: NonNullable<OpenSubgraph['audit']>,
  { code, details }: AskgraphError,
  domain: string,
  sql: string,
  { requestId, caller }: RequestContext,
): void {
  const facts = typeof details.rule === 'string' ? { rule: details.rule } : {};
  audit.note({
    kind: 'refusal',
    decision: 'refused',
    requestId,
    caller,
    domain,
    code,
    facts,
    texts: { sql },
  });
}

/** A table that SQL reads, of which domain, with the columns that it reads of it. */
export interface ReadTable {
  readonly domain: string;
  readonly table: string;
  readonly columns: readonly string[];
}

/** What SQL for a domain would read, as the caller sees it. Throws what the guard refuses them; nothing runs. */
export async function inspectSql(
  subgraph: OpenSubgraph | undefined,
  domain: string,
  sql: string,
  { caller }: RequestContext,
): Promise<ReadTable[]> {
  if (subgraph?.catalog === undefined || subgraph.dialect === undefined) throw takesNoSql(domain);
  const access = subgraph.permissions.accessOf(caller);
  if (access.domain === 'hidden') throw unknownName('domain', domain, 'this gateway', []);
  if (access.nativeSql === 'refused') throw takesNoSql(domain);
  const { tables } = await inspectFor(access, sql, subgraph.dialect);
  return tables.map(({ name, columns }) => ({ domain, table: name, columns }));
}

/** Loads the guard's parser, which takes a moment, before the first question does. */
export async function warmSqlDoor(subgraphs: readonly OpenSubgraph[]): Promise<void> {
  for (const { catalog, dialect, runSql } of subgraphs) {
    if (runSql === undefined) continue;
    const [table] = catalog?.tables ?? [];
    if (catalog !== undefined && dialect !== undefined && table !== undefined) {
      await inspect(`SELECT COUNT(*) FROM ${dialect.quote(table.name)}`, { catalog, dialect });
    }
  }
}

function takesNoSql(domain: string): AskgraphError {
  return new AskgraphError(
    'STATEMENT_REFUSED',
    `This needs SQL in the domain ${domain}, which takes none: it is asked in GraphQL only.`,
    { domain },
  );
}
