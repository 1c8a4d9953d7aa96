/** Who is signed in, as GET /identity.json tells it; null where there is nobody, or no way. */
export interface PageIdentity {
  readonly name: string | null;
  readonly signIn: string | null;
  readonly signOut: string | null;
}

const UNKNOWN: PageIdentity = { name: null, signIn: null, signOut: null };

/** Nobody where it can't be known: the page works without. */
export async function fetchIdentity(): Promise<PageIdentity> {
  try {
    const response = await fetch('/identity.json', { headers: { accept: 'application/json' } });
    return response.ok ? ((await response.json()) as PageIdentity) : UNKNOWN;
  } catch {
    return UNKNOWN;
  }
}

/** Where to sign in and come back to the page as it is now. */
export function signInLink(signIn: string): string {
  return `${signIn}?${new URLSearchParams({ return: `${location.pathname}${location.search}` })}`;
}

/** Ends the session here, and goes on to where it ends at the provider. */
export async function signOut(address: string): Promise<void> {
  const response = await fetch(address, { method: 'POST' });
  const { continueAt }: { continueAt?: string } = response.ok ? await response.json() : {};
  location.assign(continueAt ?? '/');
}

/** Goes to sign in where an answer says that the gateway does not know who asks, and there is a way to tell it. */
export async function signInIfRefused(status: number): Promise<void> {
  if (status !== 401) return;
  const { signIn } = await fetchIdentity();
  if (signIn !== null) location.assign(signInLink(signIn));
}
