import { type GraphQLSchema, getNamedType, graphql, isLeafType, isObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { AskgraphError } from '../../../schema/errors.js';
import type { RequestContext } from '../../../subgraphs/request-context.js';
import type { AskInput, AskService, FeedbackInput } from './ask-service.js';
import { buildAskSubgraph } from './schema.js';
import { contextOf, fullAnswer, serviceOf } from './service-of.test-helper.js';

describe('ask', () => {
  it('hands the service a checked input with its defaults, and the request’s context', async () => {
    const { input, context } = await asked('{ ask(input: { question: "  How many?  " }) { id } }');
    expect(input).toEqual({
      question: 'How many?',
      conversationId: undefined,
      choiceId: undefined,
      domains: undefined,
      asOf: undefined,
      timeZone: 'UTC',
      maxRows: 100,
      idempotencyKey: undefined,
    });
    expect(context?.caller.subject).toBe('ann');
  });

  it('takes everything that may be said with a question, written out or in variables', async () => {
    const said = {
      question: 'How many?',
      conversationId: 'c1',
      choiceId: 'x1',
      domains: ['hr', 'sales', 'hr'],
      asOf: '2023-05-15T12:00:00+02:00',
      timeZone: 'europe/berlin',
      maxRows: 10_000,
      idempotencyKey: 'k1',
    };
    const expected = {
      ...said,
      domains: ['hr', 'sales'],
      asOf: new Date('2023-05-15T10:00:00Z'),
      timeZone: 'Europe/Berlin',
    };
    const literal = Object.entries(said).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
    expect((await asked(`{ ask(input: { ${literal.join(', ')} }) { id } }`)).input).toEqual(expected);
    const inVariables = await asked('query ($input: AskInput!) { ask(input: $input) { id } }', {
      input: said,
    });
    expect(inVariables.input).toEqual(expected);
  });

  it('reads null as absent', async () => {
    const input = { question: 'How many?', domains: null, asOf: null, timeZone: null, maxRows: null };
    const { input: read } = await asked('query ($input: AskInput!) { ask(input: $input) { id } }', { input });
    expect(read).toMatchObject({ domains: undefined, asOf: undefined, timeZone: 'UTC', maxRows: 100 });
  });

  it.each([
    ['an empty question', { question: ' \n ' }, 'question'],
    ['a question of 2,001 characters', { question: 'a'.repeat(2_001) }, 'question'],
    ['no row', { maxRows: 0 }, 'maxRows'],
    ['10,001 rows', { maxRows: 10_001 }, 'maxRows'],
    ['a time zone that is none', { timeZone: 'Mars/Olympus' }, 'timeZone'],
    ['an empty list of domains', { domains: [] }, 'domains'],
    ['a domain without a name', { domains: ['hr', ''] }, 'domains'],
    ['a date without a time', { asOf: '2023-05-15' }, 'asOf'],
    ['an instant without an offset', { asOf: '2023-05-15T12:00:00' }, 'asOf'],
    ['30 February', { asOf: '2023-02-30T12:00:00Z' }, 'asOf'],
    ['29 February of a common year', { asOf: '1900-02-29T12:00:00Z' }, 'asOf'],
    ['a number as an instant', { asOf: 1_700_000_000 }, 'asOf'],
    ['an empty conversation', { conversationId: '' }, 'conversationId'],
    ['a key of 201 characters', { idempotencyKey: 'k'.repeat(201) }, 'idempotencyKey'],
  ])('refuses %s with BAD_USER_INPUT naming the field', async (_, wrong, field) => {
    const { errors, input } = await asked('query ($input: AskInput!) { ask(input: $input) { id } }', {
      input: { question: 'How many?', ...wrong },
    });
    expect(input).toBeUndefined();
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatchObject({ code: 'BAD_USER_INPUT', details: { field } });
    expect(errors[0]?.message).toContain(field);
  });

  it.each([
    ['a question of 2,000 characters', { question: 'a'.repeat(2_000) }],
    ['a question of 2,000 characters between spaces', { question: ` ${'a'.repeat(2_000)} ` }],
    ['29 February of a leap year', { asOf: '2000-02-29T23:59:59.999Z' }],
    ['one row', { maxRows: 1 }],
  ])('takes %s', async (_, right) => {
    const { errors } = await asked('query ($input: AskInput!) { ask(input: $input) { id } }', {
      input: { question: 'How many?', ...right },
    });
    expect(errors).toEqual([]);
  });

  it('gives back every field of an answer as the service made it', async () => {
    const answer = fullAnswer({});
    const { schema } = await buildAskSubgraph(serviceOf({ ask: async () => answer }));
    const source = `{ ask(input: { question: "How many?" }) ${selectionOf(schema, 'Answer')} }`;
    const result = await graphql({ schema, source, contextValue: contextOf('ann') });
    expect(result.errors).toBeUndefined();
    expect(JSON.parse(JSON.stringify(result.data?.ask))).toEqual(answer);
  });

  it('is null beside the service’s error, and the operation’s other fields stand', async () => {
    const fault = new AskgraphError('DEADLINE_EXCEEDED', 'The question took too long.');
    const service = serviceOf({ ask: () => Promise.reject(fault), answer: async () => fullAnswer({}) });
    const { schema } = await buildAskSubgraph(service);
    const source = '{ ask(input: { question: "How many?" }) { id } answer(id: "answer-1") { id } }';
    const result = await graphql({ schema, source, contextValue: contextOf('ann') });
    expect(result.data).toEqual({ ask: null, answer: { id: 'answer-1' } });
    expect(result.errors?.[0]?.originalError).toBe(fault);
  });
});

describe('giveFeedback', () => {
  const mutation = 'mutation ($input: FeedbackInput!) { giveFeedback(input: $input) { feedbackId } }';

  it('hands the service a verdict and the correction', async () => {
    const { given, data } = await judged(mutation, {
      input: {
        answerId: 'answer-1',
        right: false,
        comment: ' Refunds! ',
        correctedQuery: 'SELECT 1',
        language: 'SQL',
      },
    });
    expect(given).toEqual({
      answerId: 'answer-1',
      verdict: 'wrong',
      comment: 'Refunds!',
      correction: { query: 'SELECT 1', language: 'SQL' },
    });
    expect(data).toEqual({ giveFeedback: { feedbackId: 'feedback-1' } });
  });

  it('wants to know the language of a corrected query', async () => {
    const { errors } = await judged(mutation, {
      input: { answerId: 'answer-1', right: false, correctedQuery: 'SELECT 1' },
    });
    expect(errors).toMatchObject([{ code: 'BAD_USER_INPUT', details: { field: 'language' } }]);
  });
});

describe('two subgraphs in one process', () => {
  it('each ask their own service', async () => {
    const [one, two] = await Promise.all(
      ['one', 'two'].map((id) => buildAskSubgraph(serviceOf({ answer: async () => fullAnswer({ id }) }))),
    );
    const read = async (schema: GraphQLSchema | undefined) =>
      schema &&
      (await graphql({ schema, source: '{ answer(id: "a") { id } }', contextValue: contextOf('ann') })).data;
    expect(await read(one?.schema)).toEqual({ answer: { id: 'one' } });
    expect(await read(two?.schema)).toEqual({ answer: { id: 'two' } });
  });
});

async function asked(source: string, variableValues: Record<string, unknown> = {}) {
  const calls: [AskInput, RequestContext][] = [];
  const ask: AskService['ask'] = async (given, context) => {
    calls.push([given, context]);
    return fullAnswer({});
  };
  const run = await execute(serviceOf({ ask }), source, variableValues);
  const [input, context] = calls[0] ?? [];
  return { ...run, input, context };
}

async function judged(source: string, variableValues: Record<string, unknown>) {
  const given: FeedbackInput[] = [];
  const giveFeedback: AskService['giveFeedback'] = async (input) => {
    given.push(input);
    return { feedbackId: 'feedback-1' };
  };
  return { ...(await execute(serviceOf({ giveFeedback }), source, variableValues)), given: given[0] };
}

async function execute(service: AskService, source: string, variableValues: Record<string, unknown>) {
  const { schema } = await buildAskSubgraph(service);
  const result = await graphql({ schema, source, variableValues, contextValue: contextOf('ann') });
  const errors = (result.errors ?? []).map((error) => {
    if (error.originalError instanceof AskgraphError) return error.originalError;
    throw error;
  });
  return { data: JSON.parse(JSON.stringify(result.data ?? null)), errors };
}

/** Every field of a type, to the last. */
function selectionOf(schema: GraphQLSchema, typeName: string): string {
  const type = schema.getType(typeName);
  if (!isObjectType(type)) throw new Error(`${typeName} is no object type.`);
  const fields = Object.values(type.getFields()).map((field) => {
    const inner = getNamedType(field.type);
    return isLeafType(inner) ? field.name : `${field.name} ${selectionOf(schema, inner.name)}`;
  });
  return `{ ${fields.join(' ')} }`;
}
