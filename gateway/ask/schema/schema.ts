import 'reflect-metadata';
import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  type ConstDirectiveNode,
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  type ListTypeNode,
  parse,
  print,
  printSchema,
  visit,
} from 'graphql';
import { buildSchema, createResolversMap, type PubSub } from 'type-graphql';
import { AskgraphError } from '../../../schema/errors.js';
import type { RequestContext } from '../../../subgraphs/request-context.js';
import { follow } from '../follow.js';
import { AskResolver } from './ask-resolver.js';
import type { AskService } from './ask-service.js';
import { checkAskInput } from './check-input.js';
import { ConversationResolver } from './conversation-resolver.js';
import type { AskInput } from './inputs.js';
import { StewardResolver } from './steward-resolver.js';

const FEDERATION =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@shareable"])';

/** The two libraries describe the same map of resolvers in types that TypeScript does not see to be the same. */
type SubgraphResolvers = NonNullable<
  Extract<Parameters<typeof buildSubgraphSchema>[0], { typeDefs: unknown }>['resolvers']
>;

export interface AskSubgraph {
  readonly sdl: string;
  /** Executable; answers `_service` too. Its context value is a RequestContext. */
  readonly schema: GraphQLSchema;
}

/** The federation subgraph that holds `ask`, over the given service. Nothing is shared between two calls. */
export async function buildAskSubgraph(service: AskService): Promise<AskSubgraph> {
  const resolvers = new Map<unknown, object>([
    [AskResolver, new AskResolver(service)],
    [ConversationResolver, new ConversationResolver(service)],
    [StewardResolver, new StewardResolver(service)],
  ]);
  const classes = await buildSchema({
    resolvers: [AskResolver, ConversationResolver, StewardResolver],
    container: { get: (resolver: unknown) => resolvers.get(resolver) ?? unknownResolver(resolver) },
    pubSub: followedQuestions(service),
    // Input is checked by `check-input.ts`, once; class-validator is not installed.
    validate: false,
  });
  const typeDefs = withSharedPages(withRowsNeverNull(parse(`${FEDERATION}\n${printSchema(classes)}`)));
  const schema = buildSubgraphSchema({
    typeDefs,
    resolvers: createResolversMap(classes) as SubgraphResolvers,
  });
  return { sdl: print(typeDefs), schema };
}

/** TypeGraphQL gives every level of a nested list the same nullability; in `[[JSON]!]!` only the cells may be null. */
function withRowsNeverNull(document: DocumentNode): DocumentNode {
  return visit(document, {
    enter: (node): ListTypeNode | undefined =>
      node.kind === Kind.LIST_TYPE && node.type.kind === Kind.LIST_TYPE
        ? { ...node, type: { kind: Kind.NON_NULL_TYPE, type: node.type } }
        : undefined,
  });
}

/** Nothing is published: who subscribes to a question asks it. */
function followedQuestions(service: AskService): PubSub {
  return {
    publish: () => {},
    subscribe: (_topic, asked) => {
      const { input, context } = asked as { readonly input: AskInput; readonly context: RequestContext };
      return follow(service, checkAskInput(input), context);
    },
  };
}

/** The domains' connections have pages of the same type. */
function withSharedPages(document: DocumentNode): DocumentNode {
  const shareable: ConstDirectiveNode = {
    kind: Kind.DIRECTIVE,
    name: { kind: Kind.NAME, value: 'shareable' },
  };
  return visit(document, {
    ObjectTypeDefinition: (node) =>
      node.name.value === 'PageInfo' ? { ...node, directives: [shareable] } : undefined,
  });
}

function unknownResolver(resolver: unknown): never {
  throw new AskgraphError('INTERNAL', `No resolver of ask's schema is called ${String(resolver)}.`);
}
