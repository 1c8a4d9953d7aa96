/** Codes of PostgreSQL (SQLSTATE), of Node and of its TLS, with what they mean to whoever set the URL. */
const REASONS: readonly (readonly [code: RegExp, reason: string])[] = [
  [/^28/, 'it does not let this user in'],
  [/^3D000$/, 'it has no such database'],
  [/^42501$/, 'this user may not make its tables'],
  [/^53300$/, 'it takes no more connections'],
  [/^57P/, 'it is starting or shutting down'],
  [/^(ECONN|EHOST|ENET|ENOTFOUND|EAI_|ETIMEDOUT|EPIPE|ENOENT)/, 'nothing answers there'],
  [/CERT|SIGNATURE/, 'its certificate is not trusted (sslrootcert names a file of authorities)'],
];

/** Why a store on PostgreSQL cannot be opened, in our words; undefined for what is not foreseen. */
export function reasonOf(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error)) return undefined;
  if (/does not support SSL/.test(thrown.message))
    return 'it does not encrypt (sslmode=disable goes without)';
  if (/timeout/i.test(thrown.message)) return 'nothing answers there in time';
  const code = 'code' in thrown ? String(thrown.code) : '';
  return REASONS.find(([pattern]) => pattern.test(code))?.[1];
}
