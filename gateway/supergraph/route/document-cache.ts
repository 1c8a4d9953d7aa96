import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  NoSchemaIntrospectionCustomRule,
  type OperationDefinitionNode,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import { LRUCache } from 'lru-cache';

/** A document that may be executed, or why it may not. */
export type CheckedDocument =
  | {
      readonly document: DocumentNode;
      operation(name: string | undefined): OperationDefinitionNode | undefined;
    }
  | { readonly errors: readonly GraphQLError[] };

export interface DocumentCacheOptions {
  readonly schema: GraphQLSchema;
  /** How many documents are kept, and how many characters of source in all: parsed they take far more memory. */
  readonly documents: number;
  readonly characters: number;
  /** The most lexical tokens that a document may have. */
  readonly maximumTokens: number;
  readonly introspection: 'allowed' | 'refused';
}

const MAXIMUM_ERRORS = 20;

/** Parses and validates documents, each once while it is remembered. Only documents that are valid are remembered. */
export function createDocumentCache(options: DocumentCacheOptions): (source: string) => CheckedDocument {
  const { schema, maximumTokens } = options;
  const known = new LRUCache<string, CheckedDocument>({
    max: options.documents,
    maxSize: options.characters,
    sizeCalculation: (_, source) => source.length + 1,
  });
  const rules =
    options.introspection === 'allowed'
      ? specifiedRules
      : [...specifiedRules, NoSchemaIntrospectionCustomRule];
  return (source) => {
    const remembered = known.get(source);
    if (remembered !== undefined) return remembered;
    const document = parseDocument(source, maximumTokens);
    if (document instanceof GraphQLError) return { errors: [document] };
    const errors = validate(schema, document, rules, { maxErrors: MAXIMUM_ERRORS });
    if (errors.length > 0) return { errors };
    // What is kept has no places in the source, which hold on to every token of it: only errors need them.
    const kept = parse(source, { noLocation: true });
    const checked = { document: kept, operation: operationsOf(kept) };
    known.set(source, checked);
    return checked;
  };
}

function operationsOf(
  document: DocumentNode,
): (name: string | undefined) => OperationDefinitionNode | undefined {
  const only = getOperationAST(document) ?? undefined;
  return (name) => (name === undefined ? only : (getOperationAST(document, name) ?? undefined));
}

function parseDocument(source: string, maxTokens: number): DocumentNode | GraphQLError {
  try {
    return parse(source, { maxTokens });
  } catch (thrown) {
    if (thrown instanceof GraphQLError) return thrown;
    throw thrown;
  }
}
