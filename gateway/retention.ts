import type { OpenAudit } from './audit/open-audit.js';
import type { RetentionConfig } from './config.js';

export interface Retention {
  /** Waits for what is under way. */
  close(): Promise<void>;
}

export interface RetentionOptions {
  readonly days: RetentionConfig;
  readonly store: { deleteConversationsBefore(instant: Date): Promise<number> };
  readonly audit: Pick<OpenAudit, 'expire'>;
  readonly limits: { forgetBefore(day: string): Promise<void> };
  readonly now: () => Date;
  readonly warn: (message: string, error?: unknown) => void;
}

const DAY_MILLISECONDS = 86_400_000;
const EVERY_MILLISECONDS = 3_600_000;
/** A budget is a day's; what was used before is only kept for people who ask a little later. */
const BUDGET_DAYS = 30;

/** Deletes what is older than it may be, at the start and every hour. What fails is tried again an hour later. */
export function keepRetention(options: RetentionOptions): Retention {
  const { days, store, audit, limits, now, warn } = options;
  const ago = (count: number) => new Date(now().getTime() - count * DAY_MILLISECONDS);
  const attempt = async (what: string, work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      warn(`${what} that are too old could not be deleted`, error);
    }
  };
  const run = async (): Promise<void> => {
    if (days.conversations > 0) {
      await attempt('conversations', () => store.deleteConversationsBefore(ago(days.conversations)));
    }
    if (days.audit > 0) await attempt('audit events', () => audit.expire(ago(days.audit)));
    await attempt('budgets', () => limits.forgetBefore(ago(BUDGET_DAYS).toISOString().slice(0, 10)));
  };
  let running = run();
  const timer = setInterval(() => {
    running = running.then(run);
  }, EVERY_MILLISECONDS).unref();
  return {
    async close() {
      clearInterval(timer);
      await running;
    },
  };
}
