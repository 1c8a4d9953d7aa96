import {
  buildClientSchema,
  type GraphQLSchema,
  getIntrospectionQuery,
  type IntrospectionQuery,
} from 'graphql';

/** The gateway's schema by introspection; undefined where that is not allowed or fails. */
export async function fetchSchema(url: string): Promise<GraphQLSchema | undefined> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: getIntrospectionQuery({ descriptions: false }) }),
    });
    const body: { data: IntrospectionQuery } = await response.json();
    return buildClientSchema(body.data);
  } catch {
    return undefined;
  }
}
