import { pool, values, words } from '../connectors/demo-data.js';
import { ACTS, CATEGORIES } from './acts.js';
import { TEAMS, type Team } from './teams.js';
import { VENUES } from './venues.js';

/** The dateid of 1 January 2008, which counts the days since 2003 began. */
export const FIRST_DATEID = 1827;
const DAYS = 365;
/** More events are drawn than there will be, because a venue has one a day. */
const DRAWS = 4;
/** The categories whose shows stay at one theatre for months: musicals and plays. */
const LONG_RUNNING = CATEGORIES.flatMap(({ name }, index) =>
  ['Musicals', 'Plays'].includes(name) ? [index + 1] : [],
).join();

const SUMMER = [5, 9] as const;
const ALL_YEAR = [1, 12] as const;

const HOLIDAYS = words(`
  2008-01-01, 2008-01-21, 2008-02-18, 2008-05-26, 2008-07-04, 2008-09-01, 2008-10-13, 2008-11-11, 2008-11-27, 2008-12-25`);

type Stage = readonly [
  catid: number,
  i: number,
  venueid: number,
  team: string,
  firstMonth: number,
  lastMonth: number,
];

/** Every place where events of a category are held: a home team's ground, or a stage. */
const STAGES = CATEGORIES.flatMap(({ name }, index) => {
  const teams = teamsOf(name);
  return teams.length > 0 ? groundsOf(teams, index + 1) : stagesFor(name.toLowerCase(), index + 1);
});

function teamsOf(category: string): readonly Team[] {
  return TEAMS[category] ?? [];
}

function groundsOf(teams: readonly Team[], catid: number): Stage[] {
  return teams.map(([team, ground], i) => {
    const venueid = VENUES.findIndex(([venue]) => venue === ground) + 1;
    return [catid, i, venueid, team, 1, 12];
  });
}

function stagesFor(show: string, catid: number): Stage[] {
  return VENUES.map(([, , , , shows], index) => ({ venueid: index + 1, shows: shows.split(' ') }))
    .filter(({ shows }) => shows.includes(show))
    .map(({ venueid, shows }, i) => [
      catid,
      i,
      venueid,
      '',
      ...(shows.includes('outdoors') ? SUMMER : ALL_YEAR),
    ]);
}

const ACTS_BY_CATEGORY = CATEGORIES.flatMap(({ name }, index) => {
  const acts = ACTS[name] ?? teamsOf(name).map(([team]) => team);
  return acts.map((act, i) => [index + 1, i, act] as const);
});

export const CALENDAR_AND_PLACES: readonly string[] = [
  `CREATE TABLE "date" AS
   SELECT (${FIRST_DATEID} + n)::INTEGER AS dateid, day AS caldate,
     ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'][isodow(day)]::VARCHAR AS day,
     ((dayofyear(day) + 1) // 7 + 1)::SMALLINT AS week,
     upper(strftime(day, '%b'))::VARCHAR AS month, quarter(day)::VARCHAR AS qtr, year(day)::SMALLINT AS year,
     day IN (SELECT holiday::DATE FROM (${values(HOLIDAYS.map((day) => [day]))}) AS holidays(holiday)) AS holiday
   FROM (SELECT n, DATE '2008-01-01' + n::INTEGER AS day FROM range(${DAYS}) AS numbers(n))
   ORDER BY dateid`,
  `CREATE TABLE venue AS
   SELECT venueid::INTEGER AS venueid, venuename::VARCHAR AS venuename, venuecity::VARCHAR AS venuecity,
     venuestate::VARCHAR AS venuestate, venueseats::INTEGER AS venueseats
   FROM (${values(VENUES.map(([name, city, state, seats], index) => [index + 1, name, city, state, seats]))})
     AS venue(venueid, venuename, venuecity, venuestate, venueseats)
   ORDER BY venueid`,
  `CREATE TABLE category AS
   SELECT catid::INTEGER AS catid, catgroup::VARCHAR AS catgroup, catname::VARCHAR AS catname, catdesc::VARCHAR AS catdesc
   FROM (${values(CATEGORIES.map(({ group, name, description }, index) => [index + 1, group, name, description]))})
     AS category(catid, catgroup, catname, catdesc)
   ORDER BY catid`,
];

/**
 * A game pairs the home team with another of its league; a musical or play stays at its theatre for months; operas
 * and concerts change every time. What is famous, on a weekend or in a great hall is wanted more (`demand`, around 100).
 */
export const EVENTS: readonly string[] = [
  pool(
    'kinds',
    'events, price, months, weekdays',
    CATEGORIES.map(({ events, price, months, weekdays }) => [events, price, months.join(), weekdays.join()]),
  ),
  `CREATE TEMP TABLE stages AS
   SELECT * FROM (${values(STAGES)}) AS stages(catid, i, venueid, team, first_month, last_month)`,
  `CREATE TEMP TABLE acts AS
   SELECT catid, i, act, lead(act, 1, first_act) OVER (PARTITION BY catid ORDER BY i) AS next_act
   FROM (SELECT *, first_value(act) OVER (PARTITION BY catid ORDER BY i) AS first_act
     FROM (${values(ACTS_BY_CATEGORY)}) AS acts(catid, i, act))`,
  // A day comes as often as its month and weekday weigh.
  `CREATE TEMP TABLE slots AS
   SELECT catid, caldate, row_number() OVER (PARTITION BY catid ORDER BY caldate, copy) - 1 AS i
   FROM (
     SELECT kinds.i + 1 AS catid, caldate, unnest(range(
       string_split(months, ',')[month(caldate)]::BIGINT * string_split(weekdays, ',')[isodow(caldate)]::BIGINT)) AS copy
     FROM kinds CROSS JOIN "date"
   )`,
  `CREATE TEMP TABLE sizes AS
   SELECT i + 1 AS catid, events, price,
     (SELECT count(*) FROM stages WHERE stages.catid = kinds.i + 1) AS stages,
     (SELECT count(*) FROM acts WHERE acts.catid = kinds.i + 1) AS acts,
     (SELECT count(*) FROM slots WHERE slots.catid = kinds.i + 1) AS slots
   FROM kinds`,
  `CREATE TEMP TABLE bookings AS
   WITH drawn AS (
     SELECT *, below(n, 100, stages) AS stage, below(n, 101, slots) AS slot
     FROM (SELECT *, catid * 100000 + unnest(range(events * ${DRAWS})) AS n FROM sizes)
   ), placed AS (
     SELECT n, drawn.catid, events, acts, price, venueid, team, caldate
     FROM drawn
     JOIN stages ON stages.catid = drawn.catid AND stages.i = stage
     JOIN slots ON slots.catid = drawn.catid AND slots.i = slot
     WHERE month(caldate) BETWEEN first_month AND last_month
     QUALIFY row_number() OVER (PARTITION BY venueid, caldate ORDER BY draw(n, 102), n) = 1
   )
   SELECT *,
     CASE WHEN catid IN (${LONG_RUNNING}) THEN early(venueid * 8 + (month(caldate) + venueid) // 5, 104, acts)
       ELSE early(n, 105, acts) END AS choice
   FROM placed
   QUALIFY row_number() OVER (PARTITION BY catid ORDER BY draw(n, 107), n) <= events`,
  `CREATE TEMP TABLE planned_events AS
   SELECT row_number() OVER (ORDER BY draw(n, 110), n) AS eventid, bookings.catid, price, bookings.venueid, caldate,
     CASE WHEN team = '' THEN act WHEN act = team THEN next_act || ' at ' || team ELSE act || ' at ' || team END AS eventname,
     CASE WHEN isodow(caldate) >= 6 AND below(n, 111, 100) < CASE WHEN team <> '' THEN 55
         WHEN bookings.catid IN (${LONG_RUNNING}) THEN 45 ELSE 8 END
       THEN 13 * 60 + 30 * below(n, 112, 5) ELSE 19 * 60 + 30 * below(n, 113, 3) END AS start_minute,
     60 + 7 * below(choice * 16 + bookings.catid, 114, 12) + CASE WHEN isodow(caldate) >= 5 THEN 20 ELSE 0 END
       + bell(n, 115) // 70 + least(30, venueseats // 600) AS demand
   FROM bookings
   JOIN acts ON acts.catid = bookings.catid AND acts.i = choice
   JOIN venue ON venue.venueid = bookings.venueid`,
  `CREATE TABLE event AS
   SELECT eventid::INTEGER AS eventid, venueid::INTEGER AS venueid, catid::INTEGER AS catid,
     (${FIRST_DATEID} + (caldate - DATE '2008-01-01'))::INTEGER AS dateid, eventname::VARCHAR AS eventname,
     caldate + to_minutes(start_minute) AS starttime
   FROM planned_events
   ORDER BY eventid`,
];
