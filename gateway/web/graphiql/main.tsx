import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import '../styles/graphiql.css';
import { createRoot } from 'react-dom/client';
import { fetchDomains } from '../shared/domains.js';
import { applyTheme, chosenTheme } from '../shared/theme.js';
import { fetchSchema } from './fetch-schema.js';
import { GraphiQLPage, type LinkedOperation } from './graphiql-page.js';
import { welcomeQuery } from './welcome-query.js';

const GRAPHQL_URL = '/graphql';

applyTheme(chosenTheme());

const linked = linkedOperation(new URLSearchParams(location.search));
const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <GraphiQLPage
      url={GRAPHQL_URL}
      theme={chosenTheme() ?? 'system'}
      welcomeQuery={linked ? '' : await welcome()}
      linked={linked}
    />,
  );
}

function linkedOperation(parameters: URLSearchParams): LinkedOperation | undefined {
  const query = parameters.get('query');
  return query === null ? undefined : { query, variables: parameters.get('variables') ?? '' };
}

async function welcome(): Promise<string> {
  const [schema, domains] = await Promise.all([fetchSchema(GRAPHQL_URL), fetchDomains('/ask/examples.json')]);
  return welcomeQuery(schema, domains.flatMap((domain) => domain.examples)[0]);
}
