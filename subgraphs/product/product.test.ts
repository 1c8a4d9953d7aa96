import { readFileSync } from 'node:fs';
import { graphql } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NO_AUDIT } from '../audit/audit-trail.js';
import type { OpenHandWrittenSubgraph } from '../define-subgraph.js';
import subgraph from './subgraph.js';

// The file read again, apart from the code under test: tenths as whole numbers, so that nothing is rounded twice.
const rows = readFileSync(new URL('./weather.csv', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [location, date, precipitation, max, min, wind, weather] = line.trim().split(',') as string[];
    const tenths = (text: string | undefined) => Math.round(Number(text) * 10);
    return {
      location,
      date,
      weather,
      precipitation: Number(precipitation),
      celsius: [Number(max), Number(min)],
      fahrenheit: [max, min].map((text) => Math.round((tenths(text) * 9 + 1600) / 5) / 10),
      kilometersPerHour: Math.round((tenths(wind) * 36) / 10) / 10,
      milesPerHour: Math.round((Number(wind) * 3600 * 10) / 1609.344) / 10,
    };
  });

function row(location: string, date: string) {
  const found = rows.find((entry) => entry.location === location && entry.date === date);
  return found ?? expect.fail(`${location} ${date} is not in weather.csv`);
}

let product: OpenHandWrittenSubgraph;
beforeAll(async () => {
  product = await subgraph.open({ environment: {}, audit: NO_AUDIT, report: () => {} });
});
afterAll(() => product.close());

interface Asked {
  readonly asOf?: string;
  readonly variables?: Record<string, unknown>;
}

async function run(fields: string, { asOf = '2025-03-01T12:00:00Z', variables = {} }: Asked = {}) {
  const declared = Object.keys(variables).map((name) => `$${name}: Date!`);
  return graphql({
    schema: product.schema,
    source: `query ${declared.length > 0 ? `(${declared.join(' ')})` : ''} { product { ${fields} } }`,
    variableValues: variables,
    contextValue: {
      requestId: 'test',
      caller: { subject: 'test', roles: [], claims: {} },
      signal: new AbortController().signal,
      asOf: new Date(asOf),
    },
  });
}

async function ask(fields: string, asked?: Asked): Promise<Record<string, never>> {
  const result = await run(fields, asked);
  expect(result.errors).toBeUndefined();
  return JSON.parse(JSON.stringify(result.data?.product));
}

const WEATHER = `weather {
  city observedOn observedAt temperature temperatureMax temperatureMin temperatureUnit precipitation
  windSpeed windSpeedMax windSpeedUnit conditions humidity source
} reason`;

describe('current weather', () => {
  it('is the latest observation, in degrees Fahrenheit where they are asked for', async () => {
    const { currentWeather } = await ask(
      `currentWeather(city: "New York City", temperatureUnit: FAHRENHEIT, speedUnit: MILES_PER_HOUR) { ${WEATHER} }`,
    );
    const last = row('New York', '2015-12-31');
    expect(currentWeather).toEqual({
      weather: {
        city: 'New York',
        observedOn: '2015-12-31',
        observedAt: null,
        temperature: null,
        temperatureMax: last.fahrenheit[0],
        temperatureMin: last.fahrenheit[1],
        temperatureUnit: 'FAHRENHEIT',
        precipitation: last.precipitation,
        windSpeed: last.milesPerHour,
        windSpeedMax: null,
        windSpeedUnit: 'MILES_PER_HOUR',
        conditions: last.weather,
        humidity: null,
        source: 'NOAA daily observations',
      },
      reason: null,
    });
  });

  it('is in Celsius and km/h unless asked otherwise', async () => {
    const { currentWeather } = await ask(`currentWeather(city: "Seattle") { ${WEATHER} }`);
    const last = row('Seattle', '2015-12-31');
    expect(currentWeather).toMatchObject({
      weather: {
        temperatureMax: last.celsius[0],
        temperatureMin: last.celsius[1],
        temperatureUnit: 'CELSIUS',
        windSpeed: last.kilometersPerHour,
        windSpeedUnit: 'KILOMETERS_PER_HOUR',
      },
    });
  });

  it.each([
    'New York',
    'New York City',
    'NYC',
    'New York, NY',
    'new  york city, United States',
    'NYC, New York',
  ])('finds New York as %j', async (city) => {
    const { currentWeather } = await ask(
      `currentWeather(city: ${JSON.stringify(city)}) { place { name region country timeZone latitude longitude } }`,
    );
    expect(currentWeather).toEqual({
      place: {
        name: 'New York',
        region: 'New York',
        country: 'United States',
        timeZone: 'America/New_York',
        latitude: 40.71427,
        longitude: -74.00597,
      },
    });
  });

  it.each(['Paris', 'New York, TX', 'York', '東京'])('has none of %j, and says why', async (city) => {
    const { currentWeather } = await ask(
      `currentWeather(city: ${JSON.stringify(city)}) { place { name } ${WEATHER} }`,
    );
    expect(currentWeather).toEqual({
      place: null,
      weather: null,
      reason: `NOAA daily observations: no place is known as "${city}".`,
    });
  });

  it('is that of the day of asOf, in the time zone of the city', async () => {
    const asOf = '2013-07-05T05:30:00Z'; // the 5th in New York, still the 4th in Seattle
    const { newYork, seattle } = await ask(
      `newYork: currentWeather(city: "New York") { ${WEATHER} } seattle: currentWeather(city: "Seattle") { ${WEATHER} }`,
      { asOf },
    );
    const [there, here] = [row('New York', '2013-07-05'), row('Seattle', '2013-07-04')];
    expect(newYork).toMatchObject({
      weather: { observedOn: '2013-07-05', temperatureMax: there.celsius[0], conditions: there.weather },
    });
    expect(seattle).toMatchObject({
      weather: { observedOn: '2013-07-04', temperatureMax: here.celsius[0], conditions: here.weather },
    });
  });

  it('has nothing before the first observation, and says so with the date', async () => {
    const { currentWeather } = await ask(`currentWeather(city: "Seattle") { place { name } ${WEATHER} }`, {
      asOf: '2012-01-01T07:00:00Z', // still 2011 in Seattle
    });
    expect(currentWeather).toEqual({
      place: { name: 'Seattle' },
      weather: null,
      reason: 'NOAA daily observations: no weather of Seattle is known up to 2011-12-31.',
    });
  });

  it.each(['', '   ', 'x'.repeat(201)])('refuses a city that cannot be one: %j', async (city) => {
    const { errors, data } = await run(`currentWeather(city: ${JSON.stringify(city)}) { reason }`);
    expect(errors?.[0]?.originalError).toMatchObject({ code: 'BAD_USER_INPUT' });
    expect(data).toEqual({ product: { currentWeather: null } });
  });
});

describe('daily weather', () => {
  const DAYS = 'days { observedOn temperatureMax temperatureMin precipitation windSpeed conditions } reason';

  it.each(['Seattle', 'New York'])(
    'gives every observation of %s in any unit as the file has it',
    async (city) => {
      const range = `city: ${JSON.stringify(city)}, from: "2012-01-01", to: "2015-12-31"`;
      const { metric, imperial } = await ask(
        `metric: dailyWeather(${range}) { ${DAYS} }
       imperial: dailyWeather(${range}, temperatureUnit: FAHRENHEIT, speedUnit: MILES_PER_HOUR) { ${DAYS} }`,
      );
      const known = rows.filter(({ location }) => location === city);
      expect(known).toHaveLength(1461);
      const expected = (temperature: 'celsius' | 'fahrenheit', wind: 'kilometersPerHour' | 'milesPerHour') =>
        known.map((entry) => ({
          observedOn: entry.date,
          temperatureMax: entry[temperature][0],
          temperatureMin: entry[temperature][1],
          precipitation: entry.precipitation,
          windSpeed: entry[wind],
          conditions: entry.weather,
        }));
      expect(metric).toEqual({ reason: null, days: expected('celsius', 'kilometersPerHour') });
      expect(imperial).toEqual({ reason: null, days: expected('fahrenheit', 'milesPerHour') });
    },
  );

  it('leaves out days without an observation, and knows leap days', async () => {
    const { early, leap } = await ask(
      `early: dailyWeather(city: "Seattle", from: "2011-12-25", to: "2012-01-02") { days { observedOn } }
       leap: dailyWeather(city: "Seattle", from: "2012-02-29", to: "2012-02-29") { days { observedOn } }`,
    );
    expect(early).toEqual({ days: [{ observedOn: '2012-01-01' }, { observedOn: '2012-01-02' }] });
    expect(leap).toEqual({ days: [{ observedOn: '2012-02-29' }] });
  });

  it('says why there are no days: an unknown city, or nothing observed then', async () => {
    const { unknown, never } = await ask(
      `unknown: dailyWeather(city: "Oslo", from: "2013-01-01", to: "2013-01-02") { days { city } reason }
       never: dailyWeather(city: "NYC", from: "2019-01-01", to: "2019-01-02") { days { city } reason }`,
    );
    expect(unknown).toEqual({ days: [], reason: 'NOAA daily observations: no place is known as "Oslo".' });
    expect(never).toEqual({
      days: [],
      reason: 'NOAA daily observations: no weather of New York is known from 2019-01-01 to 2019-01-02.',
    });
  });

  it.each([
    ['2013-02-01', '2013-01-01'],
    ['1990-01-01', '2015-01-01'],
  ])('refuses a range from %s to %s', async (from, to) => {
    const { errors } = await run('dailyWeather(city: "NYC", from: $from, to: $to) { reason }', {
      variables: { from, to },
    });
    expect(errors?.[0]?.originalError).toMatchObject({
      code: 'BAD_USER_INPUT',
      message: expect.stringContaining(from),
    });
  });

  it.each(['2013-02-29', '2013-1-1', '2013-01-01T00:00:00Z', 20130101])(
    'takes no %j for a date',
    async (from) => {
      const { errors } = await run('dailyWeather(city: "NYC", from: $from, to: $to) { reason }', {
        variables: { from, to: '2015-01-01' },
      });
      expect(errors?.[0]?.message).toContain('is not a date');
    },
  );
});
