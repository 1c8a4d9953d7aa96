import type { Cell } from '../../subgraphs/sql/statement.js';
import type { Grain } from '../../subgraphs/sql/table-query.js';
import { MONTHS } from '../knowledge/text/months.js';
import type { AnswerColumn } from './answer-types.js';

const CURRENCIES: ReadonlyMap<string, string> = new Map(Object.entries({ USD: '$', EUR: '€', GBP: '£' }));

export interface ShownColumn extends Pick<AnswerColumn, 'type' | 'unit'> {
  readonly label?: string;
  /** Of a column of periods, whose cells are their first days. */
  readonly grain?: Grain;
}

/** A cell as a person writes it: `16614814.65` in USD is `$16,614,814.65`, `1963-05-01` is `May 1, 1963`. */
export function formatCell(value: Cell, column: ShownColumn): string {
  if (value === null) return 'nothing';
  if (column.grain !== undefined) return formatPeriod(String(value), column.grain);
  switch (column.type) {
    case 'INTEGER':
    case 'BIGINT':
    case 'DECIMAL':
    case 'FLOAT':
      if (column.type === 'INTEGER' && /\byear$/i.test(column.label ?? '')) return String(value);
      return withUnit(formatNumber(value as string | number, column), column.unit);
    case 'DATE':
      return formatDate(String(value));
    case 'DATETIME':
      return String(value).endsWith('T00:00:00')
        ? formatDate(String(value))
        : `${formatDate(String(value))} ${String(value).slice(11, 16)}`;
    case 'BOOLEAN':
      return value === true ? 'yes' : 'no';
    case 'STRING':
      return String(value);
    case 'JSON':
      return JSON.stringify(value);
  }
}

/** Digits in groups of three. Exact numbers keep every digit; floats keep what their size makes meaningful. */
function formatNumber(value: string | number, { type, unit }: ShownColumn): string {
  const isMoney = unit !== null && CURRENCIES.has(unit);
  const text =
    type === 'FLOAT' ? (isMoney ? Number(value).toFixed(2) : roundFloat(Number(value))) : String(value);
  const [whole, fraction] = text.split('.');
  const grouped = whole!.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

function roundFloat(value: number): string {
  const size = Math.abs(value);
  if (Number.isInteger(value)) return String(value);
  if (size >= 100_000) return value.toFixed(0);
  return size >= 1 ? value.toFixed(2) : String(Number(value.toPrecision(3)));
}

function withUnit(text: string, unit: string | null): string {
  if (unit === null) return text;
  const symbol = CURRENCIES.get(unit);
  if (symbol !== undefined) return text.startsWith('-') ? `-${symbol}${text.slice(1)}` : `${symbol}${text}`;
  return unit === '%' || unit.startsWith('°') ? `${text}${unit}` : `${text} ${unit}`;
}

function formatPeriod(start: string, grain: Grain): string {
  const [year, month] = start.split('-').map(Number);
  switch (grain) {
    case 'YEAR':
      return String(year);
    case 'QUARTER':
      return `Q${Math.ceil((month ?? 1) / 3)} ${year}`;
    case 'MONTH':
      return `${MONTHS[(month ?? 1) - 1]} ${year}`;
    case 'WEEK':
      return `the week of ${formatDate(start)}`;
    case 'DAY':
      return formatDate(start);
    case 'HOUR':
      return `${formatDate(start)} ${start.slice(11, 16)}`;
  }
}

/** `2023-12-31` or a timestamp that starts so → `December 31, 2023`. */
export function formatDate(iso: string): string {
  const [year, month, day] = iso.slice(0, 10).split('-').map(Number);
  return `${MONTHS[(month ?? 1) - 1]} ${day}, ${year}`;
}
