import type { ClientConfig } from 'pg';
import { AskgraphError } from '../../schema/errors.js';
import { isLoopback } from '../../schema/loopback.js';

/** As libpq has them. What encrypts verifies the certificate and its name; `no-verify` trusts whoever answers. */
const TLS_MODES = ['disable', 'require', 'verify-ca', 'verify-full', 'no-verify'];
const CONNECT_MILLISECONDS = 5_000;

/**
 * How the store's database is reached. Encrypted, unless the URL says otherwise or the server is on this machine, where
 * nobody listens on the way; `sslrootcert`, `sslcert` and `sslkey` name files. Throws CONFIGURATION_INVALID.
 */
export function connectionConfig(place: URL): ClientConfig {
  const url = new URL(place);
  if (url.searchParams.has('schema')) {
    throw invalid(
      'has the parameter "schema", which is Prisma\'s; write "options=-csearch_path%3D" and a name',
    );
  }
  const mode = url.searchParams.get('sslmode') ?? (isOnThisMachine(url) ? 'disable' : 'verify-full');
  if (!TLS_MODES.includes(mode)) {
    throw invalid(`has the sslmode "${mode}"; write one of ${TLS_MODES.join(', ')}`);
  }
  const verifies = mode !== 'disable' && mode !== 'no-verify';
  url.searchParams.set('sslmode', verifies ? 'verify-full' : mode);
  return {
    connectionString: url.href,
    application_name: 'askgraph',
    keepAlive: true,
    connectionTimeoutMillis: CONNECT_MILLISECONDS,
  };
}

function isOnThisMachine(url: URL): boolean {
  const host = url.searchParams.get('host') ?? url.hostname;
  const namesCertificates = ['sslrootcert', 'sslcert', 'sslkey'].some((name) => url.searchParams.has(name));
  return !namesCertificates && (host === '' || host.startsWith('/') || isLoopback(host));
}

function invalid(problem: string): AskgraphError {
  return new AskgraphError('CONFIGURATION_INVALID', `The store's URL ${problem}.`);
}
