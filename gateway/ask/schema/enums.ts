import { registerEnumType } from 'type-graphql';
import { COLUMN_TYPES, type ColumnType as PlainColumnType } from '../../../schema/hive-type.js';
import {
  ANSWER_STATUSES,
  type AnswerStatus as PlainAnswerStatus,
  type QueryLanguage as PlainQueryLanguage,
  type StepStatus as PlainStepStatus,
  type Trust as PlainTrust,
  QUERY_LANGUAGES,
  STEP_STATUSES,
  TRUSTS,
} from '../answer-types.js';

export const AnswerStatus = enumObject(ANSWER_STATUSES);
export const Trust = enumObject(TRUSTS);
export const ColumnType = enumObject(COLUMN_TYPES);
export const QueryLanguage = enumObject(QUERY_LANGUAGES);
export const StepStatus = enumObject(STEP_STATUSES);

registerEnumType(AnswerStatus, {
  name: 'AnswerStatus',
  description:
    'Outcomes of a well-formed question. Faults (model, deadline, budget, bad input) are GraphQL errors with a code.',
  valuesConfig: {
    ANSWERED: { description: 'Every part of the question was answered.' },
    NO_DATA: { description: 'The question was understood, and no row fits it.' },
    PARTIAL: { description: 'Some domain did not answer; `missing` says which.' },
    CLARIFICATION: { description: 'The question has several readings; `clarification` offers them.' },
    NOT_UNDERSTOOD: { description: 'The question could not be read; the text says what was understood.' },
    NOT_PERMITTED: { description: 'The caller may not see what the question needs.' },
    REFUSED: { description: 'The question asks for what Askgraph does not do, such as changing data.' },
  } satisfies Descriptions<PlainAnswerStatus>,
});

registerEnumType(Trust, {
  name: 'Trust',
  description: 'Where the answer gets its authority from.',
  valuesConfig: {
    VERIFIED: { description: 'A query that a person has approved.' },
    COMPUTED: { description: 'A query composed from the catalog by fixed rules; no model wrote it.' },
    GENERATED: { description: 'A query that a language model wrote, checked before it ran.' },
  } satisfies Descriptions<PlainTrust>,
});

registerEnumType(ColumnType, {
  name: 'ColumnType',
  description: 'How the cells of a column are written.',
  valuesConfig: {
    STRING: { description: 'Text.' },
    INTEGER: { description: 'A whole number of at most 32 bits.' },
    BIGINT: { description: 'A whole number of up to 64 bits, as a string.' },
    DECIMAL: { description: 'An exact decimal number, as a string.' },
    FLOAT: { description: 'A floating-point number.' },
    BOOLEAN: { description: 'True or false.' },
    DATE: { description: 'A calendar date, such as `2008-01-31`.' },
    DATETIME: { description: 'A date and time in ISO 8601 form.' },
    JSON: { description: 'A nested value.' },
  } satisfies Descriptions<PlainColumnType>,
});

registerEnumType(QueryLanguage, {
  name: 'QueryLanguage',
  description: 'What a query is written in.',
  valuesConfig: {
    GRAPHQL: { description: 'GraphQL over the domain’s typed schema.' },
    SQL: { description: 'SQL in the dialect of the engine in force.' },
  } satisfies Descriptions<PlainQueryLanguage>,
});

registerEnumType(StepStatus, {
  name: 'StepStatus',
  description: 'How far a step has come.',
  valuesConfig: {
    PENDING: { description: 'Waits for the steps it depends on.' },
    RUNNING: { description: 'Is with its engine.' },
    SUCCEEDED: { description: 'Gave its rows.' },
    FAILED: { description: 'Ended in a fault, which `error` holds.' },
    SKIPPED: { description: 'Did not run, because a step it depends on failed.' },
  } satisfies Descriptions<PlainStepStatus>,
});

type Descriptions<Value extends string> = Record<Value, { description: string }>;

/** TypeGraphQL takes an enum as an object of its values. */
function enumObject<Value extends string>(values: readonly Value[]): { [Key in Value]: Key } {
  return Object.fromEntries(values.map((value) => [value, value])) as { [Key in Value]: Key };
}
