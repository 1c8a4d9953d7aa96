import type { Catalog } from '../../schema/catalog.js';
import { AskgraphError } from '../../schema/errors.js';
import type { SubgraphDefinition } from '../define-subgraph.js';
import type { Access } from '../sql/access.js';

/**
 * What was thrown for an unknown name, as that it is not permitted: where the domain lets it be known that there is
 * something, and there is.
 */
export function explainHidden(
  thrown: unknown,
  { name: domain, hiddenNames }: SubgraphDefinition,
  { whole }: Access,
): unknown {
  if (hiddenNames !== 'notPermitted' || !isHiddenName(thrown, whole)) return thrown;
  const kind = String(thrown.details.kind);
  return new AskgraphError('FORBIDDEN', `The ${kind} "${thrown.details.name}" is not permitted.`, {
    domain,
    details: { kind, name: thrown.details.name },
  });
}

/** Whether what was thrown for an unknown name is about one that is there. */
export function isHiddenName(thrown: unknown, whole: Catalog): thrown is AskgraphError {
  if (!(thrown instanceof AskgraphError) || thrown.code !== 'UNKNOWN_NAME') return false;
  const name = String(thrown.details.name).toLowerCase();
  const names = whole.tables.flatMap((table) => [table, ...table.columns]);
  return names.some((known) => known.name.toLowerCase() === name);
}
