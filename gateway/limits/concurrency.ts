import { AskgraphError } from '../../schema/errors.js';

/** How many requests of one account this process answers at a time. */
export class Concurrency {
  private readonly running = new Map<string, number>();

  /** 0: any number. */
  constructor(private readonly most: number) {}

  /** Takes a place; what is returned gives it back, once. Throws RATE_LIMITED where none is free. */
  enter(account: string): () => void {
    if (this.most === 0) return () => {};
    const running = this.running.get(account) ?? 0;
    if (running >= this.most) throw tooMany(this.most);
    this.running.set(account, running + 1);
    let hasLeft = false;
    return () => {
      if (hasLeft) return;
      hasLeft = true;
      const left = (this.running.get(account) ?? 1) - 1;
      if (left === 0) this.running.delete(account);
      else this.running.set(account, left);
    };
  }
}

export function tooMany(most: number): AskgraphError {
  return new AskgraphError('RATE_LIMITED', `Too many requests at a time: ${most} are answered.`, {
    details: { retryAfterSeconds: 1, concurrentRequests: most },
  });
}
