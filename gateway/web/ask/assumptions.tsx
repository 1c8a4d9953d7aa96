import type { ReactNode } from 'react';

export function Assumptions({ assumptions }: { assumptions: readonly string[] }): ReactNode {
  if (assumptions.length === 0) return null;
  return (
    <section className="assumptions">
      <h3>Assumed</h3>
      <ul>
        {assumptions.map((assumption) => (
          <li key={assumption}>{assumption}</li>
        ))}
      </ul>
    </section>
  );
}
