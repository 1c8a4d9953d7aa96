import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditEvent } from '../../gateway/audit/audit-event.js';
import { readConfig } from '../../gateway/config.js';
import { type Gateway, openGateway } from '../../gateway/open-gateway.js';
import type { SubgraphDefinition } from '../../subgraphs/define-subgraph.js';
import type { LoadedDefinition } from '../../subgraphs/list.js';
import type { Policy } from '../../subgraphs/policy/policy.js';
import { runSqlDoor } from '../../subgraphs/sql-door.js';
import { startTokenIssuer, type TokenIssuer } from '../fakes/token-issuer.js';
import { codesOf, type GraphqlAnswer, send } from '../post-graphql.js';
import { type StartedGateway, startGateway } from '../start-gateway.js';
import { CALLERS, demoWithPolicies } from './demo-policies.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'askgraph-policy-audit-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function eventsIn(directory: string): AuditEvent[] {
  return readdirSync(directory).flatMap((name) =>
    readFileSync(join(directory, name), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as AuditEvent),
  );
}

async function eventually<Found>(find: () => Found | undefined): Promise<Found> {
  for (let attempt = 0; ; attempt += 1) {
    const found = find();
    if (found !== undefined) return found;
    if (attempt === 200) throw new Error('It is not on record.');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('what policies decide, in the audit trail', () => {
  let gateway: StartedGateway;
  let issuer: TokenIssuer;
  let token: string;
  const trail = () => join(folder, 'trail');

  beforeAll(async () => {
    issuer = await startTokenIssuer();
    const { roles, ...claims } = CALLERS.clerk;
    token = await issuer.token({ roles: [...roles], ...claims });
    gateway = await startGateway(
      {
        ASKGRAPH_HASH_KEY: 'a secret of the tests only',
        ASKGRAPH_AUDIT: 'file',
        ASKGRAPH_AUDIT_DIRECTORY: trail(),
        AUTH_JWKS_URL: issuer.jwksUrl,
        AUTH_ISSUER: issuer.issuer,
        AUTH_AUDIENCE: 'askgraph',
      },
      await demoWithPolicies(),
    );
  }, 120_000);
  afterAll(async () => {
    await gateway?.close();
    await issuer?.close();
  });

  const asClerk = (query: string, variables?: object): Promise<GraphqlAnswer<unknown>> =>
    send(gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
    });
  const eventOf = ({ headers }: GraphqlAnswer<unknown>, kind: AuditEvent['kind']) =>
    eventually(() =>
      eventsIn(trail()).find(
        (event) => event.kind === kind && event.requestId === headers.get('x-request-id'),
      ),
    );

  it('each statement tells the digest of the rules it was made by, and what they took', async () => {
    const restricted = await eventOf(
      await asClerk('{ sales { users(limit: 1) { userid phone } } }'),
      'statement',
    );
    expect(restricted.facts?.policy).toEqual({
      digest: expect.stringMatching(/^[\w-]{22}$/),
      restricted: { users: { rows: 'filtered', masked: ['phone'], aggregatesOnly: [] } },
      maximumRows: 50,
    });
    const open = await eventOf(
      await asClerk('{ finance { __typename } sales { event(limit: 1) { eventid } } }'),
      'statement',
    );
    expect(open.facts?.policy).toMatchObject({ restricted: {} });
  });

  it('a hidden name that somebody asks for is a refusal, though nobody is told', async () => {
    const answer = await asClerk('{ sales { users { userid emial email } } hr { employees { empNo } } }');
    const event = await eventOf(answer, 'policy');
    expect(event).toMatchObject({
      decision: 'refused',
      code: 'UNKNOWN_NAME',
      subject: 'cyd',
      facts: { names: ['email', 'hr'] },
    });
    const absent = await asClerk('{ sales { users { nothing } } }');
    await asClerk('{ sales { users { email } } }').then((later) => eventOf(later, 'policy'));
    expect(eventsIn(trail()).some(({ requestId }) => requestId === absent.headers.get('x-request-id'))).toBe(
      false,
    );
  });

  it('so is one that is given in a variable, and a mistake in one is none', async () => {
    const query = 'query ($where: SalesUsersWhere) { sales { users(where: $where) { userid } } }';
    const answer = await asClerk(query, { where: { and: [{ email: { eq: 'x' }, emial: 1 }] } });
    expect(codesOf(answer)).toEqual(['BAD_USER_INPUT', 'BAD_USER_INPUT']);
    expect(await eventOf(answer, 'policy')).toMatchObject({
      decision: 'refused',
      code: 'UNKNOWN_NAME',
      subject: 'cyd',
      facts: { names: ['email'] },
    });
    const absent = await asClerk(query, { where: { nothing: { eq: 'x' } } });
    await asClerk(query, { where: { email: { eq: 'x' } } }).then((later) => eventOf(later, 'policy'));
    expect(eventsIn(trail()).some(({ requestId }) => requestId === absent.headers.get('x-request-id'))).toBe(
      false,
    );
  });

  it('an answer of permissions that its caller has no more is withheld, and that is on record', async () => {
    const as = async (roles: readonly string[], query: string) =>
      send<{ ask: { id: string; conversationId: string } }>(gateway.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${await issuer.token({ sub: 'hal', roles: [...roles] })}`,
        },
        body: JSON.stringify({ query }),
      });
    const question = 'How many employees were hired before 1990?';
    const asked = await as(['hr'], `{ ask(input: {question: "${question}"}) { id conversationId } }`);
    const { id, conversationId } = asked.data.ask;
    const withheld = await as([], `{ answer(id: "${id}") { text } }`);
    expect(codesOf(withheld)).toEqual(['FORBIDDEN']);
    const about = { kind: 'policy', decision: 'refused', code: 'FORBIDDEN', subject: 'hal' };
    expect(await eventOf(withheld, 'policy')).toMatchObject({ ...about, facts: { answerIds: [id] } });
    const conversation = `{ conversation(id: "${conversationId}") { answers { id } } }`;
    const empty = await as([], conversation);
    expect(empty.data).toEqual({ conversation: { answers: [] } });
    expect(await eventOf(empty, 'policy')).toMatchObject({ ...about, facts: { answerIds: [id] } });
    const again = await as(['hr'], conversation);
    expect(again.data).toEqual({ conversation: { answers: [{ id }] } });
    await as([], conversation).then((later) => eventOf(later, 'policy'));
    expect(eventsIn(trail()).some(({ requestId }) => requestId === again.headers.get('x-request-id'))).toBe(
      false,
    );
  });
});

describe('the digest in the trail', () => {
  it('is that of the edition which is served, and SQL that policies refuse is on record', async () => {
    const directory = join(folder, 'followed');
    const config = readConfig({
      ASKGRAPH_HOME: join(folder, 'home'),
      ASKGRAPH_AUDIT: 'file',
      ASKGRAPH_AUDIT_DIRECTORY: directory,
    });
    const all = await demoWithPolicies();
    const withPolicy = (version: string, columns: readonly string[]): LoadedDefinition[] => {
      const policy: readonly Policy[] = [
        { name: 'some', for: 'everyone', admit: [{ tables: 'venue', columns }] },
      ];
      return all
        .filter(({ definition }) => definition.name === 'sales')
        .map((loaded) => ({
          ...loaded,
          version,
          definition: { ...loaded.definition, policy } as SubgraphDefinition,
        }));
    };
    let definitions = withPolicy('1', ['venueid', 'venuename']);
    const gateway: Gateway = await openGateway({
      config,
      definitions,
      list: async () => definitions,
      report: () => {},
      warn: () => {},
    });
    try {
      const caller = { subject: 'ann', roles: [], claims: {} };
      const ask = async (requestId: string): Promise<void> => {
        const context = { requestId, caller, signal: AbortSignal.timeout(20_000), asOf: new Date() };
        const sql = 'SELECT venuecity FROM venue';
        await expect(runSqlDoor(gateway.subgraphs[0], 'sales', sql, 10, context)).rejects.toMatchObject({
          code: 'UNKNOWN_NAME',
        });
      };
      const eventOf = (requestId: string) =>
        eventually(() =>
          eventsIn(directory).find((event) => event.kind === 'policy' && event.requestId === requestId),
        );
      await gateway.knowledge();
      await ask('before');
      const before = await eventOf('before');
      expect(before).toMatchObject({ decision: 'refused', domain: 'sales', facts: { name: 'venuecity' } });
      expect(before.policyDigest).toBe(gateway.accessOf(caller).digest);

      definitions = withPolicy('2', ['venueid']);
      expect(await gateway.refresh()).toBe('replaced');
      await ask('after');
      const after = await eventOf('after');
      expect(after.policyDigest).toBe(gateway.accessOf(caller).digest);
      expect(after.policyDigest).not.toBe(before.policyDigest);
    } finally {
      await gateway.close();
    }
  }, 120_000);
});
