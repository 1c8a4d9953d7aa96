import type { ReactNode } from 'react';
import type { Source } from './answer.js';
import { dateTimeText } from './cell-text.js';

export function Sources({ sources }: { sources: readonly Source[] }): ReactNode {
  if (sources.length === 0) return null;
  return (
    <details className="fold sources">
      <summary>
        {sources.length} {sources.length === 1 ? 'source' : 'sources'}
      </summary>
      <ul>
        {sources.map((source) => (
          <li key={`${source.domain}.${source.table}`}>
            <strong>
              {source.domain}.{source.table}
            </strong>
            {source.columns.length > 0 && (
              <span className="source-columns"> {source.columns.join(', ')}</span>
            )}
            {source.dataThrough && (
              <span className="hint"> data through {dateTimeText(source.dataThrough)}</span>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}
