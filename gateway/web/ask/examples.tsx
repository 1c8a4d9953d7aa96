import type { ReactNode } from 'react';
import type { Domain } from '../shared/domains.js';

interface ExamplesProps {
  readonly domains: readonly Domain[];
  /** Once something was asked, the examples make room for the answers. */
  readonly folded: boolean;
  readonly onAsk: (question: string) => void;
}

export function Examples({ domains, folded, onAsk }: ExamplesProps): ReactNode {
  if (domains.length === 0) return null;
  const groups = domains.map((domain) => (
    <section key={domain.name} className="example-group" aria-labelledby={`domain-${domain.name}`}>
      <h2 id={`domain-${domain.name}`}>{domain.name}</h2>
      <p className="domain-description">
        {domain.description} <span className="engine">{engineText(domain)}</span>
      </p>
      <ul className="chips">
        {domain.examples.map((example) => (
          <li key={example}>
            <button type="button" className="chip" onClick={() => onAsk(example)}>
              {example}
            </button>
          </li>
        ))}
      </ul>
    </section>
  ));
  if (!folded) return <div className="examples">{groups}</div>;
  return (
    <details className="examples-folded">
      <summary>Example questions</summary>
      <div className="examples">{groups}</div>
    </details>
  );
}

function engineText({ engine, production }: Domain): string {
  return engine === production ? engine : `${engine} here, ${production} in production`;
}
