import { embedded } from '../connectors/embedded.js';
import { snowflake, snowflakeFromEnvironment } from '../connectors/snowflake.js';
import { defineSubgraph, glue } from '../define-subgraph.js';
import { demo } from './demo.js';

export default defineSubgraph({
  name: 'finance',
  description: 'The stock market: daily prices and trading volumes of the S&P 500 stocks, 2013 to 2018.',
  production: 'Snowflake',
  catalog: glue({ database: 'finance' }),
  source: (environment) =>
    environment.FINANCE_SNOWFLAKE_ACCOUNT
      ? snowflake(snowflakeFromEnvironment(environment, 'FINANCE_SNOWFLAKE'))
      : embedded(demo),
  metrics: [
    {
      name: 'tradedValue',
      table: 'all_stocks_5yr',
      expression: 'sum(close * volume)',
      unit: 'USD',
      owner: 'Market data',
      synonyms: ['value traded'],
      description: 'What the shares traded were worth at the closing prices of their days.',
    },
    {
      name: 'volumeWeightedPrice',
      table: 'all_stocks_5yr',
      expression: 'sum(close * volume) / sum(volume)',
      unit: 'USD',
      owner: 'Market data',
      synonyms: ['volume weighted average price', 'VWAP'],
      description: 'The closing price, each day counted by the shares that were traded on it.',
    },
  ],
  glossary: {
    stock: 'all_stocks_5yr.name',
    ticker: 'all_stocks_5yr.name',
    symbol: 'all_stocks_5yr.name',
    share: 'all_stocks_5yr.name',
    company: 'all_stocks_5yr.name',
    price: 'all_stocks_5yr.close',
    'closing price': 'all_stocks_5yr.close',
    'opening price': 'all_stocks_5yr.open',
    traded: 'all_stocks_5yr.volume',
    'trading day': 'all_stocks_5yr.date',
  },
  examples: [
    'Which stock performed the best and the worst in May of 2013?',
    'What is the average volume stocks traded in July of 2013?',
    'What was the highest closing price of AAPL in 2015?',
  ],
});
