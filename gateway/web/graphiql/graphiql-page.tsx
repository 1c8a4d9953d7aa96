import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { type ReactNode, useMemo } from 'react';
import type { Theme } from '../shared/theme.js';

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
  const fetcher = useMemo(() => createGraphiQLFetcher({ url }), [url]);
  return (
    <GraphiQL
      fetcher={fetcher}
      forcedTheme={theme}
      defaultQuery={welcomeQuery}
      {...(linked && { initialQuery: linked.query, initialVariables: linked.variables })}
    >
      <GraphiQL.Logo>
        <a className="ask-link" href="/">
          ← Ask a question
        </a>
      </GraphiQL.Logo>
    </GraphiQL>
  );
}
