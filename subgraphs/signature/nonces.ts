/** Remembers what has been seen until it can come no more, and no more than so many. */
export interface Nonces {
  /** `full` where nothing more can be remembered now: what can't be remembered can't be taken. */
  add(nonce: string, now: number): 'new' | 'seen' | 'full';
}

export function rememberNonces(options: { readonly milliseconds: number; readonly maximum: number }): Nonces {
  /** When each is forgotten, in the order in which they came, which is the order in which they go. */
  const seen = new Map<string, number>();
  return {
    add(nonce, now) {
      for (const [old, until] of seen) {
        if (until > now) break;
        seen.delete(old);
      }
      if (seen.has(nonce)) return 'seen';
      if (seen.size >= options.maximum) return 'full';
      seen.set(nonce, now + options.milliseconds);
      return 'new';
    },
  };
}
