import { createHash, generateKeyPairSync, randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { exportJWK, SignJWT } from 'jose';
import { type LocalServer, serveLocally } from './http-server.js';

/** An OpenID provider that signs in one person without asking, and checks what a provider has to. */
export interface OpenidProvider extends LocalServer {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Of the tokens that are given out from now on. */
  lifetime(seconds: number): void;
  /** What the id token says from now on, beside or instead of the usual. */
  claims(claims: Readonly<Record<string, unknown>>): void;
  /** From now on no refresh token is good. */
  endSessions(): void;
  refreshes(): number;
  signOuts(): number;
}

interface Grant {
  readonly challenge: string;
  readonly redirectUri: string;
  readonly nonce: string;
}

export async function startOpenidProvider(): Promise<OpenidProvider> {
  const [clientId, clientSecret] = ['askgraph-pages', 'a secret of the client'];
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwk = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256', use: 'sig' };
  const codes = new Map<string, Grant>();
  const refreshTokens = new Set<string>();
  let seconds = 3_600;
  let extra: Readonly<Record<string, unknown>> = {};
  let refreshes = 0;
  let signOuts = 0;

  const server = await serveLocally(async (request, body, response) => {
    const url = new URL(request.url ?? '/', server.url);
    const form = new URLSearchParams(body);
    switch (url.pathname) {
      case '/.well-known/openid-configuration':
        return json(response, 200, {
          issuer: server.url,
          authorization_endpoint: `${server.url}/authorize`,
          token_endpoint: `${server.url}/token`,
          jwks_uri: `${server.url}/jwks`,
          end_session_endpoint: `${server.url}/logout`,
          response_types_supported: ['code'],
          code_challenge_methods_supported: ['S256'],
          id_token_signing_alg_values_supported: ['RS256'],
        });
      case '/jwks':
        return json(response, 200, { keys: [jwk] });
      case '/authorize':
        return redirect(response, authorize(url.searchParams));
      case '/logout':
        signOuts += 1;
        return redirect(response, new URL(url.searchParams.get('post_logout_redirect_uri') ?? ''));
      case '/token':
        return token(response, form);
      default:
        return json(response, 404, {});
    }
  });

  function authorize(query: URLSearchParams): URL {
    const ask = (name: string) => query.get(name) ?? '';
    if (ask('client_id') !== clientId || ask('response_type') !== 'code')
      throw new Error('This is not the client, or no code flow.');
    if (ask('code_challenge_method') !== 'S256' || ask('state') === '' || ask('nonce') === '')
      throw new Error('PKCE, state and nonce are demanded.');
    const code = randomUUID();
    const redirectUri = ask('redirect_uri');
    codes.set(code, { challenge: ask('code_challenge'), redirectUri, nonce: ask('nonce') });
    const back = new URL(redirectUri);
    back.search = new URLSearchParams({ code, state: ask('state') }).toString();
    return back;
  }

  async function token(response: ServerResponse, form: URLSearchParams): Promise<void> {
    const isClient = form.get('client_id') === clientId && form.get('client_secret') === clientSecret;
    if (!isClient) return json(response, 401, { error: 'invalid_client' });
    if (form.get('grant_type') === 'refresh_token') {
      // Each is good once.
      if (!refreshTokens.delete(form.get('refresh_token') ?? ''))
        return json(response, 400, { error: 'invalid_grant' });
      refreshes += 1;
      return json(response, 200, await tokens(undefined));
    }
    const grant = codes.get(form.get('code') ?? '');
    codes.delete(form.get('code') ?? '');
    const verifier = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (grant?.challenge !== verifier || grant.redirectUri !== form.get('redirect_uri'))
      return json(response, 400, { error: 'invalid_grant' });
    return json(response, 200, await tokens(grant.nonce));
  }

  async function tokens(nonce: string | undefined): Promise<object> {
    const now = Math.floor(Date.now() / 1_000);
    const usual = { iss: server.url, sub: 'ada', aud: clientId, name: 'Ada Lovelace', roles: ['analyst'] };
    const id = await new SignJWT({ ...usual, iat: now, exp: now + seconds, nonce, ...extra })
      .setProtectedHeader({ alg: 'RS256', kid: 'one' })
      .sign(privateKey);
    const refresh = randomUUID();
    refreshTokens.add(refresh);
    return {
      access_token: randomUUID(),
      token_type: 'Bearer',
      expires_in: seconds,
      id_token: id,
      refresh_token: refresh,
    };
  }

  return {
    ...server,
    clientId,
    clientSecret,
    lifetime(next) {
      seconds = next;
    },
    claims(next) {
      extra = next;
    },
    endSessions: () => refreshTokens.clear(),
    refreshes: () => refreshes,
    signOuts: () => signOuts,
  };
}

function redirect(response: ServerResponse, to: URL): void {
  response.writeHead(302, { location: to.href }).end();
}

function json(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}
