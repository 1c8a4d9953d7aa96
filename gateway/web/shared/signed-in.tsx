import { type ReactNode, useEffect, useState } from 'react';
import { fetchIdentity, type PageIdentity, signInLink, signOut } from './identity.js';

/** Who is signed in, and the way in or out; nothing where nobody has to. */
export function SignedIn(): ReactNode {
  const [identity, setIdentity] = useState<PageIdentity>();
  useEffect(() => {
    void fetchIdentity().then(setIdentity);
  }, []);
  if (identity === undefined) return null;
  const { name, signIn, signOut: out } = identity;
  return (
    <>
      {name !== null && (
        <span className="signed-in" title={name}>
          {name}
        </span>
      )}
      {out !== null && (
        <button type="button" className="quiet-button" onClick={() => void signOut(out)}>
          Sign out
        </button>
      )}
      {name === null && signIn !== null && (
        <a className="quiet-button" href={signInLink(signIn)}>
          Sign in
        </a>
      )}
    </>
  );
}
