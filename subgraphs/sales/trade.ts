import { FIRST_DATEID } from './events.js';

const LISTINGS = 192_497;
const SALES = 172_456;
const USERS = 49_990;
/** What all buyers together paid, in US dollars; 15 % of it is the commission of the year. */
const TOTAL_PAID = 110_765_431;
/** A listing finds at most so many buyers. */
const BUYERS_A_LISTING = 4;

/** How many tickets a listing offers, and how many a buyer takes, with how often. */
const OFFERED: readonly (readonly [number, number])[] = [
  [1, 6],
  [2, 24],
  [3, 6],
  [4, 24],
  [5, 3],
  [6, 12],
  [7, 1],
  [8, 9],
  [10, 6],
  [12, 4],
  [14, 1],
  [16, 2],
  [20, 1],
  [24, 1],
];
const TAKEN: readonly (readonly [number, number])[] = [
  [1, 34],
  [2, 42],
  [3, 7],
  [4, 13],
  [5, 1],
  [6, 2],
  [8, 1],
];

/** Each value as often as its weight, as a SQL list. */
function weighted(rows: readonly (readonly [number, number])[]): string {
  return `[${rows.flatMap(([value, weight]) => Array.from({ length: weight }, () => value)).join()}]`;
}

function drawnFrom(list: string, row: string, salt: number): string {
  return `${list}[1 + below(${row}, ${salt}, len(${list}))]`;
}

/** A user who trades: the first of a shuffled line of users do so most. */
function trader(row: string, salt: number): string {
  return `(early(${row}, ${salt}, ${USERS}) * 7919) % ${USERS} + 1`;
}

function dateidOf(time: string): string {
  return `(${FIRST_DATEID} + (${time}::DATE - DATE '2008-01-01'))::INTEGER`;
}

/** An event that is wanted has more listings, made up to five months ahead, and dearer ones. */
const LISTED = `
  CREATE TEMP TABLE listed AS
  WITH doors AS (
    SELECT *, (sum(demand) OVER (ORDER BY eventid) - demand)::BIGINT AS door FROM planned_events
  ), drawn AS (
    SELECT n, below(n, 200, (SELECT sum(demand) FROM planned_events)) AS knock FROM range(${LISTINGS}) AS numbers(n)
  ), timed AS (
    SELECT n, eventid, price, demand, caldate, start_minute,
      early(n, 201, least(160, caldate - DATE '2008-01-01' + 1)) AS days_ahead
    FROM drawn ASOF JOIN doors ON drawn.knock >= doors.door
  )
  SELECT row_number() OVER (ORDER BY listtime, n) AS listid, *
  FROM (
    SELECT n, eventid, ${trader('n', 202)} AS sellerid, demand,
      caldate + to_minutes(start_minute) AS starttime,
      caldate - days_ahead::INTEGER + to_seconds(CASE WHEN days_ahead = 0 THEN below(n, 203, start_minute * 60 - 7200)
        ELSE 21600 + below(n, 203, 64800) END) AS listtime,
      ${drawnFrom(weighted(OFFERED), 'n', 204)}::BIGINT AS numtickets,
      greatest(2050, least(245000, round(price * (135 + demand * 2 // 3) * exp(bell(n, 205) * 0.00055))))::BIGINT AS cents
    FROM timed
  )`;

/** Up to four buyers a listing, never for more tickets than it has; the wanted and the cheap find them first. */
const SOLD = `
  CREATE TEMP TABLE sold AS
  WITH queued AS (
    SELECT listid, demand, cents, numtickets, ${Array.from(
      { length: BUYERS_A_LISTING },
      (_, buyer) =>
        `${drawnFrom(weighted(TAKEN), `listid * 8 + ${buyer}`, 210)}::BIGINT${buyer > 0 ? ` + sum${buyer - 1}` : ''} AS sum${buyer}`,
    ).join(', ')}
    FROM listed
  ), offers AS (
    SELECT listid, demand, cents, unnest(range(${BUYERS_A_LISTING})) AS buyer, unnest([${Array.from(
      { length: BUYERS_A_LISTING },
      (_, buyer) =>
        `least(sum${buyer}, numtickets)${buyer > 0 ? ` - least(sum${buyer - 1}, numtickets)` : ''}`,
    ).join(', ')}]) AS tickets
    FROM queued
  )
  SELECT listid * 8 + buyer AS n, listid, tickets
  FROM offers
  WHERE tickets > 0
  ORDER BY 2 * demand - cents // 800 - 70 * buyer + bell(listid * 8 + buyer, 211) // 12 DESC, n
  LIMIT ${SALES}`;

/**
 * Prices are whole dollars, scaled so that all sales together come to the total on record. What rounding leaves over
 * goes, a dollar each, to listings of which one ticket was sold.
 */
const PRICES = [
  `CREATE TEMP TABLE scaled AS
   WITH totals AS (SELECT sum(tickets * cents)::BIGINT AS cents FROM sold JOIN listed USING (listid)),
     sold_out_of AS (SELECT listid, sum(tickets)::BIGINT AS tickets FROM sold GROUP BY listid)
   SELECT listed.listid, coalesce(tickets, 0) AS tickets,
     ((listed.cents * ${TOTAL_PAID} + totals.cents // 2) // totals.cents)::BIGINT AS price
   FROM listed CROSS JOIN totals
   LEFT JOIN sold_out_of USING (listid)`,
  `CREATE TEMP TABLE prices AS
   WITH remainder AS (SELECT ${TOTAL_PAID} - sum(tickets * price)::BIGINT AS dollars FROM scaled)
   SELECT listid, price + CASE WHEN tickets = 1 AND row_number() OVER (PARTITION BY tickets ORDER BY draw(listid, 220), listid)
     <= abs(dollars) THEN sign(dollars) ELSE 0 END AS price
   FROM scaled CROSS JOIN remainder`,
];

export const TRADE: readonly string[] = [
  LISTED,
  SOLD,
  ...PRICES,
  `CREATE TABLE listing AS
   SELECT listid::INTEGER AS listid, sellerid::INTEGER AS sellerid, eventid::INTEGER AS eventid,
     ${dateidOf('listtime')} AS dateid, numtickets::SMALLINT AS numtickets,
     price::DECIMAL(8, 2) AS priceperticket, (numtickets * price)::DECIMAL(8, 2) AS totalprice, listtime
   FROM listed JOIN prices USING (listid)
   ORDER BY listid`,
  `CREATE TABLE sales AS
   SELECT row_number() OVER (ORDER BY saletime, n)::INTEGER AS salesid, listid::INTEGER AS listid,
     sellerid::INTEGER AS sellerid,
     (CASE WHEN buyer = sellerid THEN buyer % ${USERS} + 1 ELSE buyer END)::INTEGER AS buyerid,
     eventid::INTEGER AS eventid, ${dateidOf('saletime')} AS dateid, tickets::SMALLINT AS qtysold,
     (tickets * price)::DECIMAL(8, 2) AS pricepaid,
     ((tickets * price)::DECIMAL(8, 0) * 0.15)::DECIMAL(8, 2) AS commission, saletime
   FROM (
     SELECT sold.n, listid, sellerid, eventid, tickets, price, ${trader('sold.n', 230)} AS buyer,
       listtime + to_seconds(600 + early(sold.n, 231, date_diff('second', listtime, starttime) - 1200)) AS saletime
     FROM sold JOIN listed USING (listid) JOIN prices USING (listid)
   )
   ORDER BY salesid`,
];
