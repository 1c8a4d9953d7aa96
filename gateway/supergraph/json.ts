/** What a subgraph answers with, before anything is known about it. */
export type JsonObject = { [key: string]: unknown };

/** Whether a value is an object with fields: no list, no leaf. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
