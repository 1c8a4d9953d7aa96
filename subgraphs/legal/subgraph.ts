import { athena } from '../connectors/athena.js';
import { athenaFromEnvironment } from '../connectors/athena-options.js';
import { embedded } from '../connectors/embedded.js';
import { defineSubgraph, glue } from '../define-subgraph.js';
import { demo } from './demo.js';

export default defineSubgraph({
  name: 'legal',
  description:
    'Car insurance: customers, their policies, and the claims made on them, with the frauds found.',
  production: 'Amazon Athena on S3',
  catalog: glue({ database: 'legal' }),
  source: (environment) =>
    environment.LEGAL_ATHENA_WORKGROUP
      ? athena(athenaFromEnvironment(environment, 'LEGAL_ATHENA'))
      : embedded(demo),
  metrics: [
    {
      name: 'claimLoss',
      table: 'claims',
      expression: 'sum(total_claim_amount)',
      filter: 'fraud = 0',
      unit: 'USD',
      owner: 'Claims',
      synonyms: ['claims loss', 'incurred loss'],
      description: 'What was claimed, frauds left out.',
    },
    {
      name: 'fraudRate',
      table: 'claims',
      expression: '100 * count(*) filter (where fraud = 1) / count(*)',
      unit: '%',
      owner: 'Special investigations',
      synonyms: ['share of frauds'],
      description: 'The share of the claims that were found to be frauds.',
    },
    {
      name: 'averageClaim',
      table: 'claims',
      expression: 'sum(total_claim_amount) / count(*)',
      unit: 'USD',
      owner: 'Claims',
      synonyms: ['claim severity'],
      description: 'The mean amount of a claim.',
    },
  ],
  glossary: {
    claim: 'claims',
    claimed: 'claims',
    policy: 'claims.policy_id',
    fraud: 'claims.fraud = 1',
    fraudulent: 'claims.fraud = 1',
    accident: 'claims',
    incident: 'claims',
    payout: 'claims.total_claim_amount',
    'claim amount': 'claims.total_claim_amount',
    filed: 'claims.write_time',
    happened: 'claims.write_time',
    policyholder: 'customers',
    client: 'customers',
    premium: 'customers.policy_annual_premium',
  },
  examples: [
    'How many frauds happened in the year 2023?',
    'How many policies were claimed this year?',
    'How many claims are there by incident severity?',
  ],
});
