import { AskgraphError } from '../../../schema/errors.js';
import type { Parameter } from '../statement.js';

const MARK = '\u0000';
const MARKED = new RegExp(`${MARK}(\\d+)${MARK}`, 'g');

/** Stands for the parameter at `index` (from 1) while the text is being written. No engine's text can hold its mark. */
export function positionalPlaceholder(index: number): string {
  return `${MARK}${index}${MARK}`;
}

/**
 * Writes `?` for each placeholder, and puts the parameters into the order of the text: one that stands in an expression
 * which an engine wants written twice is bound twice.
 */
export function orderPlaceholders(
  text: string,
  parameters: readonly Parameter[],
): { text: string; parameters: Parameter[] } {
  const ordered: Parameter[] = [];
  const written = text.replaceAll(MARKED, (_, index: string) => {
    const value = parameters[Number(index) - 1];
    if (value === undefined) throw new AskgraphError('INTERNAL', `There is no parameter ${index}.`);
    ordered.push(value);
    return '?';
  });
  return { text: written, parameters: ordered };
}
