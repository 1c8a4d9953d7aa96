/** Where a step speaks of an earlier one's values: `{{step.column}}`. */
export const REFERENCE = /\{\{\s*([a-z][a-z0-9_]*)\.([^{}]+?)\s*\}\}/g;

/** The names of the steps that texts speak of. */
export function referencesIn(texts: readonly string[]): string[] {
  return texts.flatMap((text) => [...text.matchAll(REFERENCE)].map(([, step = '']) => step));
}

/** A query with something in the place of every value that is not known yet, so that it can be read. */
export function withoutReferences(query: string): string {
  return query.replace(REFERENCE, 'NULL');
}
