import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditEvent } from '../../gateway/audit/audit-event.js';
import type { LoadedDefinition } from '../../subgraphs/list.js';
import { codesOf, postGraphql } from '../post-graphql.js';
import { type StartedGateway, startGateway } from '../start-gateway.js';

const sdl = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.6", import: ["@authenticated", "@policy"])
  type Query { people: [Person!] motto: String }
  type Person { name: String pay: Int @authenticated bonus: Int @policy(policies: [["payroll"]]) }
`;

const people: LoadedDefinition = {
  folder: '',
  definition: {
    name: 'people',
    description: 'People.',
    production: 'nothing',
    open: async () => ({
      engine: 'memory',
      schema: buildSubgraphSchema({
        typeDefs: parse(sdl),
        resolvers: {
          Query: {
            people: () => [
              { name: 'Ada', pay: 7 },
              { name: 'Bob', pay: 8 },
            ],
            motto: () => 'm',
          },
        },
      }),
      sdl,
      checkHealth: async () => {},
      close: async () => {},
    }),
  },
};

describe('what federation directives keep from a caller', () => {
  const folder = mkdtempSync(join(tmpdir(), 'askgraph-directives-'));
  let gateway: StartedGateway;

  beforeAll(async () => {
    gateway = await startGateway({ ASKGRAPH_AUDIT: 'file', ASKGRAPH_AUDIT_DIRECTORY: folder }, [people]);
  });
  afterAll(async () => {
    await gateway?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const policyEvents = () =>
    readdirSync(folder)
      .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'))
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as AuditEvent)
      .filter(({ kind }) => kind === 'policy');

  it('is on record once a request, by its names, and what is permitted is not', async () => {
    await postGraphql(gateway.url, '{ motto people { name } }');
    const answer = await postGraphql(gateway.url, '{ people { name salary: pay pay bonus } }');
    expect(new Set(codesOf(answer))).toEqual(new Set(['UNAUTHENTICATED']));
    await expect.poll(policyEvents).toHaveLength(1);
    expect(policyEvents()).toMatchObject([
      {
        requestId: answer.headers.get('x-request-id'),
        subject: 'anonymous',
        decision: 'refused',
        code: 'UNAUTHENTICATED',
        facts: { fields: ['Person.bonus', 'Person.pay'] },
      },
    ]);
  });
});
