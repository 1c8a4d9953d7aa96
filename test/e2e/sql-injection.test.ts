import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postGraphql } from '../post-graphql.js';
import type { StartedGateway } from '../start-gateway.js';
import { ENGINES, gatewayOver, type OpenDatabase, send } from './injected-database.js';
import { FRAGMENTS } from './sql-fragments.js';

describe.each(ENGINES)('a fragment of SQL, to $engine', ({ engine, open }) => {
  if (open === undefined) return it.skip('no server answers', () => {});
  let data: OpenDatabase;
  let gateway: StartedGateway;
  beforeAll(async () => {
    data = await open();
    gateway = await gatewayOver(engine, data);
  }, 300_000);
  afterAll(async () => {
    await gateway?.close();
    await data?.close();
  });

  const idsWhere = async (where: object): Promise<number[]> => {
    const { data: found, errors } = await postGraphql<{ notes: { note: { id: number }[] } }>(
      gateway.url,
      'query ($where: NotesNoteWhere) { notes { note(where: $where, orderBy: [{id: ASC}], limit: 1000) { id } } }',
      { where },
    );
    expect(errors).toBeUndefined();
    return found.notes.note.map(({ id }) => id);
  };
  const idsOf = (test: (text: string) => boolean) =>
    FRAGMENTS.flatMap((fragment, index) => (test(fragment) ? [index] : []));
  /** As engines fold letters: one by one, so that the length stays. */
  const folded = (text: string) => text.toLowerCase();

  it.each<[string, (fragment: string) => object, (text: string, fragment: string) => boolean]>([
    ['eq', (eq) => ({ eq }), (text, fragment) => text === fragment],
    ['ne', (ne) => ({ ne }), (text, fragment) => text !== fragment],
    ['in', (one) => ({ in: [one, 'no such note'] }), (text, fragment) => text === fragment],
    ['notIn', (one) => ({ notIn: [one, 'no such note'] }), (text, fragment) => text !== fragment],
    ['contains', (contains) => ({ contains }), (text, fragment) => text.includes(fragment)],
    ['startsWith', (startsWith) => ({ startsWith }), (text, fragment) => text.startsWith(fragment)],
    ['endsWith', (endsWith) => ({ endsWith }), (text, fragment) => text.endsWith(fragment)],
    [
      'eqIgnoreCase',
      (eqIgnoreCase) => ({ eqIgnoreCase }),
      (text, fragment) => folded(text) === folded(fragment),
    ],
    [
      'containsIgnoreCase',
      (containsIgnoreCase) => ({ containsIgnoreCase }),
      (text, fragment) => folded(text).includes(folded(fragment)),
    ],
    [
      'startsWithIgnoreCase',
      (startsWithIgnoreCase) => ({ startsWithIgnoreCase }),
      (text, fragment) => folded(text).startsWith(folded(fragment)),
    ],
    [
      'endsWithIgnoreCase',
      (endsWithIgnoreCase) => ({ endsWithIgnoreCase }),
      (text, fragment) => folded(text).endsWith(folded(fragment)),
    ],
  ])(
    'arrives as data in %s',
    async (_, filter, holds) => {
      for (const fragment of FRAGMENTS)
        expect(await idsWhere({ said: filter(fragment) }), fragment).toEqual(
          idsOf((text) => holds(text, fragment)),
        );
    },
    60_000,
  );

  it('arrives as data in comparisons, of which each and its opposite make all', async () => {
    for (const fragment of FRAGMENTS)
      for (const [one, other] of [
        ['lt', 'gte'],
        ['lte', 'gt'],
      ] as const) {
        const [below, above] = [
          await idsWhere({ said: { [one]: fragment } }),
          await idsWhere({ said: { [other]: fragment } }),
        ];
        expect(
          [...below, ...above].sort((a, b) => a - b),
          fragment,
        ).toEqual(idsOf(() => true));
        expect(below.includes(FRAGMENTS.indexOf(fragment))).toBe(one === 'lte');
      }
  }, 300_000);

  it('arrives as data within the text of an operation, in conditions on groups, and comes back whole', async () => {
    for (const [index, fragment] of FRAGMENTS.entries()) {
      const literal = JSON.stringify(fragment);
      const { data: found, errors } = await postGraphql<{
        notes: { note: { said: string }[]; noteAggregate: { keys: { said: string }; count: string }[] };
      }>(
        gateway.url,
        `{ notes {
          note(where: {and: [{said: {eq: ${literal}}}, {not: {said: {ne: ${literal}}}}], id: {eq: ${index}}}) { said }
          noteAggregate(groupBy: [{said: {}}], having: {min: {said: {eq: ${literal}}}}) { keys { said } count }
        } }`,
      );
      expect(errors, fragment).toBeUndefined();
      expect(found.notes.note).toEqual([{ said: fragment }]);
      expect(found.notes.noteAggregate).toEqual([{ keys: { said: fragment }, count: '1' }]);
    }
  }, 300_000);

  it.each(['placed', 'amount', 'ticket'])(
    'is no value of another type: %s',
    async (name) => {
      for (const fragment of FRAGMENTS) {
        const { data: found, errors } = await send(gateway.url, {
          query: `query ($where: NotesNoteWhere) { notes { note(where: $where) { id } } }`,
          variables: { where: { [name]: { eq: fragment } } },
        });
        expect(errors?.[0]?.extensions.code, fragment).toBe('BAD_USER_INPUT');
        expect(JSON.stringify(found ?? null)).not.toContain('"id"');
      }
    },
    60_000,
  );

  it('is no cursor', async () => {
    for (const fragment of FRAGMENTS)
      for (const after of [fragment, Buffer.from(JSON.stringify([fragment])).toString('base64url')]) {
        const { errors } = await send(gateway.url, {
          query:
            'query ($after: String) { notes { noteConnection(first: 1, after: $after, orderBy: [{said: ASC}]) { totalCount } } }',
          variables: { after },
        });
        expect(
          errors?.map(({ extensions }) => extensions.code),
          fragment,
        ).toEqual(['BAD_USER_INPUT']);
      }
  }, 300_000);
});
