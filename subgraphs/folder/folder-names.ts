import { fieldName } from '../../schema/names.js';

/**
 * A domain's name from its folder's: `Sales 2024` → `Sales_2024`. Letters stay as they are, so that people find the
 * folder by it; the same folder always gives the same name.
 */
export function domainNameOf(folder: string): string {
  const plain = folder
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .replaceAll(/(?![A-Za-z0-9])[\p{L}\p{N}]/gu, (letter) => `u${letter.codePointAt(0)!.toString(16)}`)
    .replaceAll(/[^A-Za-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '');
  return plain === '' ? 'data' : plain;
}

/** A table's name: words of letters, digits and underscores, in any script. */
export function tableNameOf(text: string): string {
  const name = text
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, '_')
    .replaceAll(/^_+|_+$/g, '');
  return name === '' ? 'table' : name;
}

/** A column's name as it stands, but for quotes, dots, commas and what no one can see, which names of names are made of. */
export function columnNameOf(text: string, position: number): string {
  const name = text
    .normalize('NFC')
    .replaceAll(/["'`\\.,;\p{C}\p{Z}]+/gu, ' ')
    .trim();
  return name === '' ? `column_${position + 1}` : name;
}

/** What two names have in common that are one in GraphQL or in DuckDB, which overlooks large and small letters. */
export function nameKey(name: string): string {
  return fieldName(name).toLowerCase();
}

/** What a row's filter uses for itself. */
const RESERVED = ['and', 'or', 'not'];

/** The names of a table's columns: those that would be one in GraphQL are numbered, `name` and `Name_2`. */
export function distinctColumnNames(texts: readonly string[]): string[] {
  const taken = new Set(RESERVED);
  return texts.map((text, position) => {
    const plain = columnNameOf(text, position);
    let name = plain;
    for (let number = 2; taken.has(nameKey(name)); number++) name = `${plain}_${number}`;
    taken.add(nameKey(name));
    return name;
  });
}

/** A name as SQL. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
