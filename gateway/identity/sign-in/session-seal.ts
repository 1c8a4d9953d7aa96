import { createHash, hkdfSync } from 'node:crypto';

/** A session as it is remembered, and sent nowhere. */
export interface Session {
  readonly claims: Readonly<Record<string, unknown>>;
  /** As the provider sent it; it is shown again when the person signs out. */
  readonly idToken: string;
  readonly refreshToken: string | undefined;
  /** In milliseconds since 1970: until then what the claims say is good. */
  readonly goodUntil: number;
}

const FORM = /^[\w-]{43}$/;
const ALGORITHM = { alg: 'dir', enc: 'A256GCM' } as const;

/** Whether a text can be a session's cookie at all. */
export function isCookie(cookie: string): boolean {
  return FORM.test(cookie);
}

/** Where the store keeps a cookie's session: the way back from the id to the cookie is as far as from any hash. */
export function sessionId(cookie: string): string {
  return createHash('sha256').update(`session\n${cookie}`).digest('hex');
}

/** Encrypts a session so that only its cookie opens it: who has the store has nobody's tokens. */
export async function sealSession(session: Session, cookie: string): Promise<string> {
  const { CompactEncrypt } = await import('jose');
  const text = new TextEncoder().encode(JSON.stringify(session));
  return new CompactEncrypt(text).setProtectedHeader(ALGORITHM).encrypt(keyOf(cookie));
}

export async function openSession(document: string, cookie: string): Promise<Session> {
  const { compactDecrypt } = await import('jose');
  const { plaintext } = await compactDecrypt(document, keyOf(cookie), {
    keyManagementAlgorithms: [ALGORITHM.alg],
    contentEncryptionAlgorithms: [ALGORITHM.enc],
  });
  return JSON.parse(new TextDecoder().decode(plaintext)) as Session;
}

function keyOf(cookie: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', cookie, '', 'askgraph session', 32));
}
