import type { Supergraph } from './supergraph.js';

/** A supergraph and the requests that are under way in it. */
export interface Served {
  readonly supergraph: Supergraph;
  run<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Closes the supergraph once nothing is under way in it. */
  retire(): Promise<void>;
}

/** Counts the requests of a supergraph, so that it is closed only when the last of them has its answer. */
export function serve(supergraph: Supergraph): Served {
  let running = 0;
  let idle = (): void => {};
  return {
    supergraph,
    async run(work) {
      running += 1;
      try {
        return await work();
      } finally {
        running -= 1;
        if (running === 0) idle();
      }
    },
    async retire() {
      while (running > 0) {
        await new Promise<void>((resolve) => {
          idle = resolve;
        });
      }
      await supergraph.close();
    },
  };
}
