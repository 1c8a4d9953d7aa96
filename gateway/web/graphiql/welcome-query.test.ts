import { buildSchema, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { welcomeQuery } from './welcome-query.js';

const ASK = `
  ask(input: AskInput!): Answer
}
input AskInput { question: String! }
type Answer { status: String! text: String! restatement: String table: Table steps: [Step!]! }
type Table { columns: [Column!]! rows: [[String]!]! }
type Column { label: String! unit: String }
type Step { domain: String language: String! query: String! }`;

const NAMESPACES = `type Query {
  version: String
  archive(key: ID!): Library
  library: Library
  ${ASK}
type Library { books(limit: Int): [Book!]! byKey(key: ID!): Book }
type Book { author: Author isbn: ID! title(language: String): String pages: Int }
type Author { name: String }`;

describe('the query that GraphiQL shows first', () => {
  it('asks for some rows of the first table that can be asked for without arguments', () => {
    const query = welcomeQuery(buildSchema(NAMESPACES), 'How many books are there?');
    expect(query.replace(/\s+/g, ' ')).toContain('{ library { books(limit: 5) { isbn title pages } } }');
    expect(query).toContain('ask(input: { question: "How many books are there?" })');
  });

  it('is valid in the schema it was made from', () => {
    const schema = buildSchema(NAMESPACES);
    expect(validate(schema, parse(welcomeQuery(schema, 'Which is the "best"?')))).toEqual([]);
  });

  it('is a question alone where the schema has no table or is not known', () => {
    const schema = buildSchema(`type Query { version: String ${ASK}`);
    expect(validate(schema, parse(welcomeQuery(schema)))).toEqual([]);
    expect(welcomeQuery(schema)).not.toContain('FirstTypedQuery');
    expect(welcomeQuery(undefined)).toBe(welcomeQuery(schema));
  });
});
