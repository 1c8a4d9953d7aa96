import { AskgraphError } from '../../schema/errors.js';
import { type GlueSnapshot, REFERENCES_PARAMETER, readGlueSnapshot } from '../../schema/glue.js';
import { printSubgraphSdl } from '../../schema/print-sdl.js';

/**
 * A catalog without the tables whose names cannot stand beside the others' in GraphQL (`claims_where` beside
 * `claims`): each costs itself, and is told to `warn`.
 */
export function withoutUnprintable(
  domain: string,
  snapshot: GlueSnapshot,
  warn: (message: string) => void,
): GlueSnapshot {
  if (fault(domain, snapshot) === undefined) return snapshot;
  let kept: GlueSnapshot = { ...snapshot, TableList: [] };
  for (const table of snapshot.TableList) {
    const more = withoutDeadEnds({ ...kept, TableList: [...kept.TableList, table] });
    const reason = fault(domain, more);
    if (reason === undefined) kept = { ...kept, TableList: [...kept.TableList, table] };
    else warn(`${table.Name}: it is not served, because ${reason}`);
  }
  return withoutDeadEnds(kept);
}

function fault(domain: string, snapshot: GlueSnapshot): string | undefined {
  try {
    printSubgraphSdl({ name: domain, description: '' }, readGlueSnapshot(snapshot));
    return undefined;
  } catch (error) {
    if (error instanceof AskgraphError && error.code === 'CATALOG_INVALID') return error.message;
    throw error;
  }
}

/** References to tables that are not there would be refused. */
function withoutDeadEnds(snapshot: GlueSnapshot): GlueSnapshot {
  const names = new Set(snapshot.TableList.map(({ Name }) => Name));
  const lead = (text: string | undefined) =>
    text === undefined || names.has(text.slice(0, text.lastIndexOf('.')));
  return {
    ...snapshot,
    TableList: snapshot.TableList.map((table) => ({
      ...table,
      StorageDescriptor: {
        ...table.StorageDescriptor,
        Columns: (table.StorageDescriptor?.Columns ?? []).map((column) => {
          if (lead(column.Parameters?.[REFERENCES_PARAMETER])) return column;
          const { [REFERENCES_PARAMETER]: _, ...others } = column.Parameters ?? {};
          return { ...column, Parameters: others };
        }),
      },
    })),
  };
}
