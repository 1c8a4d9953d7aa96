import type { FlattenNodePathSegment, PlanNode, QueryPlan } from '@graphql-hive/router-query-planner';
import { buildASTSchema, type DocumentNode, type GraphQLSchema, parse } from 'graphql';
import { addEntityRoots, type EntityRoots } from './entity-roots.js';
import { findFaultyPlaces } from './faulty-places.js';
import type { QueryPlanner } from './query-planner.js';
import { splitOperation } from './split-operation.js';

/** How often one operation is split: more than any that is not made to be. */
const SPLITS = 20;

interface Continuing {
  readonly roots: EntityRoots;
  readonly schema: GraphQLSchema;
  readonly planner: QueryPlanner;
}

/**
 * A planner that plans an operation in parts where it cannot be planned as one. The planner (0.0.38) finds no way
 * where a field requires one of the subgraph from which its own subgraph was entered (a → b → list of b, whose field
 * of b requires a field of a; a → c, whose key is of b and whose field requires a field of a), and where what is
 * required is known by a key of the second alone it ends. So a first plan leads there, to their keys, and another
 * begins there. `load` loads a planner for a supergraph.
 */
export function continuingPlanner(
  planner: QueryPlanner,
  supergraph: DocumentNode,
  load: (document: DocumentNode) => Promise<QueryPlanner>,
): QueryPlanner {
  let loaded: Promise<Continuing> | undefined;
  const open = async (): Promise<Continuing> => {
    const roots = addEntityRoots(supergraph);
    const schema = buildASTSchema(roots.document, { assumeValid: true, assumeValidSDL: true });
    return { roots, schema, planner: await load(roots.document) };
  };
  const plan = async (source: string, part: QueryPlanner, splits: number): Promise<QueryPlan> => {
    try {
      return await part.plan(source);
    } catch (thrown) {
      if (splits === 0) throw thrown;
      loaded ??= open();
      const { roots, schema, planner: continuing } = await loaded;
      const document = parse(source, { noLocation: true });
      const [path] = findFaultyPlaces((thrown as Error).cause, document, schema);
      const split = path && splitOperation(document, path, schema, roots);
      if (path === undefined || split === undefined || split.first === source) throw thrown;
      const first = await plan(split.first, part, splits - 1);
      const rest: PlanNode[] = [];
      for (const { type, source: continuation } of split.rest) {
        const { node } = await plan(continuation, continuing, splits - 1);
        const place = [...path.map((name) => ({ Field: name })), { TypeCondition: [type] }];
        const moved = moveNode(node, roots, place);
        if (moved === 'misplaced') throw thrown;
        if (moved !== undefined) rest.push(moved);
      }
      const together: PlanNode[] = rest.length > 1 ? [{ kind: 'Parallel', nodes: rest }] : rest;
      return {
        kind: 'QueryPlan',
        node: { kind: 'Sequence', nodes: [...(first.node ? [first.node] : []), ...together] },
      };
    }
  };
  return {
    plan: (source) => plan(source, planner, SPLITS),
    close() {
      planner.close();
      loaded?.then(({ planner: continuing }) => continuing.close()).catch(() => {});
    },
  };
}

/** Makes a plan that begins at a root field of an entity begin at `place`. */
function moveNode(
  node: PlanNode | null | undefined,
  roots: EntityRoots,
  place: readonly FlattenNodePathSegment[],
): PlanNode | undefined | 'misplaced' {
  const move = ([, ...below]: readonly FlattenNodePathSegment[]): FlattenNodePathSegment[] => [
    ...place,
    ...below,
  ];
  switch (node?.kind) {
    case undefined:
      return undefined;
    case 'Fetch':
      // It only says the key, which is there already, under its own name.
      return node.serviceName === roots.subgraph && !node.operation.includes(':') ? undefined : 'misplaced';
    case 'Flatten':
      return { ...node, path: move(node.path) };
    case 'BatchFetch': {
      const aliases = node.entityBatch.aliases.map((alias) => ({ ...alias, paths: alias.paths.map(move) }));
      return { ...node, entityBatch: { aliases } };
    }
    case 'Sequence':
    case 'Parallel': {
      const nodes: PlanNode[] = [];
      for (const child of node.nodes) {
        const moved = moveNode(child, roots, place);
        if (moved === 'misplaced') return moved;
        if (moved !== undefined) nodes.push(moved);
      }
      return { ...node, nodes };
    }
    case 'Condition': {
      const ifClause = moveNode(node.ifClause, roots, place);
      const elseClause = moveNode(node.elseClause, roots, place);
      if (ifClause === 'misplaced' || elseClause === 'misplaced') return 'misplaced';
      return {
        kind: 'Condition',
        condition: node.condition,
        ...(ifClause === undefined ? {} : { ifClause }),
        ...(elseClause === undefined ? {} : { elseClause }),
      };
    }
    default:
      return 'misplaced';
  }
}
