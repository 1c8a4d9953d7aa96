import { type DocumentNode, print } from 'graphql';
import { LRUCache } from 'lru-cache';
import { type PreparedOperation, type PrepareOptions, prepareOperation } from './prepare.js';

export interface PreparedCacheOptions extends PrepareOptions {
  /** How many operations are kept. */
  readonly size: number;
}

type Prepare = (document: DocumentNode, operationName: string | undefined) => Promise<PreparedOperation>;

/**
 * Prepares operations, each once. Documents that print alike are one operation, however they were written; a document
 * that was seen before (a server keeps its parsed documents) is not even printed. One that cannot be planned is not
 * remembered.
 */
export function createPreparedCache({ size, ...options }: PreparedCacheOptions): Prepare {
  const byText = new LRUCache<string, Promise<PreparedOperation>>({ max: size });
  const textOf = new WeakMap<DocumentNode, string>();
  return (document, operationName) => {
    let text = textOf.get(document);
    if (text === undefined) {
      text = print(document);
      textOf.set(document, text);
    }
    const key = `${operationName ?? ''}\n${text}`;
    const known = byText.get(key);
    if (known !== undefined) return known;
    const prepared = prepareOperation(document, operationName, options);
    byText.set(key, prepared);
    prepared.catch(() => {
      byText.delete(key);
    });
    return prepared;
  };
}
