import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NO_AUDIT } from '../audit/audit-trail.js';
import { type EmbeddedApi, startEmbeddedApi } from './embedded-api.js';
import subgraph from './subgraph.js';

describe('the product domain', () => {
  const openEmbedded = () => subgraph.open({ environment: {}, audit: NO_AUDIT, report: () => {} });
  const sockets = () => process.getActiveResourcesInfo().filter((name) => name.startsWith('TCP')).length;

  it('is opened, used and closed without leaving a socket', async () => {
    const before = sockets();
    const opened = await openEmbedded();
    await opened.checkHealth();
    expect(opened.engine).toBe('embedded weather API');
    expect(sockets()).toBeGreaterThan(before);
    await opened.close();
    await expect.poll(sockets).toBe(before);
  });

  it('no longer answers once it is closed', async () => {
    const opened = await openEmbedded();
    await opened.close();
    await expect(opened.checkHealth()).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
  });

  it('opens in less than 150 ms of processor time once its modules are loaded', async () => {
    const times: number[] = [];
    for (let index = 0; index < 3; index++) {
      const started = process.cpuUsage();
      const opened = await openEmbedded();
      const { user, system } = process.cpuUsage(started);
      times.push((user + system) / 1000);
      await opened.close();
    }
    expect(Math.min(...times)).toBeLessThan(150);
  });
});

describe('the embedded weather API', () => {
  let api: EmbeddedApi;
  beforeAll(async () => {
    api = await startEmbeddedApi(new URL('./weather.csv', import.meta.url));
  });
  afterAll(() => api.close());

  async function get(path: string) {
    const response = await fetch(api.url + path);
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  const SEATTLE = 'latitude=47.6&longitude=-122.3';

  // Seattle,2013-05-31,0.0,19.4,11.1,2.5,sun
  it('answers the forecast in the shape of Open-Meteo, with the interval of a day and nulls for what is not known', async () => {
    const { body } = await get(
      `/v1/forecast?${SEATTLE}&as_of=2013-05-31&timezone=auto&wind_speed_unit=ms&daily=temperature_2m_max` +
        '&current=temperature_2m,relative_humidity_2m,wind_speed_10m,weather_code',
    );
    expect(body).toEqual({
      latitude: 47.60621,
      longitude: -122.33207,
      generationtime_ms: 0,
      timezone: 'America/Los_Angeles',
      current_units: {
        time: 'iso8601',
        interval: 'seconds',
        temperature_2m: '°C',
        relative_humidity_2m: '%',
        wind_speed_10m: 'm/s',
        weather_code: 'wmo code',
      },
      current: {
        time: '2013-05-31T00:00',
        interval: 86_400,
        temperature_2m: null,
        relative_humidity_2m: null,
        wind_speed_10m: 2.5,
        weather_code: 0,
      },
      daily_units: { time: 'iso8601', temperature_2m_max: '°C' },
      daily: { time: ['2013-05-31'], temperature_2m_max: [19.4] },
    });
  });

  it('gives every day of an archive range, with null where nothing was observed', async () => {
    const { body } = await get(
      `/v1/archive?${SEATTLE}&start_date=2011-12-31&end_date=2012-01-02&daily=temperature_2m_max,wind_speed_10m_max`,
    );
    expect(body.daily).toEqual({
      time: ['2011-12-31', '2012-01-01', '2012-01-02'],
      temperature_2m_max: [null, 12.8, 10.6],
      wind_speed_10m_max: [null, null, null],
    });
  });

  it('leaves results out where it finds no place', async () => {
    expect((await get('/v1/search?name=Paris')).body).not.toHaveProperty('results');
    expect((await get('/v1/search?name=NYC&count=1')).body.results).toHaveLength(1);
  });

  it.each([
    ['/v1/search', "Parameter 'name' is required"],
    ['/v1/forecast?latitude=47.6', "Parameter 'longitude' is required"],
    ['/v1/forecast?latitude=x&longitude=1', "Parameter 'latitude' is not a number"],
    ['/v1/forecast?latitude=48.8&longitude=2.3&current=is_day', 'No data is available for this location'],
    [`/v1/forecast?${SEATTLE}&current=toString`, 'Invalid value "toString" for parameter "current"'],
    [
      `/v1/forecast?${SEATTLE}&current=is_day&temperature_unit=kelvin`,
      'Invalid value "kelvin" for parameter "temperature_unit"',
    ],
    [`/v1/forecast?${SEATTLE}&current=is_day&as_of=2013-02-30`, "Parameter 'as_of' is not a date"],
    [
      `/v1/forecast?${SEATTLE}&current=is_day&timezone=Asia/Tokyo`,
      'Only timezone=auto or America/Los_Angeles is available for this location',
    ],
    [
      `/v1/archive?${SEATTLE}&daily=weather_code&start_date=2013-01-02&end_date=2013-01-01`,
      'End-date must be larger or equals than start-date',
    ],
    [`/v1/archive?${SEATTLE}&daily=weather_code&start_date=0001-01-01&end_date=9999-01-01`, 'Too many days'],
  ])('refuses %s with the reason', async (path, reason) => {
    expect(await get(path)).toEqual({ status: 400, body: { error: true, reason } });
  });

  it('has nothing elsewhere', async () => {
    expect((await get('/')).status).toBe(404);
    expect((await fetch(`${api.url}/v1/search?name=NYC`, { method: 'POST' })).status).toBe(404);
  });
});

describe('observations that cannot be used', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'askgraph-weather-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const HEADER = 'location,date,precipitation,temp_max,temp_min,wind,weather';

  it.each([
    ['', 1],
    ['a,b,c\n', 1],
    [`${HEADER}\nSeattle,2012-01-01,0,12.8,5,4.7,rain\nSeattle,2012-01-02,10.9,10.6,2.8`, 3],
    [`${HEADER}\nSeattle,2012-13-01,0,12.8,5,4.7,rain`, 2],
    [`${HEADER}\nSeattle,2012-01-01,0,warm,5,4.7,rain`, 2],
    [`${HEADER}\nSeattle,2012-01-01,0,,5,4.7,rain`, 2],
  ])('are named with their line: %j', async (text, line) => {
    const file = join(folder, 'weather.csv');
    await writeFile(file, text);
    await expect(startEmbeddedApi(pathToFileURL(file))).rejects.toMatchObject({
      code: 'DATA_CORRUPT',
      details: { line },
    });
  });

  it('may be missing', async () => {
    const error = { code: 'DATA_CORRUPT', message: 'The weather observations cannot be read.' };
    await expect(startEmbeddedApi(pathToFileURL(join(folder, 'none.csv')))).rejects.toMatchObject(error);
  });
});
