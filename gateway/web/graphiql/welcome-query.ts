import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isLeafType,
  isListType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';

const FIELDS_SHOWN = 4;

/**
 * What GraphiQL shows to somebody new: a first typed query, made of whatever schema the gateway serves (none: it is
 * left out), and a first question. Both run as they stand.
 */
export function welcomeQuery(schema: GraphQLSchema | undefined, question = 'What can I ask?'): string {
  const typed = schema && firstTypedQuery(schema);
  return `# One schema for typed queries and for questions.
# Ctrl-Enter runs the operation at the cursor,
# Ctrl-Space tells what fits there. The first icon
# at the left opens the documentation.
${typed ? `\n# A first typed query: some rows of one table.\n${typed}\n` : ''}
# A first question: its answer in a sentence,
# its table, and the steps that led to it.
query FirstQuestion {
  ask(input: { question: ${JSON.stringify(question)} }) {
    status
    text
    restatement
    table {
      columns {
        label
        unit
      }
      rows
    }
    steps {
      domain
      language
      query
    }
  }
}
`;
}

function firstTypedQuery(schema: GraphQLSchema): string | undefined {
  for (const namespace of fieldsOf(schema.getQueryType())) {
    const list = fieldsOf(getNamedType(namespace.type)).find(isListOfRows);
    if (!list || !isCallable(namespace)) continue;
    const columns = leaves(list).slice(0, FIELDS_SHOWN);
    return `query FirstTypedQuery {
  ${namespace.name} {
    ${list.name}(limit: 5) {
      ${columns.join('\n      ')}
    }
  }
}`;
  }
  return undefined;
}

type Field = GraphQLField<unknown, unknown>;

function fieldsOf(type: unknown): Field[] {
  return isObjectType(type) ? Object.values((type as GraphQLObjectType<unknown, unknown>).getFields()) : [];
}

function isListOfRows(field: Field): boolean {
  const limited = field.args.some((argument) => argument.name === 'limit');
  return limited && isListType(getNullableType(field.type)) && isCallable(field) && leaves(field).length > 0;
}

/** Whether the field can be asked for without any argument. */
function isCallable(field: Field): boolean {
  return !field.args.some(isRequiredArgument);
}

function leaves(field: Field): string[] {
  return fieldsOf(getNamedType(field.type))
    .filter((column) => isLeafType(getNamedType(column.type)) && isCallable(column))
    .map((column) => column.name);
}
