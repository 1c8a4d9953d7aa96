import { defaultFieldResolver, type GraphQLSchema } from 'graphql';
import { AskgraphError } from '../../schema/errors.js';
import type { RequestContext } from '../request-context.js';
import type { Permissions } from './permissions.js';

/** What describes a subgraph to whoever composes it; it is no data. */
const DESCRIBING = '_service';

/** A hand-written schema is admitted as a whole: to whom it is hidden, none of its root fields answers. */
export function admitToSchema(
  schema: GraphQLSchema,
  domain: string,
  permissions: Permissions,
): GraphQLSchema {
  if (permissions.kind === 'open') return schema;
  for (const root of [schema.getQueryType(), schema.getMutationType()]) {
    for (const field of Object.values(root?.getFields() ?? {})) {
      if (field.name === DESCRIBING) continue;
      const resolve = field.resolve ?? defaultFieldResolver;
      field.resolve = (source, args, context: unknown, info) => {
        if (permissions.accessOf((context as RequestContext).caller).domain === 'hidden') {
          throw new AskgraphError('UNKNOWN_NAME', `Unknown field "${field.name}" in ${root?.name}.`, {
            domain,
            details: { kind: 'field', name: field.name, suggestions: [] },
          });
        }
        return resolve(source, args, context, info) as unknown;
      };
    }
  }
  return schema;
}
