import { CHANCE, type Demo, pool, values } from '../connectors/demo-data.js';
import { ENTRANTS, MARKET_HOLIDAYS, RECORDED, TICKERS, WELL_KNOWN } from './tickers.js';

const FIRST_DAY = '2013-02-08';
const LAST_DAY = '2018-02-07';
/** On this day a stock costs its usual price, or on its first day when that is later. */
const PRICED_ON = '2013-05-15';
/** The mean volume of all stocks and days of one month, in shares, which scales all volumes. */
const VOLUME_ON_RECORD = { month: '2013-07', mean: 4_374_177 };

/**
 * Five years of daily prices: every stock walks at random with the market and on its own, in millionths of a
 * logarithmic unit, so that sums are exact and prices are rounded only once.
 */
export const demo: Demo = {
  statements: () => [...CHANCE, TRADING_DAYS, ...STOCKS, WALKS, ANCHORS, QUOTES, ALL_STOCKS],
};

const TRADING_DAYS = `
  CREATE TEMP TABLE trading_days AS
  SELECT (row_number() OVER (ORDER BY date) - 1)::BIGINT AS day, date,
    bell(epoch(date)::BIGINT, 1) * 7 + 330 AS market_step
  FROM (SELECT unnest(generate_series(DATE '${FIRST_DAY}', DATE '${LAST_DAY}', INTERVAL 1 DAY))::DATE AS date)
  WHERE isodow(date) <= 5
    AND date NOT IN (SELECT day::DATE FROM (${values(MARKET_HOLIDAYS.map((day) => [day]))}) AS holidays(day))`;

const STOCKS = [
  pool(
    'tickers',
    'name',
    TICKERS.map((name) => [name]),
  ),
  `CREATE TEMP TABLE stocks AS
   SELECT tickers.i, tickers.name::VARCHAR AS name,
     coalesce(entrants.first_date::DATE, DATE '${FIRST_DAY}') AS first_date,
     coalesce((well_known.price * 100)::BIGINT, round(5200 * exp(bell(tickers.i, 10) * 0.0006)))::BIGINT AS cents,
     coalesce(well_known.thousands, recorded.thousands, round(1500 * exp(bell(tickers.i, 11) * 0.0008)))::BIGINT
       AS thousands,
     700 + below(tickers.i, 12, 700) AS beta,
     7 + below(tickers.i, 13, 11) AS restlessness,
     bell(tickers.i, 14) // 4 AS fortune,
     below(tickers.i, 15, 63) AS report_day
   FROM tickers
   LEFT JOIN (${values(ENTRANTS)}) AS entrants(name, first_date) USING (name)
   LEFT JOIN (${values(WELL_KNOWN)}) AS well_known(name, price, thousands) USING (name)
   LEFT JOIN (${values(RECORDED)}) AS recorded(name, month, extreme, cents, thousands) USING (name)`,
];

/** One step a day: the market's, the stock's own, and every quarter a jump when the company reports. */
const WALKS = `
  CREATE TEMP TABLE walks AS
  SELECT i, day, date, step, sum(step) OVER (PARTITION BY i ORDER BY day)::BIGINT AS level
  FROM (
    SELECT stocks.i, day, date,
      beta * market_step // 1000 + restlessness * bell(i * 2048 + day, 20) + fortune
        + CASE WHEN day % 63 = report_day THEN bell(i * 2048 + day, 21) * 32 ELSE 0 END AS step
    FROM stocks CROSS JOIN trading_days
    WHERE date >= first_date
  )`;

/** The level of each walk that stands for a price which is known. */
const ANCHORS = `
  CREATE TEMP TABLE anchors AS
  SELECT i, coalesce(recorded.cents, stocks.cents) AS cents,
    CASE recorded.extreme
      WHEN 'highest' THEN max(level) FILTER (strftime(date, '%Y-%m') = recorded.month)
      WHEN 'lowest' THEN min(level) FILTER (strftime(date, '%Y-%m') = recorded.month)
      ELSE any_value(level) FILTER (date = greatest(first_date, DATE '${PRICED_ON}'))
    END AS level
  FROM stocks
  JOIN walks USING (i)
  LEFT JOIN (${values(RECORDED)}) AS recorded(name, month, extreme, cents, thousands) USING (name)
  WHERE date <= greatest(first_date, DATE '2013-12-31')
  GROUP BY i, stocks.cents, recorded.cents, recorded.extreme`;

/** A day opens part of the step away from the day before; trade is brisk on days and in weeks of great moves. */
const QUOTES = `
  CREATE TEMP TABLE quotes AS
  SELECT i, name, date, close_level, open_level,
    greatest(close_level, open_level) + abs(bell(n, 30)) * restlessness // 3 AS high_level,
    least(close_level, open_level) - abs(bell(n, 31)) * restlessness // 3 AS low_level,
    cents,
    round(thousands * 1000 * exp((
      bell(n, 32) * 240 + bell(i * 2048 + day // 5, 33) * 180 + least(abs(step), 60000) * 18) / 1e6))::BIGINT AS trades
  FROM (
    SELECT walks.i, name, date, day, step, walks.i * 2048 + day AS n, restlessness, thousands, anchors.cents,
      walks.level - anchors.level AS close_level,
      walks.level - anchors.level - step + step * below(walks.i * 2048 + day, 34, 60) // 100 AS open_level
    FROM walks JOIN stocks USING (i) JOIN anchors USING (i)
  )`;

const ALL_STOCKS = `
  CREATE TABLE all_stocks_5yr AS
  WITH month AS (
    SELECT sum(trades)::HUGEINT AS trades, count(*)::HUGEINT AS quotes
    FROM quotes WHERE strftime(date, '%Y-%m') = '${VOLUME_ON_RECORD.month}'
  )
  SELECT date, ${['open', 'high', 'low', 'close']
    .map((price) => `(round(cents * exp(${price}_level / 1e6))::BIGINT / 100)::DECIMAL(10, 2) AS ${price}`)
    .join(', ')},
    ((quotes.trades * month.quotes * ${VOLUME_ON_RECORD.mean} + month.trades // 2) // month.trades)::BIGINT AS volume,
    name
  FROM quotes CROSS JOIN month
  ORDER BY date, name`;
