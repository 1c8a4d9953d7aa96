import type { RemovedField, TableModel } from '../../schema/domain-model.js';
import { AskgraphError } from '../../schema/errors.js';
import type { ResolverMap } from './resolvers.js';
import type { TypedDomain } from './typed-domain.js';

const EMPTY_PAGE = {
  edges: [],
  pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
  totalCount: '0',
};

/** What the names that were removed are answered by, without a statement. All that is not here is null. */
export function removedResolvers({ model }: TypedDomain): ResolverMap {
  const resolvers: ResolverMap = {};
  for (const { typeName, removed } of model.tables) {
    resolvers[typeName] = Object.fromEntries(
      [...removed]
        .filter(([, { kind }]) => kind !== 'value')
        .map(([name, { kind }]) => [name, () => answerOf(kind)]),
    );
  }
  const namespace: ResolverMap[string] = {};
  for (const { listField, aggregateField, connectionField, byKeyField } of model.removedTables) {
    namespace[listField] = () => answerOf('list');
    namespace[aggregateField] = () => answerOf('list');
    if (connectionField !== undefined) namespace[connectionField] = () => answerOf('connection');
    if (byKeyField !== undefined) namespace[byKeyField] = () => answerOf('value');
  }
  resolvers[model.namespaceType] = namespace;
  return resolvers;
}

/** Refuses to filter, group or order by what was removed: its values are not there to be compared. */
export function refuseRemoved(model: TableModel, name: string): void {
  const removed = model.removed.get(name);
  if (removed === undefined) return;
  throw new AskgraphError(
    'BAD_USER_INPUT',
    `"${name}" of ${model.table.name} was removed from the catalog on ${removed.on}: rows can't be chosen, grouped or ordered by it.`,
    { details: { field: name, removed: removed.on, until: removed.until } },
  );
}

function answerOf(kind: RemovedField['kind']): unknown {
  switch (kind) {
    case 'list':
      return [];
    case 'connection':
      return EMPTY_PAGE;
    case 'value':
      return null;
    default:
      return kind satisfies never;
  }
}
