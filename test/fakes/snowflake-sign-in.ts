import { createHash, createPublicKey, verify } from 'node:crypto';

export interface FakeSnowflakeUser {
  readonly password?: string;
  /** PEM of the public key that was registered for the user. */
  readonly publicKey?: string;
}

/** What is wrong with a sign-in, in Snowflake's words; undefined where it is right. */
export function signInProblem(
  data: Readonly<Record<string, unknown>>,
  account: string,
  users: Readonly<Record<string, FakeSnowflakeUser>>,
): { code: string; message: string } | undefined {
  const name = String(data.LOGIN_NAME ?? '').toUpperCase();
  const user = users[name];
  if (String(data.ACCOUNT_NAME).toUpperCase() !== account.toUpperCase()) {
    return { code: '390100', message: 'The account is not known.' };
  }
  if (data.AUTHENTICATOR === 'SNOWFLAKE_JWT') {
    const key = user?.publicKey;
    return key !== undefined && isSigned(String(data.TOKEN), `${account.toUpperCase()}.${name}`, key)
      ? undefined
      : { code: '390144', message: 'JWT token is invalid.' };
  }
  return user?.password !== undefined && user.password === data.PASSWORD
    ? undefined
    : { code: '390100', message: 'Incorrect username or password was specified.' };
}

/** RS256 over the token's first two parts; the issuer holds the key's fingerprint. */
function isSigned(token: string, subject: string, publicKey: string): boolean {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const key = createPublicKey(publicKey);
  const fingerprint = createHash('sha256')
    .update(key.export({ format: 'der', type: 'spki' }))
    .digest('base64');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
  return (
    claims.sub === subject &&
    claims.iss === `${subject}.SHA256:${fingerprint}` &&
    verify('sha256', Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, 'base64url'))
  );
}
