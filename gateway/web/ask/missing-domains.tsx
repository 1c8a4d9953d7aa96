import type { ReactNode } from 'react';
import type { Missing } from './answer.js';

/** What the answer had to do without. */
export function MissingDomains({ missing }: { missing: readonly Missing[] }): ReactNode {
  if (missing.length === 0) return null;
  return (
    <section className="notice warning" aria-label="Missing domains">
      <p className="notice-title">Some of the data could not be had</p>
      <ul>
        {missing.map(({ domain, fault }) => (
          <li key={domain}>
            <strong>{domain}</strong>: {fault.message} (<code>{fault.code}</code>)
          </li>
        ))}
      </ul>
    </section>
  );
}
