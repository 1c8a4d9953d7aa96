import { questionsOf } from './question.js';

const STOCKS = 'all_stocks_5yr';
/** Return over a period: the last close against the first one. */
const RETURN = 'arg_max(close, date) / arg_min(close, date) - 1';

function byReturn(where: string, order: 'asc' | 'desc', limit: number): string {
  return `select name from ${STOCKS} where ${where} group by name order by ${RETURN} ${order}, name limit ${limit}`;
}

export const financeQuestions = questionsOf('finance', [
  [
    'best-and-worst-may-2013',
    'Which stock performed the best and the worst in May of 2013?',
    `(${byReturn('year(date) = 2013 and month(date) = 5', 'desc', 1)})
     union all (${byReturn('year(date) = 2013 and month(date) = 5', 'asc', 1)})`,
    { wider: true },
  ],
  ['best-2014', 'best performing stock in 2014', byReturn('year(date) = 2014', 'desc', 1), { wider: true }],
  [
    'best-june-2015',
    'Which stock had the best performance in June 2015?',
    byReturn('year(date) = 2015 and month(date) = 6', 'desc', 1),
    { wider: true },
  ],
  ['worst-2016', 'worst performing stock of 2016', byReturn('year(date) = 2016', 'asc', 1), { wider: true }],
  [
    'top-5-performance-2017',
    'top 5 stocks by performance in 2017',
    byReturn('year(date) = 2017', 'desc', 5),
    { ordered: true, wider: true },
  ],
  [
    'gain-aapl-2015',
    'How much did AAPL gain in 2015?',
    [1, 100].map(
      (of) => `select ${of} * (${RETURN}) from ${STOCKS} where name = 'AAPL' and year(date) = 2015`,
    ) as [string, ...string[]],
  ],
  [
    'volume-july-2013',
    'What is the average volume stocks traded in July of 2013?',
    `select avg(volume) from ${STOCKS} where year(date) = 2013 and month(date) = 7`,
  ],
  [
    'volume-july-2013-short',
    'average volume july 2013',
    `select avg(volume) from ${STOCKS} where year(date) = 2013 and month(date) = 7`,
  ],
  [
    'volume-aapl-2015',
    'mean trading volume for AAPL in 2015',
    `select avg(volume) from ${STOCKS} where name = 'AAPL' and year(date) = 2015`,
  ],
  [
    'volume-total-january',
    'total volume traded in Jan 2014',
    `select sum(volume) from ${STOCKS} where year(date) = 2014 and month(date) = 1`,
  ],
  [
    'volume-last-month',
    'average volume last month',
    `select avg(volume) from ${STOCKS} where year(date) = 2014 and month(date) = 2`,
    { asOf: '2014-03-10T12:00:00Z' },
  ],
  [
    'volume-by-stock',
    'average volume by stock in July 2013',
    `select name, avg(volume) from ${STOCKS} where year(date) = 2013 and month(date) = 7 group by 1`,
  ],
  [
    'volume-by-year',
    'total volume by year',
    [
      `select date_trunc('year', date), sum(volume) from ${STOCKS} group by 1`,
      `select year(date), sum(volume) from ${STOCKS} group by 1`,
    ],
  ],
  [
    'volume-top-10-2016',
    'Top 10 stocks by total trading volume in 2016',
    `select name from ${STOCKS} where year(date) = 2016 group by 1 order by sum(volume) desc limit 10`,
    { ordered: true },
  ],
  [
    'volume-busiest-day',
    'Which day had the highest total volume?',
    `select date from ${STOCKS} group by 1 order by sum(volume) desc limit 1`,
  ],
  [
    'close-aapl-2015',
    'What was the highest closing price of AAPL in 2015?',
    `select max(close) from ${STOCKS} where name = 'AAPL' and year(date) = 2015`,
  ],
  [
    'close-highest-may',
    'highest close in May 2013',
    `select max(close) from ${STOCKS} where year(date) = 2013 and month(date) = 5`,
  ],
  [
    'close-lowest-may',
    'What was the lowest closing price in may 2013?',
    `select min(close) from ${STOCKS} where year(date) = 2013 and month(date) = 5`,
  ],
  [
    'close-highest-may-stock',
    'Which stock had the highest close in May 2013?',
    `select name from ${STOCKS} where year(date) = 2013 and month(date) = 5 order by close desc limit 1`,
  ],
  [
    'close-msft-by-year',
    'average closing price of MSFT by year',
    [
      `select date_trunc('year', date), avg(close) from ${STOCKS} where name = 'MSFT' group by 1`,
      `select year(date), avg(close) from ${STOCKS} where name = 'MSFT' group by 1`,
    ],
  ],
  [
    'close-aapl-by-month',
    'average close by month for AAPL in 2014',
    [
      `select date_trunc('month', date), avg(close) from ${STOCKS} where name = 'AAPL' and year(date) = 2014 group by 1`,
      `select month(date), avg(close) from ${STOCKS} where name = 'AAPL' and year(date) = 2014 group by 1`,
    ],
  ],
  [
    'close-googl-day',
    'What was the closing price of GOOGL on 2016-03-01?',
    `select close from ${STOCKS} where name = 'GOOGL' and date = '2016-03-01'`,
  ],
  [
    'open-amzn-day',
    'opening price of AMZN on 3 March 2015',
    `select open from ${STOCKS} where name = 'AMZN' and date = '2015-03-03'`,
  ],
  [
    'close-yesterday',
    'price of AAPL yesterday',
    `select close from ${STOCKS} where name = 'AAPL' and date = '2018-01-17'`,
    { asOf: '2018-01-18T15:00:00Z' },
  ],
  [
    'close-two-stocks',
    'Compare the average close of AAPL and MSFT in 2016',
    `select name, avg(close) from ${STOCKS} where name in ('AAPL', 'MSFT') and year(date) = 2016 group by 1`,
  ],
  [
    'close-above-500',
    'How many stocks closed above 500 dollars on 2017-06-01?',
    `select count(distinct name) from ${STOCKS} where close > 500 and date = '2017-06-01'`,
  ],
  [
    'close-top-3-day',
    'top 3 stocks by closing price on 2018-02-07',
    `select name from ${STOCKS} where date = '2018-02-07' order by close desc limit 3`,
    { ordered: true },
  ],
  [
    'low-nflx-2013',
    'lowest low of NFLX in 2013',
    `select min(low) from ${STOCKS} where name = 'NFLX' and year(date) = 2013`,
  ],
  [
    'high-aapl-ever',
    'highest price of AAPL ever',
    [
      `select max(high) from ${STOCKS} where name = 'AAPL'`,
      `select max(close) from ${STOCKS} where name = 'AAPL'`,
    ],
  ],
  ['stocks', 'How many stocks are there?', `select count(distinct name) from ${STOCKS}`],
  [
    'trading-days-2015',
    'How many trading days were there in 2015?',
    `select count(distinct date) from ${STOCKS} where year(date) = 2015`,
  ],
  ['trading-day-last', 'What was the last trading day?', `select max(date) from ${STOCKS}`],
  [
    'volume-2020',
    'What was the average volume in 2020?',
    `select avg(volume) from ${STOCKS} where year(date) = 2020`,
  ],
]);
