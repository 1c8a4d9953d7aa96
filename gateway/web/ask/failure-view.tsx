import type { ReactNode } from 'react';
import type { Failure } from './ask-client.js';

export function FailureView({ failure, onRetry }: { failure: Failure; onRetry: () => void }): ReactNode {
  return (
    <div className="notice bad">
      <p className="notice-title">{failure.title}</p>
      <p>{failure.message}</p>
      {(failure.code || failure.requestId) && (
        <p className="fault-details">
          {failure.code && (
            <span>
              Code <code>{failure.code}</code>
            </span>
          )}
          {failure.requestId && (
            <span>
              Request <code>{failure.requestId}</code>
            </span>
          )}
        </p>
      )}
      <button type="button" className="button" onClick={onRetry}>
        Ask again
      </button>
    </div>
  );
}
