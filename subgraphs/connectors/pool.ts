import { abortError } from './abort-error.js';

interface Waiter<Member> {
  readonly serve: (member: Member) => void;
}

/** A fixed set of connections, each used by one statement at a time; who comes when all are busy waits in turn. */
export class Pool<Member> {
  private readonly idle: Member[];
  private readonly waiting: Waiter<Member>[] = [];
  private whenIdle: (() => void) | undefined;

  constructor(readonly members: readonly Member[]) {
    this.idle = [...members];
  }

  /** Runs `work` with a member of its own; gives up the wait where the signal aborts. */
  async use<Result>(signal: AbortSignal, work: (member: Member) => Promise<Result>): Promise<Result> {
    const member = await this.acquire(signal);
    try {
      return await work(member);
    } finally {
      this.release(member);
    }
  }

  /** Resolves when no member is in use. */
  drain(): Promise<void> {
    if (this.idle.length === this.members.length) return Promise.resolve();
    return new Promise((resolve) => {
      this.whenIdle = resolve;
    });
  }

  private acquire(signal: AbortSignal): Promise<Member> {
    if (signal.aborted) return Promise.reject(abortError(signal));
    const member = this.idle.pop();
    if (member !== undefined) return Promise.resolve(member);
    return new Promise((resolve, reject) => {
      const onAbort = () => {
        this.waiting.splice(this.waiting.indexOf(waiter), 1);
        reject(abortError(signal));
      };
      const waiter: Waiter<Member> = {
        serve(next) {
          signal.removeEventListener('abort', onAbort);
          resolve(next);
        },
      };
      signal.addEventListener('abort', onAbort, { once: true });
      this.waiting.push(waiter);
    });
  }

  private release(member: Member): void {
    const next = this.waiting.shift();
    if (next !== undefined) {
      next.serve(member);
      return;
    }
    this.idle.push(member);
    if (this.idle.length === this.members.length) this.whenIdle?.();
  }
}
