import type { ReactNode } from 'react';
import { SignedIn } from '../shared/signed-in.js';
import { ThemeToggle } from '../shared/theme-toggle.js';

/** `startAnew` is absent while there is nothing to leave behind. */
export function PageHeader({ startAnew }: { startAnew: (() => void) | undefined }): ReactNode {
  return (
    <header className="page-header">
      <a className="brand" href="/">
        <svg viewBox="0 0 32 32" aria-hidden="true">
          <path d="M7 3h18a4 4 0 0 1 4 4v13a4 4 0 0 1-4 4h-7l-6 5.5V24H7a4 4 0 0 1-4-4V7a4 4 0 0 1 4-4z" />
          <path className="brand-graph" d="M10 17.5 16 9l6 8.5z" />
        </svg>
        Askgraph
      </a>
      <nav aria-label="Pages">
        {startAnew && (
          <button type="button" className="quiet-button" onClick={startAnew}>
            New conversation
          </button>
        )}
        <a className="quiet-button" href="/graphql">
          GraphiQL
        </a>
        <SignedIn />
        <ThemeToggle />
      </nav>
    </header>
  );
}
