import type { RequestContext } from '../../../subgraphs/request-context.js';
import type { Answer } from '../answer-types.js';
import type { AskService } from './ask-service.js';

/** A service of which only the given methods are expected to be called. */
export function serviceOf(methods: Partial<AskService>): AskService {
  const unexpected = () => Promise.reject(new Error('This method was not expected to be called.'));
  return {
    ask: unexpected,
    answer: unexpected,
    conversation: unexpected,
    conversations: unexpected,
    answersOf: unexpected,
    giveFeedback: unexpected,
    approveVerifiedQuery: unexpected,
    feedbackToReview: unexpected,
    verifiedQueries: unexpected,
    withdrawVerifiedQuery: unexpected,
    deleteConversation: unexpected,
    ...methods,
  };
}

export function contextOf(subject: string): RequestContext {
  return {
    requestId: 'request-1',
    caller: { subject, roles: [], claims: {} },
    signal: new AbortController().signal,
    asOf: new Date('2024-03-01T10:00:00Z'),
  };
}

/** An answer in which every field that may be null is set. */
export function fullAnswer(overrides: Partial<Answer>): Answer {
  const fault = {
    code: 'SOURCE_UNAVAILABLE',
    message: 'The database of hr does not answer.',
    domain: 'hr',
    retryable: true,
    requestId: 'request-1',
  } as const;
  return {
    id: 'answer-1',
    conversationId: 'conversation-1',
    question: 'How many ticket sales are there?',
    createdAt: '2024-03-01T10:00:00.000Z',
    status: 'PARTIAL',
    text: 'There are 172,456 sales.',
    restatement: 'the number of sales',
    trust: 'COMPUTED',
    table: {
      columns: [{ name: 'count', label: 'Sales', type: 'BIGINT', unit: 'tickets', masked: false }],
      rows: [['172456'], [null]],
      totalRows: 2,
      truncated: false,
    },
    facts: [{ label: 'commission', value: '16614814.65', unit: 'USD' }],
    steps: [
      {
        name: 'sales',
        dependsOn: [],
        domain: 'sales',
        engine: 'duckdb',
        language: 'GRAPHQL',
        query: '{ sales { salesAggregate { count } } }',
        variables: { where: { qtysold: { gt: 1 } } },
        executedSql: 'SELECT count(*) FROM sales',
        status: 'FAILED',
        attempt: 1,
        rows: 2,
        bytesScanned: '12345678901',
        milliseconds: 1.5,
        error: fault,
      },
    ],
    sources: [
      { domain: 'sales', table: 'sales', columns: ['salesid'], dataThrough: '2008-12-31T00:00:00.000Z' },
    ],
    claims: [{ text: '172,456', cells: [{ step: 'sales', row: 0, column: 'count' }] }],
    assumptions: ['All years are counted.'],
    followUps: ['How many in 2008?'],
    missing: [{ domain: 'hr', fault }],
    clarification: { prompt: 'Which sales?', choices: [{ id: 'choice-1', label: 'ticket sales' }] },
    chart: { mark: 'bar' },
    planner: 'embedded',
    usage: {
      modelCalls: 0,
      inputTokens: 0,
      outputTokens: 0,
      cost: '0.00',
      currency: 'USD',
      milliseconds: 12.5,
    },
    ...overrides,
  };
}
