import { isIP } from 'node:net';
import { z } from 'zod';
import { isLoopback } from '../../schema/loopback.js';
import { address, listOf, wholeNumber } from './setting.js';

/** Only algorithms with a public key: a shared secret could be taken for one, or the other way round. */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
] as const;
const headerName = z.string().regex(/^[a-z0-9-]+$/i, 'must be the name of a header');

/** The settings of who may ask, by the names of their environment variables. */
export const identitySettings = {
  /** Where the issuer of bearer tokens shows its public keys. Bearer tokens are taken where it is set. */
  AUTH_JWKS_URL: address.optional(),
  /** What a token's `iss` must be. */
  AUTH_ISSUER: z.string().min(1).optional(),
  /** What a token's `aud` must hold one of, separated by commas. */
  AUTH_AUDIENCE: z.string().min(1).optional(),
  AUTH_ALGORITHMS: z
    .string()
    .default(ALGORITHMS.join(','))
    .refine(
      (text) => listOf(text).length > 0 && listOf(text).every((name) => isAlgorithm(name)),
      `must be a list of ${ALGORITHMS.join(', ')}`,
    ),
  /** How far the clocks of issuer and gateway may be apart. */
  AUTH_CLOCK_SKEW_SECONDS: wholeNumber(0, 600).default(30),
  /** The claim that holds the roles: its name, or a path such as `realm_access.roles`. */
  AUTH_ROLES_CLAIM: z.string().min(1).default('roles'),
  /** The claim that holds the subject. */
  AUTH_SUBJECT_CLAIM: z.string().min(1).default('sub'),
  /** Whether keys made by `askgraph key create` are taken. */
  AUTH_API_KEYS: z.enum(['accepted', 'refused']).default('refused'),
  /** Addresses and networks of proxies that sign people in, separated by commas: `10.0.0.7, 10.1.0.0/16`. */
  AUTH_PROXY_ADDRESSES: z
    .string()
    .default('')
    .refine((text) => listOf(text).every(isNetwork), 'must be a list of IP addresses or networks (CIDR)'),
  AUTH_PROXY_SUBJECT_HEADER: headerName.default('x-forwarded-user'),
  /** Its roles are separated by commas. */
  AUTH_PROXY_ROLES_HEADER: headerName.default('x-forwarded-groups'),
  /** Whether who presents no credential is let in, as `anonymous`. Default: on this machine, where nothing else is set. */
  AUTH_ANONYMOUS: z.enum(['allowed', 'refused']).optional(),
  /** The OpenID provider at which the pages sign people in. */
  OIDC_ISSUER: address.optional(),
  OIDC_CLIENT_ID: z.string().min(1).optional(),
  /** None for a public client, which proves itself by PKCE alone. */
  OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  OIDC_SCOPES: z
    .string()
    .default('openid profile email')
    .refine((text) => text.split(/\s+/).includes('openid'), 'must hold the scope "openid"'),
  /** Where browsers find the gateway: `https://ask.example.com`. Default: where it listens, on this machine. */
  PUBLIC_URL: address.optional(),
};

export interface IdentityConfig {
  readonly tokens: TokenConfig | undefined;
  readonly apiKeys: 'accepted' | 'refused';
  readonly proxy: ProxyConfig | undefined;
  readonly signIn: SignInConfig | undefined;
  /** Who is let in without a credential. `loopback`: whoever asks from this machine, as in the demo. */
  readonly anonymous: 'everybody' | 'loopback' | 'nobody';
}

export interface ClaimNames {
  readonly roles: string;
  readonly subject: string;
}

export interface TokenConfig {
  readonly jwksUrl: string;
  readonly issuer: string;
  readonly audience: readonly string[];
  readonly algorithms: readonly string[];
  readonly clockSkewSeconds: number;
  readonly claims: ClaimNames;
}

export interface ProxyConfig {
  readonly addresses: readonly string[];
  readonly subjectHeader: string;
  readonly rolesHeader: string;
}

export interface SignInConfig {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string | undefined;
  readonly scopes: string;
  readonly clockSkewSeconds: number;
  readonly claims: ClaimNames;
  /** undefined: where the gateway listens. */
  readonly publicUrl: string | undefined;
}

type Values = z.infer<z.ZodObject<typeof identitySettings>>;

/** Reads who may ask; `problem` is told of every setting that another one is missing to. */
export function readIdentity(
  values: Values,
  host: string,
  problem: (message: string) => void,
): IdentityConfig {
  const tokens = readTokens(values, problem);
  const signIn = readSignIn(values, host, problem);
  const addresses = listOf(values.AUTH_PROXY_ADDRESSES);
  const proxy =
    addresses.length === 0
      ? undefined
      : {
          addresses,
          subjectHeader: values.AUTH_PROXY_SUBJECT_HEADER.toLowerCase(),
          rolesHeader: values.AUTH_PROXY_ROLES_HEADER.toLowerCase(),
        };
  const apiKeys = values.AUTH_API_KEYS;
  const isConfigured =
    tokens !== undefined || signIn !== undefined || proxy !== undefined || apiKeys === 'accepted';
  const byDefault = isConfigured || !isLoopback(host) ? 'nobody' : 'loopback';
  const anonymous =
    values.AUTH_ANONYMOUS === undefined
      ? byDefault
      : values.AUTH_ANONYMOUS === 'allowed'
        ? 'everybody'
        : 'nobody';
  return { tokens, apiKeys, proxy, signIn, anonymous };
}

function readTokens(values: Values, problem: (message: string) => void): TokenConfig | undefined {
  const { AUTH_JWKS_URL: jwksUrl, AUTH_ISSUER: issuer, AUTH_AUDIENCE: audience } = values;
  if (jwksUrl === undefined && issuer === undefined && audience === undefined) return undefined;
  if (jwksUrl === undefined || issuer === undefined || audience === undefined) {
    const settings = { AUTH_JWKS_URL: jwksUrl, AUTH_ISSUER: issuer, AUTH_AUDIENCE: audience };
    for (const [name, value] of Object.entries(settings))
      if (value === undefined) problem(`${name}: is needed to check bearer tokens`);
    return undefined;
  }
  demandTls('AUTH_JWKS_URL', jwksUrl, problem);
  return {
    jwksUrl,
    issuer,
    audience: listOf(audience),
    algorithms: listOf(values.AUTH_ALGORITHMS),
    clockSkewSeconds: values.AUTH_CLOCK_SKEW_SECONDS,
    claims: { roles: values.AUTH_ROLES_CLAIM, subject: values.AUTH_SUBJECT_CLAIM },
  };
}

function readSignIn(
  values: Values,
  host: string,
  problem: (message: string) => void,
): SignInConfig | undefined {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, PUBLIC_URL: publicUrl } = values;
  if (issuer === undefined && clientId === undefined && values.OIDC_CLIENT_SECRET === undefined)
    return undefined;
  if (issuer === undefined || clientId === undefined) {
    problem(`${issuer === undefined ? 'OIDC_ISSUER' : 'OIDC_CLIENT_ID'}: is needed to sign people in`);
    return undefined;
  }
  demandTls('OIDC_ISSUER', issuer, problem);
  if (publicUrl !== undefined) demandTls('PUBLIC_URL', publicUrl, problem);
  else if (!isLoopback(host)) problem('PUBLIC_URL: is needed to sign people in from other machines');
  return {
    issuer,
    clientId,
    clientSecret: values.OIDC_CLIENT_SECRET,
    scopes: values.OIDC_SCOPES,
    clockSkewSeconds: values.AUTH_CLOCK_SKEW_SECONDS,
    claims: { roles: values.AUTH_ROLES_CLAIM, subject: values.AUTH_SUBJECT_CLAIM },
    publicUrl,
  };
}

/** Keys, codes and cookies that travel in the clear are anybody's, except where they do not leave the machine. */
function demandTls(name: string, text: string, problem: (message: string) => void): void {
  const url = new URL(text);
  if (url.protocol !== 'https:' && !isLoopback(url.hostname)) problem(`${name}: must be an https URL`);
}

function isAlgorithm(name: string): boolean {
  return ALGORITHMS.some((algorithm) => algorithm === name);
}

export function isNetwork(text: string): boolean {
  const [ip = '', bits, ...more] = text.split('/');
  const version = isIP(ip);
  if (version === 0 || more.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}
