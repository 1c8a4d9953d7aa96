import { AskgraphError } from '../../schema/errors.js';
import type { Statement } from '../sql/statement.js';

/** As whom a source runs statements: the caller's subject, or what one of the caller's claims says. */
export type RunAs = { readonly kind: 'subject' } | { readonly kind: 'claim'; readonly name: string };

/** Reads `subject` or `claim:<name>`. Throws CONFIGURATION_INVALID. */
export function readRunAs(setting: string, text: string | undefined): RunAs | undefined {
  if (text === undefined) return undefined;
  if (text === 'subject') return { kind: 'subject' };
  const name = /^claim:(.+)$/.exec(text)?.[1];
  if (name !== undefined) return { kind: 'claim', name };
  throw new AskgraphError(
    'CONFIGURATION_INVALID',
    `${setting} is "subject" or "claim:" and the name of a claim, not "${text}".`,
  );
}

/** An engine is told to do what it can't; to go on without would give callers rights that are not theirs. */
export function refuseRunAs(engine: string): never {
  throw new AskgraphError('CONFIGURATION_INVALID', `${engine} can't run as the caller: unset its RUN_AS.`);
}

/** PostgreSQL takes no longer name, and would take the beginning of one for another role. */
const LONGEST_NAME = 63;
/** To the engines these are no roles: they give back the rights of the user who signed in. */
const NO_ROLES: ReadonlySet<string> = new Set(['none', 'default', 'public']);

/**
 * The database role of whoever a statement is for; undefined for an operator's or our own statement, and where the source runs
 * everything as itself. Throws FORBIDDEN where the caller has no role that can be taken: nobody gets the source's own.
 */
export function roleFor({ origin }: Statement, runAs: RunAs | undefined): string | undefined {
  if (runAs === undefined || origin === 'operator') return undefined;
  if (origin?.runsAs === 'source') return undefined;
  const { caller } = origin ?? {};
  const role = runAs.kind === 'subject' ? caller?.subject : caller?.claims[runAs.name];
  const isTaken =
    typeof role === 'string' &&
    role !== '' &&
    Buffer.byteLength(role) <= LONGEST_NAME &&
    !NO_ROLES.has(role.toLowerCase()) &&
    !/\p{Cc}/u.test(role);
  if (isTaken) return role;
  throw new AskgraphError('FORBIDDEN', 'You have no role in the database of this domain.');
}

/** An identifier in quotes, which any text becomes. */
export function quotedRole(role: string): string {
  return `"${role.replaceAll('"', '""')}"`;
}
