import type { FetchNodePathSegment, FetchRewrite } from '@graphql-hive/router-query-planner';
import { isJsonObject } from './json.js';
import type { TypeConditions } from './type-conditions.js';

/** A change that the plan wants made to what goes into or comes out of a subgraph. */
export interface Rewrite {
  readonly path: readonly RewriteSegment[];
  readonly change: { readonly renameTo: string } | { readonly setTo: string };
}

export type RewriteSegment = { readonly key: string } | { readonly types: ReadonlySet<string> };

/** Reads the plan's rewrites. */
export function compileRewrites(
  rewrites: readonly FetchRewrite[] | undefined,
  types: TypeConditions,
): Rewrite[] {
  return (rewrites ?? []).map((rewrite) => {
    if ('KeyRenamer' in rewrite) {
      const { path, renameKeyTo } = rewrite.KeyRenamer;
      return { path: compileSegments(path, types), change: { renameTo: renameKeyTo } };
    }
    const { path, setValueTo } = 'ValueSetter' in rewrite ? rewrite.ValueSetter : rewrite;
    return { path: compileSegments(path, types), change: { setTo: setValueTo } };
  });
}

function compileSegments(path: readonly FetchNodePathSegment[], types: TypeConditions): RewriteSegment[] {
  return path.map((segment) =>
    'Key' in segment ? { key: segment.Key } : { types: types.satisfying(segment.TypenameEquals) },
  );
}

/** Makes the changes in an answer, in place. */
export function applyRewrites(answer: unknown, rewrites: readonly Rewrite[]): void {
  for (const rewrite of rewrites) apply(answer, rewrite, 0);
}

function apply(value: unknown, rewrite: Rewrite, index: number): void {
  if (Array.isArray(value)) {
    for (const item of value) apply(item, rewrite, index);
    return;
  }
  const segment = rewrite.path[index];
  if (!isJsonObject(value) || segment === undefined) return;
  if ('types' in segment) {
    const typename = value.__typename;
    // Where the subgraph was not asked for the type, the plan knew that there can be only one.
    if (typename === undefined || segment.types.has(typename as string)) apply(value, rewrite, index + 1);
    return;
  }
  if (index < rewrite.path.length - 1) {
    apply(value[segment.key], rewrite, index + 1);
  } else if (segment.key in value) {
    if ('setTo' in rewrite.change) {
      value[segment.key] = rewrite.change.setTo;
    } else {
      value[rewrite.change.renameTo] = value[segment.key];
      delete value[segment.key];
    }
  }
}
