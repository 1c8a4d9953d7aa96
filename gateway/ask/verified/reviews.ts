import type { Store } from '../../../prisma/store.js';
import type { RequestContext } from '../../../subgraphs/request-context.js';
import type { AskDomain } from '../../knowledge/domain.js';
import type { Asker, Plan } from '../../planner/planner.js';
import { fits } from '../../planner/plans/fits.js';
import { planOfQuery } from '../../planner/plans/query-plan.js';
import { type KeptPlan, readKeptPlan } from '../../planner/plans/read-plan.js';
import type { Answer } from '../answer-types.js';
import type {
  Connection,
  FeedbackToReview,
  PageRequest,
  ReviewedQuery,
  VerifiedQuery,
} from '../schema/ask-service.js';
import { COMBINING_STEP } from '../steps.js';

export interface Reviewer {
  readonly domains: readonly AskDomain[];
  readonly asker: Asker;
  readonly context: RequestContext;
}

/** Rows that are read at a time: what a steward may not see is passed over. */
const BATCH = 100;

/**
 * Feedback that waits for approval, as a steward may see it: of domains that they see; and the queries, where they see
 * all that these name.
 */
export async function feedbackToReview(
  store: Pick<Store<Answer>, 'reviews'>,
  page: PageRequest,
  reviewer: Reviewer,
): Promise<Connection<FeedbackToReview>> {
  return collect(page, reviewer, store.reviews.feedback, async (item) => {
    const answered = readKeptPlan(item.plan);
    const question = answered?.question ?? item.question;
    const plan =
      item.correction === undefined
        ? answered?.plan
        : await planOfQuery(
            { question, ...item.correction },
            reviewer.domains,
            domainsOf(answered?.plan),
            reviewer.asker,
          ).catch(() => answered?.plan);
    const seen = await see(plan, reviewer);
    if (seen === 'hidden') return undefined;
    const { id, comment, createdAt, verdict } = item;
    const queries = seen === 'out of use' ? [] : queriesOf(seen);
    return { id, question, comment, right: verdict === 'right', givenAt: createdAt.toISOString(), queries };
  });
}

/** What has been approved, as a steward may see it; and whether it is in use, for what they see of the catalog as it is. */
export async function verifiedQueries(
  store: Pick<Store<Answer>, 'reviews'>,
  page: PageRequest,
  reviewer: Reviewer,
): Promise<Connection<VerifiedQuery>> {
  return collect(page, reviewer, store.reviews.verified, async (item) => {
    const seen = await see(readKeptPlan(item.plan)?.plan, reviewer);
    if (seen === 'hidden') return undefined;
    const { id, question, approvedBy, approvedAt } = item;
    const inUse = seen !== 'out of use';
    const queries = inUse ? queriesOf(seen) : [];
    return { id, question, approvedBy, approvedAt: approvedAt.toISOString(), inUse, queries };
  });
}

/** A plan of which all is seen; else whether its domains at least are. */
async function see(
  plan: KeptPlan['plan'] | undefined,
  { domains, asker }: Reviewer,
): Promise<Plan | 'out of use' | 'hidden'> {
  const named = domainsOf(plan);
  if (plan === undefined || !named.every((name) => domains.some((domain) => domain.name === name)))
    return 'hidden';
  return (await fits(plan, asker)) ? plan : 'out of use';
}

function domainsOf(plan: Plan | undefined): string[] {
  return plan?.steps.map(({ domain }) => domain) ?? [];
}

function queriesOf({ steps, combine }: Plan): ReviewedQuery[] {
  return [
    ...steps.map(({ name, domain, language, query }) => ({ step: name, domain, language, query })),
    ...(combine === undefined
      ? []
      : [{ step: COMBINING_STEP, domain: null, language: 'SQL' as const, query: combine.query }]),
  ];
}

type Read<Row> = (batch: {
  readonly after: string | undefined;
  readonly most: number;
}) => Promise<{ readonly items: readonly Row[]; readonly next: string | undefined }>;

/** Reads on until a page is full of what may be seen. */
async function collect<Row extends { readonly cursor: string }, Node>(
  { first, after }: PageRequest,
  { context: { signal } }: Reviewer,
  read: Read<Row>,
  show: (row: Row) => Promise<Node | undefined>,
): Promise<Connection<Node>> {
  const edges: { readonly cursor: string; readonly node: Node }[] = [];
  let from = after;
  do {
    signal.throwIfAborted();
    const { items, next } = await read({ after: from, most: BATCH });
    for (const item of items) {
      const node = await show(item);
      if (node !== undefined) edges.push({ cursor: item.cursor, node });
      if (edges.length > first) break;
    }
    from = next;
  } while (from !== undefined && edges.length <= first);
  const page = edges.slice(0, first);
  return {
    edges: page,
    pageInfo: {
      hasNextPage: edges.length > first,
      // What a cursor was given for stands before.
      hasPreviousPage: after !== undefined,
      startCursor: page.at(0)?.cursor ?? null,
      endCursor: page.at(-1)?.cursor ?? null,
    },
  };
}
