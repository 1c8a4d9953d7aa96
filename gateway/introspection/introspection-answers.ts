import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import { constants, createGzip, gunzip } from 'node:zlib';
import { type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import { type DocumentNode, type GraphQLSchema, type OperationDefinitionNode, print } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { RequestContext } from '../../subgraphs/request-context.js';
import { isIntrospectionOnly, writeIntrospection } from './write-introspection.js';

/** Answers of a schema, compressed; tools ask for a schema in a few forms, each always in the same. */
const REMEMBERED_FORMS = 8;
/** So much text is written before other requests get their turn. */
const TURN_LENGTH = 500_000;

export interface IntrospectionAnswers {
  /** Carries out operations that ask for nothing but the schema. */
  readonly plugin: ApolloServerPlugin<RequestContext>;
  /** The answer that the plugin has put down for a request; undefined where it was answered as any other. */
  take(context: RequestContext): Promise<Buffer> | undefined;
}

const plain = promisify(gunzip);

/** An answer as it was before it was compressed. */
export async function uncompressed(answer: Buffer): Promise<Buffer> {
  return plain(answer);
}

/**
 * Answers to introspections are written once for each schema that callers see, and kept compressed with it: that of a
 * large catalog is tens of megabytes of JSON, and one fortieth of it when compressed.
 */
export function makeIntrospectionAnswers(): IntrospectionAnswers {
  const bySchema = new WeakMap<GraphQLSchema, LRUCache<string, Promise<Buffer>>>();
  // Apollo Server copies the context; the signal in it is the request's own.
  const byRequest = new WeakMap<AbortSignal, Promise<Buffer>>();
  const find = (schema: GraphQLSchema, operation: OperationDefinitionNode, document: DocumentNode) => {
    const answers = bySchema.get(schema) ?? new LRUCache<string, Promise<Buffer>>({ max: REMEMBERED_FORMS });
    bySchema.set(schema, answers);
    const form = `${operation.name?.value ?? ''}\n${print(document)}`;
    let answer = answers.get(form);
    if (answer === undefined) {
      answer = compress(writeIntrospection(schema, operation, document));
      answers.set(form, answer);
      answer.catch(() => answers.delete(form));
    }
    return answer;
  };
  return {
    plugin: {
      async requestDidStart() {
        return {
          async responseForOperation({ schema, operation, document, contextValue }) {
            if (!isIntrospectionOnly(operation, document)) return null;
            byRequest.set(contextValue.signal, find(schema, operation, document));
            return {
              http: { headers: new HeaderMap() },
              body: { kind: 'single', singleResult: { data: {} } },
            };
          },
        };
      },
    },
    take: ({ signal }) => byRequest.get(signal),
  };
}

async function compress(pieces: Iterable<string>): Promise<Buffer> {
  const gzip = createGzip({ level: constants.Z_BEST_SPEED });
  const chunks: Buffer[] = [];
  gzip.on('data', (chunk: Buffer) => chunks.push(chunk));
  let text = '';
  for (const piece of pieces) {
    text += piece;
    if (text.length < TURN_LENGTH) continue;
    if (!gzip.write(text)) await once(gzip, 'drain');
    text = '';
    await setImmediate();
  }
  gzip.end(text);
  await once(gzip, 'end');
  return Buffer.concat(chunks);
}
