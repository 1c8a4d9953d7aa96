import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTokenIssuer, type TokenIssuer } from '../fakes/token-issuer.js';
import { demoWithPolicies } from '../policy/demo-policies.js';
import { codesOf, type GraphqlAnswer, send } from '../post-graphql.js';
import { type StartedGateway, startGateway } from '../start-gateway.js';

/** Everybody sees what is sold, analysts who buys it, and `hr` the people. */
const ROLES = {
  analyst: ['analyst'],
  hr: ['hr'],
  steward: ['steward'],
  hrSteward: ['steward', 'hr'],
} as const;
type Name = keyof typeof ROLES;

const ON_VENUES = 'How many venues are there?';
const ON_USERS = 'How many users are there?';
const ON_PEOPLE = 'How many employees were hired before 1990?';

interface Listed {
  readonly edges: readonly {
    readonly cursor: string;
    readonly node: {
      readonly id: string;
      readonly question: string;
      readonly queries: readonly { readonly domain: string | null; readonly query: string }[];
    };
  }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

let issuer: TokenIssuer;
let gateway: StartedGateway;
const tokens = new Map<Name, string>();
const feedback = new Map<string, string>();

beforeAll(async () => {
  issuer = await startTokenIssuer();
  gateway = await startGateway(
    {
      ASKGRAPH_HASH_KEY: 'a secret of the tests only',
      AUTH_JWKS_URL: issuer.jwksUrl,
      AUTH_ISSUER: issuer.issuer,
      AUTH_AUDIENCE: 'askgraph',
    },
    await demoWithPolicies(),
  );
  for (const [name, roles] of Object.entries(ROLES))
    tokens.set(name as Name, await issuer.token({ sub: name, roles: [...roles] }));
  for (const [name, question] of [
    ['analyst', ON_VENUES],
    ['analyst', ON_USERS],
    ['hr', ON_PEOPLE],
  ] as const)
    feedback.set(question, await praise(name, question));
}, 120_000);
afterAll(async () => {
  await gateway?.close();
  await issuer?.close();
});

function as<Data>(name: Name, query: string, variables: object = {}): Promise<GraphqlAnswer<Data>> {
  return send<Data>(gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${tokens.get(name)}` },
    body: JSON.stringify({ query, variables }),
  });
}

async function giveFeedback(name: Name, answerId: string, input: object): Promise<string> {
  const { data } = await as<{ giveFeedback: { feedbackId: string } }>(
    name,
    'mutation ($input: FeedbackInput!) { giveFeedback(input: $input) { feedbackId } }',
    { input: { answerId, ...input } },
  );
  return data.giveFeedback.feedbackId;
}

/** Asks, and says that the answer is right. */
async function praise(name: Name, question: string): Promise<string> {
  const id = await asked(name, question);
  // What gives nothing to approve is on nobody's list.
  await giveFeedback(name, id, { right: false, comment: 'no' });
  return giveFeedback(name, id, { right: true, comment: `yes: ${question}` });
}

async function asked(name: Name, question: string): Promise<string> {
  const { data, errors } = await as<{ ask: { id: string; status: string } }>(
    name,
    'query ($question: String!) { ask(input: {question: $question}) { id status } }',
    { question },
  );
  expect(errors).toBeUndefined();
  expect(data.ask.status).toBe('ANSWERED');
  return data.ask.id;
}

const FIELDS = `edges { cursor node { id question queries { domain query } } } pageInfo { hasNextPage endCursor }`;

async function list(name: Name, field: 'feedbackToReview' | 'verifiedQueries', page: object = {}) {
  const query = `query ($first: Int, $after: String) { ${field}(first: $first, after: $after) { ${FIELDS} } }`;
  const answer = await as<Record<typeof field, Listed | null>>(name, query, page);
  const found = answer.data?.[field];
  return {
    codes: codesOf(answer),
    questions: found?.edges.map(({ node }) => node.question),
    nodes: found?.edges.map(({ node }) => node) ?? [],
    pageInfo: found?.pageInfo,
  };
}

describe('what stewards look through', () => {
  it('is feedback that gives something to approve, newest first, with what would be approved', async () => {
    const { questions, nodes } = await list('hrSteward', 'feedbackToReview');
    expect(questions).toEqual([ON_PEOPLE, ON_USERS, ON_VENUES]);
    expect(nodes[0]).toMatchObject({ id: feedback.get(ON_PEOPLE), queries: [{ domain: 'hr' }] });
    expect(nodes[0]?.queries[0]?.query).toContain('employees');
  });

  it('is of domains that they see, and its queries where they see all that these name', async () => {
    const { questions, nodes } = await list('steward', 'feedbackToReview');
    expect(questions).toEqual([ON_USERS, ON_VENUES]);
    expect(nodes.map(({ queries }) => queries.length)).toEqual([0, 1]);
  });

  it('comes page by page, each once, passing over what they may not see', async () => {
    const seen: (string | undefined)[] = [];
    let after: string | null | undefined;
    for (let page = 0; page < 5; page++) {
      const { questions = [], pageInfo } = await list('steward', 'feedbackToReview', { first: 1, after });
      seen.push(...questions);
      after = pageInfo?.endCursor;
      if (!pageInfo?.hasNextPage) break;
    }
    expect(seen).toEqual([ON_USERS, ON_VENUES]);
    expect((await list('steward', 'feedbackToReview', { after: 'no cursor' })).codes).toEqual([
      'BAD_USER_INPUT',
    ]);
    expect((await list('steward', 'verifiedQueries', { first: 101 })).codes).toEqual(['BAD_USER_INPUT']);
  });

  it.each(['feedbackToReview', 'verifiedQueries'] as const)('is for stewards alone: %s', async (field) => {
    for (const name of ['analyst', 'hr'] as const)
      expect(await list(name, field)).toMatchObject({ codes: ['FORBIDDEN'], questions: undefined });
  });

  it('holds what was corrected as it would be approved', async () => {
    const id = await asked('analyst', 'How many venues are in Chicago?');
    const correctedQuery = "SELECT COUNT(*) AS n FROM venue WHERE venuecity = 'Chicago'";
    await giveFeedback('analyst', id, { right: false, correctedQuery, language: 'SQL' });
    const { nodes } = await list('steward', 'feedbackToReview', { first: 1 });
    expect(nodes[0]?.queries).toEqual([{ domain: 'sales', query: correctedQuery }]);
  });

  it('goes from the one list to the other when it is approved, and away when that is taken back', async () => {
    const { data } = await as<{ approveVerifiedQuery: { verifiedQueryId: string } }>(
      'hrSteward',
      'mutation ($id: ID!) { approveVerifiedQuery(feedbackId: $id) { verifiedQueryId } }',
      { id: feedback.get(ON_PEOPLE) },
    );
    const id = data.approveVerifiedQuery.verifiedQueryId;
    expect((await list('hrSteward', 'feedbackToReview')).questions).not.toContain(ON_PEOPLE);
    const { data: told } = await as<{ verifiedQueries: { edges: { node: object }[] } }>(
      'hrSteward',
      '{ verifiedQueries { edges { node { id question approvedBy inUse queries { domain language } } } } }',
    );
    expect(told.verifiedQueries.edges.map(({ node }) => node)).toEqual([
      {
        id,
        question: ON_PEOPLE,
        approvedBy: 'hrSteward',
        inUse: true,
        queries: [{ domain: 'hr', language: 'GRAPHQL' }],
      },
    ]);
    expect((await list('steward', 'verifiedQueries')).questions).toEqual([]);
    await as('hrSteward', 'mutation ($id: ID!) { withdrawVerifiedQuery(id: $id) }', { id });
    expect((await list('hrSteward', 'verifiedQueries')).questions).toEqual([]);
    expect((await list('hrSteward', 'feedbackToReview')).questions).toContain(ON_PEOPLE);
  });
});
