import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { OpenSubgraph } from '../../subgraphs/open-subgraph.js';
import { makePermissions } from '../../subgraphs/policy/permissions.js';
import type { Policy } from '../../subgraphs/policy/policy.js';
import { duckdbDialect } from '../../subgraphs/sql/dialects/duckdb.js';
import { shopDomain as declared, shopCatalog } from '../../test/fixtures/shop.js';
import { type Knowledge, makeKnowledge } from './knowledge.js';
import { makeDomain } from './make-domains.js';
import { retrieve } from './retrieve/retrieve.js';
import { profileOf } from './shop.test-helper.js';
import { makeVisibleKnowledge, type SeenDomains } from './visible-knowledge.js';

/** The shop under another name, opened without a source. */
function opened(name: string, policies: readonly Policy[] | undefined, more: Partial<OpenSubgraph> = {}) {
  return {
    name,
    definition: { ...declared, name, production: 'duckdb' },
    schema: buildSchema('type Query { nothing: Int }'),
    engine: 'duckdb',
    catalog: shopCatalog,
    metrics: declared.metrics,
    dialect: duckdbDialect,
    permissions: makePermissions({ domain: name, catalog: shopCatalog, policies, hashKey: '' }),
    ...more,
  } as unknown as OpenSubgraph;
}

const clerks: Policy = {
  name: 'clerks',
  for: { roles: ['clerk'] },
  admit: [{ tables: ['country', 'customer', 'orders'], columns: '*' }],
  restrict: [
    { tables: 'customer', hide: 'born', masks: [{ columns: 'name', mask: 'null' }] },
    { tables: 'orders', hide: 'amount' },
  ],
};
const ownOrders: Policy = {
  name: 'buyers',
  for: { roles: ['buyer'] },
  admit: [{ tables: 'country', columns: '*', rows: { code: { eq: 'DE' } } }],
};
const closed = opened('closed', [clerks, ownOrders]);
const open = opened('open', undefined);
const profile = profileOf({ 'country.country_name': ['Germany', 'Zubrowka'], 'customer.name': ['Gustave'] });

function seenBy(role: string, subgraphs: readonly OpenSubgraph[]): SeenDomains {
  const caller = { subject: 'somebody', roles: [role], claims: {} };
  const domains = new Map(
    subgraphs.map(({ name, permissions }) => [name, permissions.accessOf(caller)] as const),
  );
  return { digest: [...domains.values()].map(({ digest }) => digest).join(), domains };
}

function knowledgeOf(role: string, subgraphs: readonly OpenSubgraph[]): [Knowledge, Knowledge] {
  const whole = makeKnowledge(
    subgraphs.map((subgraph) => makeDomain(subgraph)),
    profile,
  );
  const seen = seenBy(role, subgraphs);
  return [makeVisibleKnowledge(subgraphs)(whole, seen, seen), whole];
}

/** What is found, as `domain.table`. */
function found(knowledge: Knowledge, question: string): string[] {
  return retrieve(question, knowledge, undefined).domains.flatMap(({ domain, tables }) =>
    tables.map(({ table }) => `${domain.name}.${table.name}`),
  );
}

describe('a caller whose rights are restricted', () => {
  const [clerk, whole] = knowledgeOf('clerk', [closed]);

  it.each([
    ['a table that they do not see', 'What notes are there?', 'closed.order_note'],
    ['a column that they do not see', 'Who was born first?', 'closed.customer'],
    ['a metric of a column that they do not see', 'How high was the turnover?', 'closed.orders'],
    ['a value that they see masked', 'Where does Gustave live?', 'closed.customer'],
  ])('does not find by %s what the operator finds by it', (_, question, table) => {
    expect(found(whole, question)).toContain(table);
    const [word] = question.match(/notes|born|turnover|Gustave/) ?? [];
    expect(found(clerk, word!)).toEqual([]);
  });

  it('finds by what they see', () => {
    expect(found(clerk, 'How many customers live in Zubrowka?')).toEqual(
      expect.arrayContaining(['closed.customer', 'closed.country']),
    );
  });

  it('does not find by values of a table whose rows they do not all see', () => {
    const [buyer] = knowledgeOf('buyer', [closed]);
    expect(found(buyer, 'Zubrowka')).toEqual([]);
    expect(found(buyer, 'names of countries')).toEqual(['closed.country']);
  });

  it('is given tables as they see them', () => {
    const [candidate] = retrieve('customers', clerk, undefined).domains;
    const customer = candidate?.tables.find(({ table }) => table.name === 'customer')?.table;
    expect(customer?.columns.map(({ name }) => name)).not.toContain('born');
    expect(candidate?.domain.restriction?.masked.get('customer')).toEqual(new Set(['name']));
  });

  it('finds nothing where they see nothing', () => {
    const [nobody] = knowledgeOf('stranger', [closed, open]);
    expect(new Set(found(nobody, 'customers').map((name) => name.split('.')[0]))).toEqual(new Set(['open']));
    expect(nobody.domains.map(({ name }) => name)).toEqual(['open']);
  });
});

describe('what is hidden', () => {
  it('adds nothing to a table that is seen, though another domain shows it', () => {
    const [clerk] = knowledgeOf('clerk', [closed, open]);
    const scores = (question: string) =>
      retrieve(question, clerk, ['closed']).domains[0]?.tables.map(({ table, score }) => [table.name, score]);
    expect(scores('customers born with Gustave')).toEqual(scores('customers'));
    expect(scores('customers active')).not.toEqual(scores('customers'));
  });

  it('does not weigh in how rare a word is', () => {
    // To the stranger there is only one domain: what the other two say changes no score of it.
    const [alone] = knowledgeOf('stranger', [open]);
    const [among] = knowledgeOf('stranger', [closed, opened('other', [clerks]), open]);
    const question = 'turnover of customers in Zubrowka by name';
    const scores = (knowledge: Knowledge) =>
      retrieve(question, knowledge, undefined).domains.map(({ domain, tables }) => [
        domain.name,
        tables.map(({ table, score }) => [table.name, score]),
      ]);
    expect(scores(among)).toEqual(scores(alone));
  });
});

describe('callers', () => {
  it('share the index, and those of one digest all', () => {
    const whole = makeKnowledge([makeDomain(closed), makeDomain(open)], profile);
    const see = makeVisibleKnowledge([closed, open]);
    const clerk = seenBy('clerk', [closed, open]);
    const buyer = seenBy('buyer', [closed, open]);
    expect(see(whole, clerk, clerk)).toBe(see(whole, clerk, clerk));
    expect(see(whole, buyer, buyer)).not.toBe(see(whole, clerk, clerk));
    expect(see(whole, buyer, buyer).view.index).toBe(whole.view.index);
    expect(see(whole, buyer, buyer).domains.find(({ name }) => name === 'open')).toBe(whole.domains[1]);
  });

  it('cost nothing of a restricted domain that no question has come to', () => {
    let read = 0;
    const watched = opened('watched', [clerks]);
    const access = watched.permissions.accessOf({ subject: '', roles: ['clerk'], claims: {} });
    const catalog = new Proxy(access.catalog, {
      get(target, key) {
        read += key === 'tables' ? 1 : 0;
        return Reflect.get(target, key);
      },
    });
    const seen = { digest: 'x', domains: new Map([['watched', { ...access, catalog }]]) };
    const whole = makeKnowledge([makeDomain(watched)], profile);
    const visible = makeVisibleKnowledge([watched])(whole, seen, seen);
    expect(read).toBe(0);
    retrieve('customers', visible, undefined);
    expect(read).toBeGreaterThan(0);
  });
});
