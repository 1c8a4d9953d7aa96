import { embedded } from '../connectors/embedded.js';
import { redshift } from '../connectors/redshift.js';
import { serverFromEnvironment } from '../connectors/server-options.js';
import { defineSubgraph, glue } from '../define-subgraph.js';
import { demo } from './demo.js';

export default defineSubgraph({
  name: 'sales',
  description:
    'Ticket sales of a marketplace for events: users, venues, events, listings, sales and commissions.',
  production: 'Amazon Redshift',
  catalog: glue({ database: 'sales' }),
  source: (environment) =>
    environment.SALES_REDSHIFT_HOST
      ? redshift({
          ...serverFromEnvironment(environment, 'SALES_REDSHIFT', { port: 5439 }),
          schema: environment.SALES_REDSHIFT_SCHEMA || 'public',
        })
      : embedded(demo),
  metrics: [
    {
      name: 'revenue',
      table: 'sales',
      expression: 'sum(pricepaid)',
      unit: 'USD',
      owner: 'Marketplace finance',
      synonyms: ['turnover', 'gross sales', 'sales amount'],
      description: 'What buyers paid for the tickets that were sold, before any commission.',
    },
    {
      name: 'averageTicketPrice',
      table: 'sales',
      expression: 'sum(pricepaid) / sum(qtysold)',
      unit: 'USD',
      owner: 'Marketplace finance',
      description: 'What buyers paid for a ticket: the revenue over the number of tickets sold.',
    },
    {
      name: 'commissionRate',
      table: 'sales',
      expression: '100 * sum(commission) / sum(pricepaid)',
      unit: '%',
      owner: 'Marketplace finance',
      synonyms: ['take rate'],
      description: 'The share of the revenue that the marketplace keeps.',
    },
  ],
  glossary: {
    revenue: 'sales.pricepaid',
    turnover: 'sales.pricepaid',
    'gross sales': 'sales.pricepaid',
    'sales amount': 'sales.pricepaid',
    earnings: 'sales.commission',
    'tickets sold': 'sales.qtysold',
    transaction: 'sales',
    purchase: 'sales',
    capacity: 'venue.venueseats',
    arena: 'venue',
    stadium: 'venue',
    genre: 'category.catname',
    member: 'users',
    show: 'event',
    performance: 'event',
  },
  examples: [
    'How many ticket sales are there?',
    'What was the total commission for the ticket sales in the year 2008?',
    'What are the top 5 events by revenue?',
  ],
});
