const waiting = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Has a listener called when a signal is aborted; what is returned takes it back. A signal hears of one listener,
 * however many wait: a request's own is listened to by each of its fetches, and an event target is slow to join and leave.
 */
export function onAbort(signal: AbortSignal, listener: () => void): () => void {
  const listeners = waiting.get(signal) ?? open(signal);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

function open(signal: AbortSignal): Set<() => void> {
  const listeners = new Set<() => void>();
  waiting.set(signal, listeners);
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  signal.addEventListener('abort', tell, { once: true });
  return listeners;
}
