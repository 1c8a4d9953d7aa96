import { type DocumentNode, print } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Conditions } from './plannable-operation.js';
import type { ActiveOverrides } from './planning/query-planner.js';
import {
  type FoundOperation,
  findOperation,
  type PreparedOperation,
  type PrepareOptions,
  prepareOperation,
} from './prepare.js';

export interface PreparedCacheOptions extends PrepareOptions {
  /** How many operations are kept. */
  readonly size: number;
}

type Values = Readonly<Record<string, unknown>>;

/** An operation that has been found in a document, and what prepares it. */
export interface PreparableOperation extends FoundOperation {
  /** Prepares it for the values of its conditions, and for the overrides that hold. */
  prepare(variables: Values, overrides: ActiveOverrides): Promise<PreparedOperation>;
}

/**
 * How many conditional variables are settled before planning. Each combination of their values then has a plan of its
 * own, with nothing in it that is not asked for; an operation with more is planned once, for all of them.
 */
const SETTLED_CONDITIONS = 4;

/** How many variants of one operation its document leads to; who sets labels must not fill the memory with them. */
const REMEMBERED_VARIANTS = 64;

/**
 * Prepares operations, each once. Documents that print alike are one operation, however they were written; a document
 * that was seen before (a server keeps its parsed documents) is not even printed. One that cannot be planned is not
 * remembered.
 */
export function createPreparedCache({
  size,
  ...options
}: PreparedCacheOptions): (document: DocumentNode, operationName: string | undefined) => PreparableOperation {
  const byText = new LRUCache<string, Promise<PreparedOperation>>({ max: size });
  const byDocument = new WeakMap<DocumentNode, Map<string | undefined, PreparableOperation>>();

  const open = (document: DocumentNode, operationName: string | undefined): PreparableOperation => {
    const found = findOperation(document, operationName);
    const settled = found.conditions.length <= SETTLED_CONDITIONS ? found.conditions : [];
    const text = print(document);
    const variants = new Map<string, Promise<PreparedOperation>>();
    const prepare = (variables: Values, overrides: ActiveOverrides): Promise<PreparedOperation> => {
      const conditional = settled.map((name) => (variables[name] === true ? '1' : '0')).join('');
      const variant = overrides.key === '' ? conditional : `${conditional} ${overrides.key}`;
      const known = variants.get(variant);
      if (known !== undefined) return known;
      const key = `${variant}\n${operationName ?? ''}\n${text}`;
      const conditions: Conditions = new Map(settled.map((name) => [name, variables[name] === true]));
      const prepared = byText.get(key) ?? prepareOperation(found, conditions, overrides, options);
      byText.set(key, prepared);
      if (variants.size === REMEMBERED_VARIANTS) variants.clear();
      variants.set(variant, prepared);
      prepared.catch(() => {
        byText.delete(key);
        variants.delete(variant);
      });
      return prepared;
    };
    return { ...found, prepare };
  };

  return (document, operationName) => {
    let operations = byDocument.get(document);
    if (operations === undefined) {
      operations = new Map();
      byDocument.set(document, operations);
    }
    let operation = operations.get(operationName);
    if (operation === undefined) {
      operation = open(document, operationName);
      operations.set(operationName, operation);
    }
    return operation;
  };
}
