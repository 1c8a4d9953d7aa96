import { createHash, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { exportJWK, type JWK, type JWTPayload, SignJWT } from 'jose';
import { type LocalServer, serveLocally } from './http-server.js';

/** An issuer of tokens that shows its public keys as JWKS, and can be made to change them, or to fail. */
export interface TokenIssuer extends LocalServer {
  readonly issuer: string;
  readonly jwksUrl: string;
  /** How often the keys were asked for. */
  fetches(): number;
  /** Signs with the newest key, good for five minutes if nothing else is said. */
  token(claims: JWTPayload, header?: Readonly<Record<string, string>>): Promise<string>;
  /** Makes a new key, and shows it beside the old ones or instead of them. */
  rotate(old: 'kept' | 'dropped'): Promise<void>;
  /** How the keys are answered from now on. */
  answer(status: number): void;
  /** The newest public key, as PEM. */
  publicKey(): string;
}

interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly jwk: JWK;
}

export async function startTokenIssuer(): Promise<TokenIssuer> {
  let keys = [await makeKey()];
  let fetches = 0;
  let status = 200;
  const server = await serveLocally(async (_request, _body, response) => {
    fetches += 1;
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(status === 200 ? JSON.stringify({ keys: keys.map(({ jwk }) => jwk) }) : '{}');
  });
  const issuer = `${server.url}/`;
  return {
    ...server,
    issuer,
    jwksUrl: `${server.url}/jwks`,
    fetches: () => fetches,
    async token(claims, header = {}) {
      const { kid, privateKey } = keys[0]!;
      const now = Math.floor(Date.now() / 1_000);
      const usual = { iss: issuer, sub: 'ada', aud: 'askgraph', iat: now, exp: now + 300, jti: randomUUID() };
      return new SignJWT({ ...usual, ...claims })
        .setProtectedHeader({ alg: 'RS256', kid, ...header })
        .sign(privateKey);
    },
    async rotate(old) {
      keys = [await makeKey(), ...(old === 'kept' ? keys : [])];
    },
    answer(next) {
      status = next;
    },
    publicKey: () => keys[0]!.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  };
}

async function makeKey(): Promise<SigningKey> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwk = await exportJWK(publicKey);
  const kid = createHash('sha256').update(String(jwk.n)).digest('hex').slice(0, 12);
  return { kid, privateKey, publicKey, jwk: { ...jwk, kid, alg: 'RS256', use: 'sig' } };
}
