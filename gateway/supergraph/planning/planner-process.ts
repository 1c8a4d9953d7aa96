import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import type { QueryPlan } from '@graphql-hive/router-query-planner';
import type { ActiveOverrides } from './query-planner.js';

/** Why the planner's process gave no answer. */
export class PlannerFailure extends Error {
  constructor(
    message: string,
    /** `refused`: it said so; `lost`: it ended, took too long or made nonsense; `absent`: there is none here. */
    readonly kind: 'refused' | 'lost' | 'absent',
  ) {
    super(message);
  }
}

/** A planner for one supergraph, in the planner's process. */
export interface ProcessPlanner {
  /** Rejects with a PlannerFailure. */
  plan(source: string, overrides: ActiveOverrides): Promise<QueryPlan>;
  close(): void;
}

/**
 * What runs in the planner's process, with the path of the planner's package as its argument. It does one thing at a
 * time, so that where it ends it is known over what.
 */
const PROGRAM = `
  const planners = new Map();
  let Planner;
  const work = {
    open: async ({ id, sdl }) => {
      try {
        ({ QueryPlanner: Planner } = await import(process.argv[1]));
      } catch (error) {
        throw Object.assign(error, { isAbsent: true });
      }
      planners.set(id, new Planner(sdl));
    },
    plan: async ({ id, source, labels, percentage }) =>
      JSON.stringify(planners.get(id).plan(source, null, new Set(labels), percentage)),
    close: async ({ id }) => void planners.delete(id),
  };
  process.on('disconnect', () => process.exit());
  process.on('message', (message) =>
    work[message.kind](message).then(
      (plan) => process.send({ plan }),
      (error) => process.send({ failure: String(error?.message ?? error), isAbsent: error?.isAbsent === true }),
    ),
  );
`;

/** A plan takes a millisecond, the largest some hundred; the process also has to start. */
const PATIENCE_MILLISECONDS = 20_000;

type Message =
  | { readonly kind: 'open'; readonly id: number; readonly sdl: string }
  | {
      readonly kind: 'plan';
      readonly id: number;
      readonly source: string;
      readonly labels: readonly string[];
      readonly percentage: number;
    }
  | { readonly kind: 'close'; readonly id: number };

interface Answer {
  readonly plan?: string;
  readonly failure?: string;
  readonly isAbsent?: boolean;
}

/**
 * The process in which plans are made. The planner is a native addon that aborts where it meets a case that it did not
 * foresee (0.0.38), and with it would go the gateway: so it is alone in a process, which is started anew when it ends.
 * The process is started when first needed, is handed nothing of this one's environment, and ends with it.
 */
class PlannerProcess {
  #child: ChildProcess | undefined;
  /** The supergraphs that the process has open. */
  #opened = new Set<number>();
  #last: Promise<unknown> = Promise.resolve();
  #newest = 0;

  async open(sdl: string): Promise<ProcessPlanner> {
    this.#newest += 1;
    const id = this.#newest;
    let isClosed = false;
    await this.#next(() => this.#ensureOpen(id, sdl));
    return {
      plan: (source, { labels, percentage }) =>
        this.#next(async () => {
          await this.#ensureOpen(id, sdl);
          const { plan } = await this.#ask({ kind: 'plan', id, source, labels, percentage }).finally(() => {
            // A request that was under way when its supergraph was replaced may still need a plan.
            if (isClosed) this.#close(id);
          });
          return JSON.parse(plan ?? 'null') as QueryPlan;
        }),
      close: () => {
        isClosed = true;
        this.#close(id);
      },
    };
  }

  #close(id: number): void {
    if (this.#opened.delete(id)) void this.#next(() => this.#ask({ kind: 'close', id })).catch(() => {});
  }

  /** Works when all that was asked before is done. */
  #next<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => {});
    return result;
  }

  async #ensureOpen(id: number, sdl: string): Promise<void> {
    if (this.#opened.has(id)) return;
    await this.#ask({ kind: 'open', id, sdl });
    this.#opened.add(id);
  }

  #ask(message: Message): Promise<Answer> {
    const child = this.#child ?? this.#start();
    return new Promise((resolve, reject) => {
      const settle = (end: () => void): void => {
        clearTimeout(timer);
        child.off('message', answered);
        child.off('exit', lost);
        child.channel?.unref();
        end();
      };
      const answered = (answer: Answer): void =>
        settle(() => {
          if (answer.failure === undefined) resolve(answer);
          else reject(new PlannerFailure(answer.failure, answer.isAbsent ? 'absent' : 'refused'));
        });
      const lost = (): void => {
        this.#forget(child);
        settle(() => reject(new PlannerFailure('The planner ended.', 'lost')));
      };
      const timer = setTimeout(() => {
        child.kill('SIGKILL');
        this.#forget(child);
        settle(() => reject(new PlannerFailure('The planner took too long.', 'lost')));
      }, PATIENCE_MILLISECONDS);
      child.once('message', answered);
      child.once('exit', lost);
      // An answer that is waited for keeps this process alive; the planner alone does not.
      child.channel?.ref();
      child.send(message, (error) => {
        if (error !== null) lost();
      });
    });
  }

  #start(): ChildProcess {
    const addon = createRequire(import.meta.url).resolve('@graphql-hive/router-query-planner');
    const child = spawn(process.execPath, ['--input-type=module', '-e', PROGRAM, addon], {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      env: {},
    });
    child.on('error', () => this.#forget(child));
    child.unref();
    this.#child = child;
    this.#opened = new Set();
    return child;
  }

  #forget(child: ChildProcess): void {
    if (this.#child === child) {
      this.#child = undefined;
      this.#opened = new Set();
    }
  }
}

/** One for the whole gateway, however many supergraphs it serves. */
const plannerProcess = new PlannerProcess();

/** Opens a planner for a supergraph. Rejects with a PlannerFailure. */
export function openPlannerProcess(sdl: string): Promise<ProcessPlanner> {
  return plannerProcess.open(sdl);
}
