import type { Grain, LiteralType, LiteralValue } from '../table-query.js';
import type { NullsPlace } from './dialect.js';

/** What dialects have in common, two or more of them. */

export function quotedText(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

export function doubleQuoted(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}

/**
 * A decimal as wide as its value: a fixed scale would round values, and make products too wide for the engine. Engines
 * take a bare DECIMAL for one without a fraction.
 */
export function decimalType(value: LiteralValue | undefined, maximumDigits: number): string {
  const [, whole = '', fraction = ''] = /^[+-]?(\d+)(?:\.(\d+))?$/.exec(String(value)) ?? [];
  const scale = Math.min(fraction.length, maximumDigits - 1);
  return `DECIMAL(${Math.min(Math.max(whole.length + scale, 1), maximumDigits)}, ${scale})`;
}

export function limitOffset(limit: number | undefined, offset: number): string[] {
  return [...(limit === undefined ? [] : [`LIMIT ${limit}`]), ...(offset === 0 ? [] : [`OFFSET ${offset}`])];
}

export function nullsOrder(operand: string, direction: 'ASC' | 'DESC', nulls: NullsPlace): string {
  return `${operand} ${direction} NULLS ${nulls === 'NONE' ? 'LAST' : nulls}`;
}

/** `date_trunc` where it knows weeks from Monday; days would lose their hour, and so are times first. */
export function dateTrunc(grain: Grain, operand: string, timestamp: string): string {
  const start = `DATE_TRUNC('${grain.toLowerCase()}', CAST(${operand} AS ${timestamp}))`;
  return grain === 'HOUR' ? start : `CAST(${start} AS DATE)`;
}

/** A literal in standard SQL; `typeName` says what a null is, `text` how the engine writes text. */
export function standardLiteral(
  value: LiteralValue,
  type: LiteralType,
  typeName: (type: LiteralType, value: LiteralValue) => string,
  text: (value: string) => string,
): string {
  if (value === null) return `CAST(NULL AS ${typeName(type, null)})`;
  switch (type) {
    case 'DATE':
      return `DATE ${quotedText(String(value))}`;
    case 'DATETIME':
      return `TIMESTAMP ${quotedText(String(value).replace('T', ' '))}`;
    case 'STRING':
      return text(String(value));
    default:
      return String(value);
  }
}
