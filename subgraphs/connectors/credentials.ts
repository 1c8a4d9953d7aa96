import { AskgraphError } from '../../schema/errors.js';

/** How Askgraph signs in to a database. */
export type Credentials =
  | { readonly kind: 'password'; readonly user: string; readonly password: string }
  /** A secret of AWS Secrets Manager, in the form that RDS and Redshift give it: `{"username", "password"}`. */
  | { readonly kind: 'secret'; readonly id: string; readonly region: string | undefined }
  /** A token in place of a password, good for 15 minutes, signed with the AWS identity of the process (Aurora, RDS). */
  | { readonly kind: 'iam'; readonly user: string; readonly region: string };

export interface SignIn {
  readonly user: string;
  readonly password: string;
}

/** User and password for one new connection; secrets may have been rotated since the last. */
export async function signIn(
  credentials: Credentials,
  server: { readonly host: string; readonly port: number },
): Promise<SignIn> {
  switch (credentials.kind) {
    case 'password':
      return { user: credentials.user, password: credentials.password };
    case 'secret':
      return readSecret(credentials.id, credentials.region);
    case 'iam':
      return { user: credentials.user, password: await signToken(credentials, server) };
  }
}

async function readSecret(id: string, region: string | undefined): Promise<SignIn> {
  return readSignIn(id, await readSecretText(id, region));
}

/** The text of a secret of AWS Secrets Manager. @throws SOURCE_UNAVAILABLE where it can't be read */
export async function readSecretText(id: string, region: string | undefined): Promise<string> {
  const { GetSecretValueCommand, SecretsManagerClient } = await import('@aws-sdk/client-secrets-manager');
  const client = new SecretsManagerClient(region === undefined ? {} : { region });
  try {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: id }));
    return SecretString ?? '';
  } catch (error) {
    throw new AskgraphError('SOURCE_UNAVAILABLE', `The secret ${id} can't be read.`, { cause: error });
  } finally {
    client.destroy();
  }
}

export function readSignIn(id: string, text: string): SignIn {
  const secret = parse(text);
  const { username, password } = secret;
  if (typeof username === 'string' && typeof password === 'string') return { user: username, password };
  throw new AskgraphError(
    'CONFIGURATION_INVALID',
    `The secret ${id} must be a JSON object with "username" and "password".`,
  );
}

function parse(text: string): Record<string, unknown> {
  try {
    return (JSON.parse(text) ?? {}) as Record<string, unknown>;
  } catch {
    return {};
  }
}

async function signToken(
  { user, region }: { readonly user: string; readonly region: string },
  { host, port }: { readonly host: string; readonly port: number },
): Promise<string> {
  const { Signer } = await import('@aws-sdk/rds-signer');
  try {
    return await new Signer({ hostname: host, port, username: user, region }).getAuthToken();
  } catch (error) {
    throw new AskgraphError('SOURCE_UNAVAILABLE', `No token for ${user} could be signed.`, { cause: error });
  }
}
