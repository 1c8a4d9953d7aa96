import { readFile } from 'node:fs/promises';
import type { ConnectionOptions } from 'snowflake-sdk';
import { AskgraphError } from '../../schema/errors.js';
import { readSecretText } from './credentials.js';

/** How Askgraph signs in to Snowflake. */
export type SnowflakeCredentials =
  | { readonly kind: 'password'; readonly user: string; readonly password: string }
  | { readonly kind: 'keyPair'; readonly user: string; readonly key: PrivateKey }
  /**
   * A secret of AWS Secrets Manager: `{"username", "password"}`, or `{"username", "privateKey", "passphrase"}`, whose
   * passphrase is there for an encrypted key.
   */
  | { readonly kind: 'secret'; readonly id: string; readonly region: string | undefined };

export interface PrivateKey {
  /** PEM, or the file that holds it. */
  readonly from: { readonly pem: string } | { readonly file: string };
  readonly passphrase: string | undefined;
}

type SignInOptions = Pick<
  ConnectionOptions,
  'username' | 'password' | 'authenticator' | 'privateKey' | 'privateKeyPass'
>;

/** What the SDK is given to sign in with, for one new session: secrets may have been rotated since the last. */
export async function snowflakeSignIn(credentials: SnowflakeCredentials): Promise<SignInOptions> {
  switch (credentials.kind) {
    case 'password':
      return { username: credentials.user, password: credentials.password };
    case 'keyPair': {
      const { from, passphrase } = credentials.key;
      return withKey(credentials.user, 'pem' in from ? from.pem : await readKey(from.file), passphrase);
    }
    case 'secret':
      return readSecret(credentials.id, await readSecretText(credentials.id, credentials.region));
  }
}

function readSecret(id: string, text: string): SignInOptions {
  const { username, password, privateKey, passphrase } = parse(text);
  if (typeof username === 'string') {
    if (typeof privateKey === 'string') {
      return withKey(username, privateKey, typeof passphrase === 'string' ? passphrase : undefined);
    }
    if (typeof password === 'string') return { username, password };
  }
  throw new AskgraphError(
    'CONFIGURATION_INVALID',
    `The secret ${id} must be a JSON object with "username" and "password" or "privateKey".`,
  );
}

function parse(text: string): Record<string, unknown> {
  try {
    return (JSON.parse(text) ?? {}) as Record<string, unknown>;
  } catch {
    return {};
  }
}

/** In variables and secrets, the lines of a PEM are often separated by `\n` in two characters. */
function withKey(username: string, pem: string, passphrase: string | undefined): SignInOptions {
  return {
    username,
    authenticator: 'SNOWFLAKE_JWT',
    privateKey: pem.replaceAll('\\n', '\n'),
    ...(passphrase === undefined ? {} : { privateKeyPass: passphrase }),
  };
}

async function readKey(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new AskgraphError('CONFIGURATION_INVALID', `The private key ${file} can't be read.`, { cause });
  }
}
