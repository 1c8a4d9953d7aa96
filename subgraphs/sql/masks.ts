import type { Column } from '../../schema/catalog.js';
import { assertNever } from '../../schema/errors.js';
import type { ColumnType } from '../../schema/hive-type.js';
import type { Mask } from './access.js';
import type { SelectWriter } from './writer.js';

const SHOWN_CHARACTERS = 4;
const COVER = '****';

/** The types whose values a mask can be made of; a masked value has its column's own type. */
export const MASKED_TYPES: Readonly<Record<Mask, readonly ColumnType[] | 'any'>> = {
  null: 'any',
  hash: ['STRING'],
  lastFour: ['STRING'],
  year: ['DATE', 'DATETIME'],
};

/** A cell under a mask, as SQL; `key` goes into hashes, which could be looked up otherwise. */
export function writeMask(
  writer: SelectWriter,
  column: Column,
  value: string,
  mask: Mask,
  key: string,
): string {
  const { masking, grain } = writer.dialect;
  const text = (literal: string) => writer.literal(literal, 'STRING');
  switch (mask) {
    // A branch that is never taken: a null of the column's own type, of which nested ones have no literal.
    case 'null':
      return `CASE WHEN 1 = 0 THEN ${value} END`;
    case 'hash':
      return masking.hash(text(key), value);
    case 'lastFour': {
      const whens = [
        `WHEN ${masking.characters(value)} > ${SHOWN_CHARACTERS} THEN ${masking.covered(text(COVER), value, SHOWN_CHARACTERS)}`,
        // What is no longer than what is shown is covered whole.
        `WHEN ${value} IS NOT NULL THEN ${masking.text(text(COVER))}`,
      ];
      return `CASE ${whens.join(' ')} END`;
    }
    case 'year': {
      const start = grain('YEAR', value);
      return column.columnType === 'DATETIME' ? masking.midnight(start) : start;
    }
    default:
      return assertNever(mask);
  }
}
