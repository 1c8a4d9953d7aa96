/** Where GraphiQL opens with this query and these variables filled in. */
export function graphiqlLink(query: string, variables: unknown): string {
  const parameters = new URLSearchParams({ query });
  if (variables !== null && variables !== undefined) {
    parameters.set('variables', JSON.stringify(variables, null, 2));
  }
  return `/graphql?${parameters}`;
}
