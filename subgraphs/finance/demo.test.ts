import { expect, it } from 'vitest';
import { describeDemo } from '../../test/fixtures/demo-suite.js';
import { demo } from './demo.js';

describeDemo('finance', demo, ({ row, rows }) => {
  it('has 505 stocks on the 1,259 trading days of five years', async () => {
    expect(
      await row(`SELECT count(DISTINCT name), count(DISTINCT date), min(date), max(date),
        count(*) BETWEEN 618500 AND 619500 FROM all_stocks_5yr`),
    ).toEqual(['505', '1259', '2013-02-08', '2018-02-07', true]);
    expect(
      await row(`SELECT count(*) FROM all_stocks_5yr WHERE isodow(date) > 5
        OR date IN ('2013-07-04', '2014-12-25', '2015-01-01', '2016-03-25', '2017-11-23')`),
    ).toEqual(['0']);
  });

  it('trades every stock on every trading day since it entered', async () => {
    expect(
      await row(`SELECT count(*) FROM (
        SELECT name, count(*) AS days, (SELECT count(DISTINCT date) FROM all_stocks_5yr AS others
          WHERE others.date >= min(stock.date)) AS possible
        FROM all_stocks_5yr AS stock GROUP BY name) WHERE days <> possible`),
    ).toEqual(['0']);
    expect(
      await row(`SELECT count(*) BETWEEN 20 AND 40 FROM (
        SELECT name FROM all_stocks_5yr GROUP BY name HAVING min(date) > '2013-02-08')`),
    ).toEqual([true]);
  });

  it('has the published figures of May and July 2013', async () => {
    expect(
      await row(
        `SELECT max(close), min(close) FROM all_stocks_5yr WHERE date BETWEEN '2013-05-01' AND '2013-05-31'`,
      ),
    ).toEqual(['842.50', '3.22']);
    expect(
      await row(`SELECT (2 * sum(volume) + count(*)) // (2 * count(*)) FROM all_stocks_5yr
        WHERE date BETWEEN '2013-07-01' AND '2013-07-31'`),
    ).toEqual(['4374177']);
  });

  it('keeps every price of a day between its low and its high', async () => {
    expect(
      await row(`SELECT count(*) FILTER (low > least(open, close)), count(*) FILTER (high < greatest(open, close)),
        min(low) > 0, min(volume) > 0 FROM all_stocks_5yr`),
    ).toEqual(['0', '0', true, true]);
  });

  it('walks rather than jumps: returns are small, unrelated to those of the day before, and share a market', async () => {
    const returns = `SELECT name, date, ln(close / lag(close) OVER (PARTITION BY name ORDER BY date)) AS change
      FROM all_stocks_5yr`;
    const [deviation, memory] = (await row(`SELECT stddev(change), corr(change, before) FROM (
      SELECT *, lag(change) OVER (PARTITION BY name ORDER BY date) AS before FROM (${returns}))`)) as number[];
    expect(deviation).toBeGreaterThan(0.008);
    expect(deviation).toBeLessThan(0.025);
    expect(Math.abs(memory ?? 1)).toBeLessThan(0.03);
    const [together] =
      (await row(`SELECT corr(one.change, two.change) FROM (${returns}) AS one JOIN (${returns}) AS two
      USING (date) WHERE one.name = 'AAPL' AND two.name = 'MSFT'`)) as number[];
    expect(together).toBeGreaterThan(0.1);
  });

  it('gives every stock a volume of its own that lasts', async () => {
    const [correlation] = (await row(`SELECT corr(ln(early), ln(late)) FROM (
      SELECT name, avg(volume) FILTER (year(date) = 2014) AS early, avg(volume) FILTER (year(date) = 2017) AS late
      FROM all_stocks_5yr GROUP BY name) WHERE early IS NOT NULL`)) as number[];
    expect(correlation).toBeGreaterThan(0.95);
  });

  it('names real symbols', async () => {
    expect(
      await rows(
        `SELECT DISTINCT name FROM all_stocks_5yr WHERE name IN ('AAPL', 'BRK.B', 'ZTS', 'NOT A STOCK') ORDER BY name`,
      ),
    ).toEqual([['AAPL'], ['BRK.B'], ['ZTS']]);
  });
});
