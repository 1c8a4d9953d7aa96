import { expect, it } from 'vitest';
import { describeDemo } from '../../test/fixtures/demo-suite.js';
import { demo } from './demo.js';

describeDemo('sales', demo, ({ row, rows }) => {
  it('has as many rows as the TICKIT sample', async () => {
    const tables = ['users', 'venue', 'category', 'date', 'event', 'listing', 'sales'];
    expect(
      await row(`SELECT ${tables.map((table) => `(SELECT count(*) FROM "${table}")`).join(', ')}`),
    ).toEqual(['49990', '202', '11', '365', '8798', '192497', '172456']);
  });

  it('earned exactly the published commission in 2008, 15% of every sale', async () => {
    expect(
      await row(`SELECT sum(commission), sum(pricepaid), count(*) FILTER (commission * 100 <> pricepaid * 15),
        count(*) FILTER (year(saletime) <> 2008) FROM sales`),
    ).toEqual(['16614814.65', '110765431.00', '0', '0']);
  });

  it('sells what its listings offer, at their price, by their seller to somebody else', async () => {
    expect(
      await row(`SELECT
          count(*) FILTER (sales.eventid <> listing.eventid), count(*) FILTER (sales.sellerid <> listing.sellerid),
          count(*) FILTER (buyerid = sales.sellerid), count(*) FILTER (pricepaid <> qtysold * priceperticket),
          count(*) FILTER (totalprice <> numtickets * priceperticket), count(*) FILTER (qtysold NOT BETWEEN 1 AND 8)
        FROM sales JOIN listing USING (listid)`),
    ).toEqual(['0', '0', '0', '0', '0', '0']);
    expect(
      await row(`SELECT count(*) FROM (
        SELECT listid FROM sales JOIN listing USING (listid) GROUP BY listid HAVING sum(qtysold) > any_value(numtickets))`),
    ).toEqual(['0']);
  });

  it('lists before it sells and sells before the event, on the days that it says', async () => {
    expect(
      await row(`SELECT count(*) FILTER (saletime <= listtime), count(*) FILTER (saletime > starttime),
          count(*) FILTER (sold_on.caldate <> saletime::DATE), count(*) FILTER (listed_on.caldate <> listtime::DATE),
          count(*) FILTER (held_on.caldate <> starttime::DATE)
        FROM sales JOIN listing USING (listid) JOIN event ON event.eventid = sales.eventid
        JOIN "date" AS sold_on ON sold_on.dateid = sales.dateid
        JOIN "date" AS listed_on ON listed_on.dateid = listing.dateid
        JOIN "date" AS held_on ON held_on.dateid = event.dateid`),
    ).toEqual(['0', '0', '0', '0', '0']);
  });

  it('numbers listings and sales in the order of time', async () => {
    for (const [table, id, time] of [
      ['listing', 'listid', 'listtime'],
      ['sales', 'salesid', 'saletime'],
    ]) {
      expect(
        await row(`SELECT min(${id}), max(${id}) = count(*), bool_and(${time} >= before) FROM (
          SELECT *, lag(${time}, 1, ${time}) OVER (ORDER BY ${id}) AS before FROM ${table})`),
      ).toEqual([1, true, true]);
    }
  });

  it('plays every league in its season, and holds one event a day at a venue', async () => {
    const seasons = await rows(`SELECT catname, list(DISTINCT month(starttime) ORDER BY month(starttime))
      FROM event JOIN category USING (catid) WHERE catgroup = 'Sports' GROUP BY catname ORDER BY catname`);
    expect(seasons).toEqual([
      ['MLB', ['4', '5', '6', '7', '8', '9', '10']],
      ['MLS', ['3', '4', '5', '6', '7', '8', '9', '10']],
      ['NBA', ['1', '2', '3', '4', '5', '11', '12']],
      ['NFL', ['1', '9', '10', '11', '12']],
      ['NHL', ['1', '2', '3', '4', '5', '10', '11', '12']],
    ]);
    expect(await row('SELECT count(*) - count(DISTINCT (venueid, dateid)) FROM event')).toEqual(['0']);
  });

  it('plays games at the home ground of the team that is named last', async () => {
    const grounds = await rows(`SELECT split_part(eventname, ' at ', 2) AS home, count(DISTINCT venueid)
      FROM event JOIN category USING (catid) WHERE catgroup = 'Sports' GROUP BY home, catname`);
    expect(grounds).toHaveLength(30 + 30 + 32 + 30 + 14);
    expect(grounds.filter(([home, venues]) => home === '' || venues !== '1')).toEqual([]);
    expect(
      await row(`SELECT count(*) FROM event JOIN category USING (catid)
        WHERE catgroup = 'Sports' AND split_part(eventname, ' at ', 1) = split_part(eventname, ' at ', 2)`),
    ).toEqual(['0']);
  });

  it('asks believable prices: many cheap, few dear, from $20 to $2,500', async () => {
    const [lowest, highest, meanAboveMedian] =
      await row(`SELECT min(priceperticket) >= 20, max(priceperticket) <= 2500,
      avg(priceperticket) > 1.1 * median(priceperticket) FROM listing`);
    expect([lowest, highest, meanAboveMedian]).toEqual([true, true, true]);
  });

  it('has venues in New York City and Seattle, and users with names of their own to log in', async () => {
    expect(
      await row(`SELECT count(*) FILTER (venuecity = 'New York City') > 0, count(*) FILTER (venuecity = 'Seattle') > 0,
        count(DISTINCT (venuename, venuecity)), min(venueseats) > 0 FROM venue`),
    ).toEqual([true, true, '202', true]);
    expect(
      await row(`SELECT count(DISTINCT username), count(*) FILTER (length(username) <> 8), max(length(email)) <= 100,
        max(length(phone)), count(*) FILTER (likejazz IS NULL) > 0 FROM users`),
    ).toEqual(['49990', '0', true, '14', true]);
  });

  it('keeps a calendar of 2008', async () => {
    expect(await row('SELECT min(caldate), max(caldate), min(dateid), max(dateid) FROM "date"')).toEqual([
      '2008-01-01',
      '2008-12-30',
      1827,
      2191,
    ]);
    expect(await row('SELECT * EXCLUDE dateid FROM "date" WHERE caldate = \'2008-07-04\'')).toEqual([
      '2008-07-04',
      'FR',
      27,
      'JUL',
      '3',
      2008,
      true,
    ]);
  });
});
