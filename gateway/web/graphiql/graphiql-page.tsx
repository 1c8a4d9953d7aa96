import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { type ReactNode, useMemo } from 'react';
import { signInIfRefused } from '../shared/identity.js';
import { SignedIn } from '../shared/signed-in.js';
import type { Theme } from '../shared/theme.js';

/** As `fetch`; who is refused for want of a session is taken to sign in. */
const fetchOrSignIn: typeof fetch = async (...request) => {
  const response = await fetch(...request);
  await signInIfRefused(response.status);
  return response;
};

/** What the page's address asks for; it opens in a tab of its own. */
export interface LinkedOperation {
  readonly query: string;
  readonly variables: string;
}

interface GraphiQLPageProps {
  readonly url: string;
  readonly theme: Theme | 'system';
  /** What the first tab holds for somebody who has none yet. */
  readonly welcomeQuery: string;
  readonly linked: LinkedOperation | undefined;
}

export function GraphiQLPage({ url, theme, welcomeQuery, linked }: GraphiQLPageProps): ReactNode {
  const fetcher = useMemo(() => createGraphiQLFetcher({ url, fetch: fetchOrSignIn }), [url]);
  return (
    <GraphiQL
      fetcher={fetcher}
      forcedTheme={theme}
      defaultQuery={welcomeQuery}
      {...(linked && { initialQuery: linked.query, initialVariables: linked.variables })}
    >
      <GraphiQL.Logo>
        <span className="page-links">
          <a className="quiet-button" href="/">
            ← Ask a question
          </a>
          <SignedIn />
        </span>
      </GraphiQL.Logo>
    </GraphiQL>
  );
}
