import type { Edition } from './edition.js';

/**
 * The edition that is served, and those before it that requests are still under way in. A request keeps the edition
 * that it began with, by its id: what a question knows and what it asks are of one edition.
 */
export interface Editions {
  current(): Edition;
  /** The edition that a request runs in; the current one for a request that runs in none. */
  of(requestId: string): Edition;
  run<Result>(requestId: string, work: () => Promise<Result>): Promise<Result>;
  /**
   * Serves another edition from now on. The one before is closed when every request has ended that began before: also
   * such as were validated against an edition that came after they began.
   */
  replace(next: Edition): void;
  /** Ends when all that is under way has ended and the last edition is closed. */
  close(): Promise<void>;
}

interface Holding {
  readonly edition: Edition;
  running: number;
  idle: () => void;
}

export function makeEditions(first: Edition): Editions {
  let current = hold(first);
  const requests = new Map<string, { holding: Holding; count: number }>();
  // Editions end in their order, so that one is not closed while a request runs that began with an older one.
  let retiring = Promise.resolve();

  const retire = (holding: Holding, successor: Edition | undefined): void => {
    retiring = retiring
      .then(() => untilIdle(holding))
      .then(() => holding.edition.close(successor))
      .catch(() => {});
  };
  return {
    current: () => current.edition,
    of: (requestId) => requests.get(requestId)?.holding.edition ?? current.edition,
    async run(requestId, work) {
      const request = requests.get(requestId) ?? { holding: current, count: 0 };
      requests.set(requestId, request);
      request.count += 1;
      request.holding.running += 1;
      try {
        return await work();
      } finally {
        request.count -= 1;
        if (request.count === 0) requests.delete(requestId);
        request.holding.running -= 1;
        if (request.holding.running === 0) request.holding.idle();
      }
    },
    replace(next) {
      const previous = current;
      current = hold(next);
      retire(previous, next);
    },
    async close() {
      retire(current, undefined);
      await retiring;
    },
  };
}

function hold(edition: Edition): Holding {
  return { edition, running: 0, idle: () => {} };
}

async function untilIdle(holding: Holding): Promise<void> {
  while (holding.running > 0) {
    await new Promise<void>((resolve) => {
      holding.idle = resolve;
    });
  }
}
