/** The first name that is in a list for the second time. */
export function findTwin(names: Iterable<string | undefined>): string | undefined {
  const seen = new Set<string | undefined>();
  for (const name of names) {
    if (name !== undefined && seen.has(name)) return name;
    seen.add(name);
  }
  return undefined;
}
