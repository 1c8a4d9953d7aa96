const heldBy = new WeakMap<AbortSignal, readonly AbortSignal[]>();

/**
 * Aborts with the first of the signals. `AbortSignal.any` of Node 20 holds them weakly, so that a timeout which nothing
 * else holds is collected with its timer, and never comes; here they live as long as what was made of them.
 */
export function anySignal(signals: readonly AbortSignal[]): AbortSignal {
  const any = AbortSignal.any([...signals]);
  heldBy.set(any, signals);
  return any;
}

/** Aborts with the signal, and with a TimeoutError after so many milliseconds. */
export function withDeadline(signal: AbortSignal, milliseconds: number): AbortSignal {
  return anySignal([signal, AbortSignal.timeout(milliseconds)]);
}
