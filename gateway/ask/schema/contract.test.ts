import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { composeServices } from '@theguild/federation-composition';
import {
  buildSchema,
  findBreakingChanges,
  findDangerousChanges,
  isObjectType,
  parse,
  printSchema,
} from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { OWN_QUERY_FIELDS } from '../../../schema/own-fields.js';
import { type AskSubgraph, buildAskSubgraph } from './schema.js';
import { serviceOf } from './service-of.test-helper.js';

/** What federation itself adds to a subgraph that is run on its own. */
const FEDERATION_OWN = /^extend schema[^\n]*\n| @shareable/gm;

let subgraph: AskSubgraph;
beforeAll(async () => {
  subgraph = await buildAskSubgraph(serviceOf({}));
});

describe('the schema of ask', () => {
  it('is the contract in ask.graphql, and has nothing beside it', async () => {
    const contract = buildSchema(await readFile(path.join(import.meta.dirname, '..', 'ask.graphql'), 'utf8'));
    const made = buildSchema(subgraph.sdl.replaceAll(FEDERATION_OWN, ''));
    const lost = [...findBreakingChanges(contract, made), ...findDangerousChanges(contract, made)];
    expect(lost.map((change) => change.description)).toEqual([]);
    const added = [...findBreakingChanges(made, contract), ...findDangerousChanges(made, contract)];
    expect(added.map((change) => change.description)).toEqual([]);
  });

  it('has the query fields that are kept from domains and from steps, and no other', () => {
    const { Query } = buildSchema(subgraph.sdl.replaceAll(FEDERATION_OWN, '')).getTypeMap();
    expect(isObjectType(Query) && Object.keys(Query.getFields()).sort()).toEqual(OWN_QUERY_FIELDS.toSorted());
  });

  it('says of every type and field what it is', () => {
    const made = buildSchema(subgraph.sdl.replaceAll(FEDERATION_OWN, ''));
    const silent = Object.values(made.getTypeMap())
      .filter((type) => !type.name.startsWith('__') && type.astNode)
      .flatMap((type) => [
        ...(type.description || ['Query', 'Mutation', 'Subscription'].includes(type.name) ? [] : [type.name]),
        ...('getFields' in type
          ? Object.values(type.getFields())
          : 'getValues' in type
            ? type.getValues()
            : []
        )
          .filter((member) => !member.description)
          .map((member) => `${type.name}.${member.name}`),
      ]);
    expect(silent).toEqual([]);
  });

  it('composes with a domain that has scalars of the same names', () => {
    const hr = `
      extend schema @link(url: "https://specs.apollo.dev/federation/v2.5")
      scalar Date
      scalar DateTime
      scalar JSON
      type Query { hr: HrQuery }
      type HrQuery { hireDate: Date, changedAt: DateTime, address: JSON }`;
    const composed = composeServices([
      { name: 'ask', typeDefs: parse(subgraph.sdl) },
      { name: 'hr', typeDefs: parse(hr) },
    ]);
    expect(composed.errors ?? []).toEqual([]);
    const supergraph = buildSchema(composed.supergraphSdl ?? '');
    expect(Object.keys(supergraph.getQueryType()?.getFields() ?? {}).sort()).toEqual([
      'answer',
      'ask',
      'conversation',
      'conversations',
      'feedbackToReview',
      'hr',
      'verifiedQueries',
    ]);
    expect(Object.keys(supergraph.getMutationType()?.getFields() ?? {}).sort()).toEqual([
      'approveVerifiedQuery',
      'deleteConversation',
      'giveFeedback',
      'withdrawVerifiedQuery',
    ]);
    expect(Object.keys(supergraph.getSubscriptionType()?.getFields() ?? {})).toEqual(['ask']);
  });

  it('is the same in print and in force', () => {
    const inForce = printSchema(subgraph.schema);
    const table = subgraph.schema.getType('AnswerTable');
    expect(isObjectType(table) && String(table.getFields().rows?.type)).toBe('[[JSON]!]!');
    expect(inForce).toContain('conversations(');
    expect(subgraph.sdl).toContain('rows: [[JSON]!]!');
  });
});
