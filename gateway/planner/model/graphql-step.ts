import {
  type DocumentNode,
  type FieldNode,
  GraphQLError,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isLeafType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  validate,
} from 'graphql';
import { AskgraphError } from '../../../schema/errors.js';
import { OWN_QUERY_FIELDS } from '../../../schema/own-fields.js';
import { columnTypeOf } from '../../knowledge/column-type-of.js';
import type { GraphqlResultShape } from '../planner.js';

/** A question inside of a question would never end. */
const FORBIDDEN_FIELDS = new Set(OWN_QUERY_FIELDS);

/**
 * Checks a query that a model wrote against what the caller sees, and says how its response becomes rows.
 * @throws STATEMENT_REFUSED for what is no single query for rows, UNKNOWN_NAME for what the schema has not.
 */
export function checkGraphqlStep(text: string, domain: string, schema: GraphQLSchema): GraphqlResultShape {
  const document = parseQuery(text, domain);
  const operation = singleQuery(document, domain);
  const [problem] = validate(schema, document, undefined, { maxErrors: 1 });
  if (problem !== undefined) {
    throw new AskgraphError('UNKNOWN_NAME', problem.message, { domain, cause: problem });
  }
  return readShape(operation, schema, domain);
}

function parseQuery(text: string, domain: string): DocumentNode {
  try {
    return parse(text, { maxTokens: 2_000 });
  } catch (cause) {
    const why = cause instanceof GraphQLError ? cause.message : 'It does not parse.';
    throw refuse(domain, `The step is no GraphQL: ${why}`, cause);
  }
}

function singleQuery({ definitions }: DocumentNode, domain: string): OperationDefinitionNode {
  const [operation, ...others] = definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION || others.length > 0)
    throw refuse(domain, 'A GraphQL step is one operation without fragments.');
  if (operation.operation !== OperationTypeNode.QUERY) throw refuse(domain, 'A GraphQL step only reads.');
  return operation;
}

/** Follows single fields down to the rows: the first list, or the last object on the way. */
function readShape(
  operation: OperationDefinitionNode,
  schema: GraphQLSchema,
  domain: string,
): GraphqlResultShape {
  const rowPath: string[] = [];
  const notes: string[][] = [];
  let fields = fieldsOf(operation, domain);
  let type: GraphQLNamedType | undefined = schema.getQueryType() ?? undefined;
  let reached: GraphQLOutputType | undefined;
  for (;;) {
    const inner: FieldNode[] = fields.filter((field) => field.selectionSet !== undefined);
    const isRow = reached !== undefined && isListType(getNullableType(reached));
    const [only] = inner;
    if (isRow || only === undefined || (inner.length > 1 && rowPath.length > 0)) break;
    if (inner.length > 1) throw refuse(domain, 'A GraphQL step asks one field of one domain.');
    // Values beside an object make their parent the row, but for texts that explain an empty payload.
    if (rowPath.length > 1 && fields.some((field) => !isNote(field, type))) break;
    for (const note of fields) if (note !== only) notes.push([...rowPath, responseName(note)]);
    reached = typeOf(type, only, domain);
    type = getNamedType(reached);
    rowPath.push(responseName(only));
    fields = fieldsOf(only, domain);
  }
  if (rowPath.length === 0) throw refuse(domain, 'A GraphQL step asks for fields of a domain.');
  return { rowPath, columns: columnsOf(fields, type, [], domain), notes };
}

function columnsOf(
  fields: readonly FieldNode[],
  type: GraphQLNamedType | undefined,
  path: readonly string[],
  domain: string,
): GraphqlResultShape['columns'] {
  const columns = fields.flatMap((field) => {
    const inner = typeOf(type, field, domain);
    const here = [...path, responseName(field)];
    if (isListType(getNullableType(inner)))
      throw refuse(domain, `The step asks for a list inside of its rows (${here.join('.')}).`);
    if (field.selectionSet !== undefined)
      return columnsOf(fieldsOf(field, domain), getNamedType(inner), here, domain);
    return [{ name: here.join('_'), path: here, type: columnTypeOf(getNamedType(inner)) }];
  });
  return columns;
}

/** Selected fields; everything else that may stand in a selection is refused, since a plan has no need of it. */
function fieldsOf(node: OperationDefinitionNode | FieldNode, domain: string): FieldNode[] {
  return (node.selectionSet?.selections ?? []).map((selection) => {
    if (selection.kind !== Kind.FIELD || (selection.directives ?? []).length > 0)
      throw refuse(domain, 'A GraphQL step has no fragments and no directives.');
    const { value } = selection.name;
    if (value.startsWith('__') || (node.kind === Kind.OPERATION_DEFINITION && FORBIDDEN_FIELDS.has(value)))
      throw refuse(domain, `A GraphQL step does not ask for ${value}.`);
    return selection;
  });
}

function typeOf(type: GraphQLNamedType | undefined, field: FieldNode, domain: string): GraphQLOutputType {
  const known = isObjectType(type) ? type.getFields()[field.name.value] : undefined;
  if (known === undefined) throw refuse(domain, `The step asks for ${field.name.value}, which is no field.`);
  return known.type;
}

function isNote(field: FieldNode, type: GraphQLNamedType | undefined): boolean {
  if (field.selectionSet !== undefined) return true;
  const known = isObjectType(type) ? type.getFields()[field.name.value]?.type : undefined;
  return known !== undefined && isLeafType(getNamedType(known)) && getNamedType(known).name === 'String';
}

function responseName(field: FieldNode): string {
  return field.alias?.value ?? field.name.value;
}

function refuse(domain: string, message: string, cause?: unknown): AskgraphError {
  return new AskgraphError('STATEMENT_REFUSED', message, { domain, cause });
}
