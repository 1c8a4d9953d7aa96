/**
 * PostgreSQL has no character U+0000, which SQLite keeps, and fails where a text holds one. Whoever writes one finds
 * the replacement character in its place; whoever looks for one finds nothing.
 */
export function withoutNul<Value>(value: Value): Value {
  return replaced(value) as Value;
}

function replaced(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('\0', '\uFFFD');
  if (Array.isArray(value)) return value.map(replaced);
  if (value === null || typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype)
    return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, replaced(each)]));
}
