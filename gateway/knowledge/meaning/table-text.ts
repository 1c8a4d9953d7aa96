import type { AskColumn, AskDomain, AskTable } from '../domain.js';

/** Beyond this some models refuse a text, and others leave off its end without a word. */
const LONGEST = 1_500;

/** What a table is about, in words for a model that places it by its meaning; no value that it holds. */
export function tableText(
  domain: Pick<AskDomain, 'name' | 'description'>,
  table: AskTable,
  isHeldBack: (column: string) => boolean,
): string {
  const columns = table.columns.filter(({ name }) => !isHeldBack(name));
  const parts = [
    table.label,
    table.comment,
    columns.length === 0 ? '' : `with ${columns.map(columnText).join(', ')}`,
    `of ${domain.name}`,
    domain.description,
  ];
  return parts
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join('; ')
    .slice(0, LONGEST);
}

function columnText({ label, comment }: AskColumn): string {
  return comment === '' ? label : `${label} (${comment})`;
}
