import { Kind, parse, print, type ValueNode, visit } from 'graphql';
import type { Dialect } from '../../../subgraphs/sql/dialects/dialect.js';
import { duckdbDialect } from '../../../subgraphs/sql/dialects/duckdb.js';
import { type ChangeLiteral, type Literal, mapLiterals } from '../../../subgraphs/sql/map-literals.js';
import type { GraphqlStep, Plan, PlanStep } from '../planner.js';
import { REFERENCE } from '../references.js';

/** By domain; undefined for one that takes no SQL. */
export type Dialects = ReadonlyMap<string, Dialect | undefined>;

/** Arguments of typed fields that bound the rows. */
const BOUNDS = new Set(['limit', 'offset', 'first']);
const QUOTED_REFERENCE = new RegExp(`'(${REFERENCE.source})'`, 'g');

/**
 * A plan with other values in the place of some of its literals, in whatever language they stand; its words stay.
 * @throws STATEMENT_REFUSED for a query that cannot be read, or not be written again faithfully.
 */
export async function mapPlanLiterals(plan: Plan, dialects: Dialects, change: ChangeLiteral): Promise<Plan> {
  const [first, ...others] = await Promise.all(
    plan.steps.map((step) => mapStep(step, dialects.get(step.domain), change)),
  );
  const { combine } = plan;
  return {
    ...plan,
    steps: [first!, ...others],
    ...(combine === undefined
      ? {}
      : { combine: { query: await mapLiterals(combine.query, duckdbDialect, change) } }),
  };
}

/** Every literal of a plan, in the order of its steps. */
export async function literalsOf(plan: Plan, dialects: Dialects): Promise<Literal[]> {
  const found: Literal[] = [];
  await mapPlanLiterals(plan, dialects, (literal) => void found.push(literal));
  return found;
}

async function mapStep(
  step: PlanStep,
  dialect: Dialect | undefined,
  change: ChangeLiteral,
): Promise<PlanStep> {
  if (step.language === 'GRAPHQL') return mapGraphql(step, change);
  if (dialect === undefined) return step;
  // Between quotes, what stands for an earlier step's values is read like any value, and nothing changes it.
  const readable = step.query.replace(REFERENCE, (reference) => `'${reference}'`);
  const own = (literal: Literal) => (isReference(literal.value) ? undefined : change(literal));
  const query = await mapLiterals(readable, dialect, own);
  return query === readable ? step : { ...step, query: query.replace(QUOTED_REFERENCE, '$1') };
}

function mapGraphql(step: GraphqlStep, change: ChangeLiteral): GraphqlStep {
  const { variables } = step;
  let changed = false;
  const mapValue = <Node extends ValueNode>(node: Node, place: Literal['place']): Node | undefined => {
    if (node.kind !== Kind.STRING && node.kind !== Kind.INT && node.kind !== Kind.FLOAT) return undefined;
    const kind = node.kind === Kind.STRING ? 'text' : 'number';
    if (kind === 'number' && node.value.startsWith('-')) return undefined;
    const next = change({ kind, value: node.value, place });
    if (next === undefined || next === node.value) return undefined;
    changed = true;
    return { ...node, value: next };
  };
  let place: Literal['place'] = 'value';
  const document = visit(parse(step.query), {
    Argument: {
      enter: (node) => {
        place = BOUNDS.has(node.name.value) ? 'limit' : 'value';
      },
      leave: () => {
        place = 'value';
      },
    },
    StringValue: (node) => mapValue(node, place),
    IntValue: (node) => mapValue(node, place),
    FloatValue: (node) => mapValue(node, place),
  });
  return {
    ...step,
    ...(changed ? { query: print(document) } : {}),
    ...(variables === undefined
      ? {}
      : { variables: mapVariable(variables, change) as Readonly<Record<string, unknown>> }),
  };
}

function mapVariable(value: unknown, change: ChangeLiteral): unknown {
  if (Array.isArray(value)) return value.map((item) => mapVariable(item, change));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([name, field]) => [name, mapVariable(field, change)]),
    );
  if (typeof value === 'string' && !isReference(value))
    return change({ kind: 'text', value, place: 'value' }) ?? value;
  if (typeof value === 'number' && value >= 0) {
    const next = change({ kind: 'number', value: String(value), place: 'value' });
    return next === undefined ? value : Number(next);
  }
  return value;
}

function isReference(value: string): boolean {
  return value.startsWith('{{') && value.endsWith('}}');
}
