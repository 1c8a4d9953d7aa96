import type { ExecutionResult } from 'graphql';
import { fieldName, namespaceField } from '../../schema/names.js';
import type { AskColumn, AskDomain, AskTable, ColumnFacts, Profile, TableFacts } from './domain.js';

/** Distinct values kept of a column; one with more is not a name that a question would say. */
const MAX_VALUES = 2_000;

export type RunQuery = (query: string) => Promise<ExecutionResult>;

/**
 * Samples what the domains' columns hold, through their own typed API: the distinct values of text columns, how far
 * dates reach. A domain that does not answer has no facts, and questions to it rely on names alone.
 */
export async function profileDomains(
  domains: readonly AskDomain[],
  run: RunQuery,
  report: (message: string) => void,
): Promise<Profile> {
  const facts: Facts = { columns: new Map(), tables: new Map() };
  for (const domain of domains) {
    for (const table of domain.tables) {
      if (table.operation !== undefined) continue;
      try {
        await profileTable(table, run, facts);
      } catch (error) {
        report(
          `No profile of ${domain.name}.${table.name}: ${error instanceof Error ? error.message : String(error)}`,
        );
      }
    }
  }
  return {
    tableFacts: (domain, table) => facts.tables.get(key(domain, table)),
    columnFacts: (domain, table, column) => facts.columns.get(key(domain, table, column)),
  };
}

interface Facts {
  readonly columns: Map<string, ColumnFacts>;
  readonly tables: Map<string, TableFacts>;
}

async function profileTable(table: AskTable, run: RunQuery, facts: Facts): Promise<void> {
  const texts = table.columns.filter(
    (column) => column.columnType === 'STRING' && column.references === undefined,
  );
  const dates = table.columns.filter(
    (column) => column.columnType === 'DATE' || column.columnType === 'DATETIME',
  );
  const selections = [
    ...texts.map((column, index) => valuesSelection(table, column, index)),
    ...rangeSelection(table, dates),
  ];
  const rows = await namespaceData(table, run, selections);
  texts.forEach((column, index) => {
    const groups = rows[`values${index}`] ?? [];
    if (groups.length > MAX_VALUES) return;
    const values = groups.flatMap((group) => {
      const value = (group.keys as Record<string, unknown>)[fieldName(column.name)];
      return typeof value === 'string' && value !== '' ? [value] : [];
    });
    facts.columns.set(key(table.domain, table.name, column.name), { values });
  });
  const [range] = rows.range ?? [];
  if (range?.count !== undefined)
    facts.tables.set(key(table.domain, table.name), { rows: Number(range.count) });
  for (const column of dates) {
    const from = (range?.min as Record<string, unknown> | undefined)?.[fieldName(column.name)];
    const to = (range?.max as Record<string, unknown> | undefined)?.[fieldName(column.name)];
    if (typeof from === 'string' && typeof to === 'string')
      facts.columns.set(key(table.domain, table.name, column.name), { range: { from, to } });
  }
}

function valuesSelection(table: AskTable, column: AskColumn, index: number): string {
  const field = fieldName(column.name);
  return `values${index}: ${fieldName(table.name)}Aggregate(groupBy: [{${field}: {}}], limit: ${MAX_VALUES + 1}) { keys { ${field} } }`;
}

function rangeSelection(table: AskTable, dates: readonly AskColumn[]): string[] {
  const fields = dates.map((column) => fieldName(column.name)).join(' ');
  const ends = dates.length === 0 ? '' : ` min { ${fields} } max { ${fields} }`;
  return [`range: ${fieldName(table.name)}Aggregate { count${ends} }`];
}

async function namespaceData(
  table: AskTable,
  run: RunQuery,
  selections: readonly string[],
): Promise<Record<string, Record<string, unknown>[] | undefined>> {
  const namespace = namespaceField(table.domain);
  const result = await run(`{ ${namespace} { ${selections.join(' ')} } }`);
  const [error] = result.errors ?? [];
  if (error !== undefined) throw error;
  return (result.data?.[namespace] ?? {}) as Record<string, Record<string, unknown>[] | undefined>;
}

function key(...names: readonly string[]): string {
  return names.join('\n');
}
