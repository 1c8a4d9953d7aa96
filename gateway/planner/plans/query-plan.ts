import { unknownName } from '../../../schema/did-you-mean.js';
import { AskgraphError } from '../../../schema/errors.js';
import { namespaceField } from '../../../schema/names.js';
import type { AskDomain } from '../../knowledge/domain.js';
import { checkGraphqlStep } from '../model/graphql-step.js';
import type { Asker, Plan, PlannedSource, PlanStep } from '../planner.js';

/** A query that a person wrote for a question. */
export interface WrittenQuery {
  readonly question: string;
  readonly query: string;
  readonly language: 'GRAPHQL' | 'SQL';
}

/** The first field of a query, past its head and an alias. */
const NAMESPACE = /^\s*(?:query\b[^{]*)?\{\s*(?:\w+\s*:\s*)?(\w+)/;

/**
 * The plan that is one query, in the domain that it is of: the first of the likely ones where it could be of several.
 * @throws STATEMENT_REFUSED and UNKNOWN_NAME for what the asker may not run.
 */
export async function planOfQuery(
  written: WrittenQuery,
  domains: readonly AskDomain[],
  likely: readonly string[],
  asker: Asker,
): Promise<Plan> {
  const { step, sources } =
    written.language === 'SQL'
      ? await sqlStep(written.query, inOrder(domains, likely), asker)
      : graphqlStep(written.query, domains, asker);
  return {
    kind: 'plan',
    steps: [step],
    restatement: `answer to “${written.question.replace(/[\s?!.]+$/, '')}”`,
    columns: [],
    assumptions: [],
    sources,
    confidence: 1,
  };
}

function inOrder(domains: readonly AskDomain[], likely: readonly string[]): AskDomain[] {
  const isLikely = ({ name }: AskDomain) => likely.includes(name);
  return [...domains.filter(isLikely), ...domains.filter((domain) => !isLikely(domain))].filter(
    ({ dialect }) => dialect !== undefined,
  );
}

async function sqlStep(
  query: string,
  domains: readonly AskDomain[],
  asker: Asker,
): Promise<{ step: PlanStep; sources: readonly PlannedSource[] }> {
  let refusal: unknown;
  for (const { name: domain } of domains) {
    try {
      const sources = await asker.inspect(domain, query);
      return { step: { name: 'result', domain, language: 'SQL', query, dependsOn: [] }, sources };
    } catch (error) {
      // What the likeliest domain says of it helps the most.
      refusal ??= error;
    }
  }
  throw refusal ?? new AskgraphError('STATEMENT_REFUSED', 'There is no domain that takes SQL.');
}

function graphqlStep(
  query: string,
  domains: readonly AskDomain[],
  asker: Asker,
): { step: PlanStep; sources: readonly PlannedSource[] } {
  const namespace = NAMESPACE.exec(query)?.[1] ?? '';
  const found = domains.find(({ name }) => namespaceField(name) === namespace);
  if (found === undefined)
    throw unknownName(
      'domain',
      namespace,
      'this gateway',
      domains.map(({ name }) => name),
    );
  const { name: domain } = found;
  const result = checkGraphqlStep(query, domain, asker.schema());
  return {
    step: { name: 'result', domain, language: 'GRAPHQL', query, dependsOn: [], result },
    sources: [],
  };
}
