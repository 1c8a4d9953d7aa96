import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { graphql } from 'graphql';
import { afterEach, describe, expect, it } from 'vitest';
import { AskgraphError } from '../../schema/errors.js';
import { type AuditEntry, type AuditTrail, NO_AUDIT } from '../audit/audit-trail.js';
import { openProduct } from './open-product.js';
import { conditionsOf } from './weather-conditions.js';
import { readWeatherSettings } from './weather-settings.js';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

/** Responses as Open-Meteo sends them. */
const BERLIN = {
  results: [
    {
      id: 2950159,
      name: 'Berlin',
      latitude: 52.52437,
      longitude: 13.41053,
      elevation: 74,
      feature_code: 'PPLC',
      country_code: 'DE',
      timezone: 'Europe/Berlin',
      population: 3426354,
      country: 'Germany',
      admin1: 'State of Berlin',
    },
  ],
  generationtime_ms: 0.6,
};
const FORECAST = {
  latitude: 52.52,
  longitude: 13.419998,
  generationtime_ms: 0.1,
  utc_offset_seconds: 7200,
  timezone: 'Europe/Berlin',
  timezone_abbreviation: 'GMT+2',
  elevation: 38,
  current_units: { time: 'iso8601', interval: 'seconds', temperature_2m: '°C' },
  current: {
    time: '2025-09-08T01:45',
    interval: 900,
    temperature_2m: 15.6,
    relative_humidity_2m: 71,
    weather_code: 0,
    wind_speed_10m: 7.9,
    is_day: 0,
  },
  daily: {
    time: ['2025-09-08'],
    temperature_2m_max: [24.1],
    temperature_2m_min: [13.2],
    precipitation_sum: [0.4],
    wind_speed_10m_mean: [9.1],
    wind_speed_10m_max: [15.3],
    weather_code: [61],
  },
};
const DAILY = {
  latitude: 52.52,
  daily: {
    time: ['2020-01-01', '2020-01-02'],
    temperature_2m_max: [4.4, null],
    temperature_2m_min: [-0.3, null],
    precipitation_sum: [0, null],
    wind_speed_10m_mean: [null, null],
    wind_speed_10m_max: [12.2, null],
    weather_code: [3, null],
  },
};

type Answers = Partial<Record<'/v1/search' | '/v1/forecast' | '/v1/archive', unknown>>;

async function openOver(
  answers: Answers | ((response: ServerResponse) => void),
  environment = {},
  audit: AuditTrail = NO_AUDIT,
) {
  const seen: URL[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://api');
    seen.push(url);
    if (typeof answers === 'function') answers(response);
    else response.end(JSON.stringify(answers[url.pathname as keyof Answers] ?? {}));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const product = await openProduct({
    audit,
    environment: { OPEN_METEO_URL: url, ...environment },
    now: () => new Date('2025-09-08T00:00:00Z'), // 2 o'clock in Berlin
    random: () => 0,
  });
  const ask = (fields: string, asOf = '2025-09-08T00:00:00Z', signal = new AbortController().signal) =>
    graphql({
      schema: product.schema,
      source: `{ product { ${fields} } }`,
      contextValue: {
        requestId: 'test',
        caller: { subject: 'test', roles: [], claims: {} },
        signal,
        asOf: new Date(asOf),
      },
    });
  return { product, ask, seen };
}

const WEATHER = `weather {
  city observedOn observedAt temperature temperatureMax temperatureMin precipitation windSpeed windSpeedMax
  conditions humidity source
} reason`;

describe('the weather from Open-Meteo', () => {
  it('is asked once it is on record who asks for what, without the key', async () => {
    const entries: AuditEntry[] = [];
    const audit: AuditTrail = {
      record: async (entry) => ({ chain: 'c', sequence: entries.push(entry) }),
      note: (entry) => void entries.push(entry),
    };
    const answers = { '/v1/search': BERLIN, '/v1/forecast': FORECAST };
    const { ask, product } = await openOver(answers, { OPEN_METEO_API_KEY: 'very-secret' }, audit);
    await product.checkHealth();
    await ask(`currentWeather(city: "Berlin") { ${WEATHER} }`);
    const about = { requestId: 'test', caller: { subject: 'test' }, domain: 'product' };
    expect(entries).toMatchObject([
      { ...about, kind: 'statement', decision: 'allowed', facts: { engine: 'http', path: '/v1/search' } },
      { ...about, kind: 'result', decision: 'succeeded', facts: { statement: 1 } },
      { ...about, kind: 'statement', facts: { path: '/v1/forecast' } },
      { ...about, kind: 'result', decision: 'succeeded', facts: { statement: 3 } },
    ]);
    expect(JSON.parse(entries[0]?.texts?.query ?? '')).toMatchObject({ name: 'Berlin' });
    expect(JSON.stringify(entries)).not.toContain('very-secret');
  });

  it('is not asked where that cannot be recorded, and what fails is on record with its code', async () => {
    const answers = { '/v1/search': BERLIN, '/v1/forecast': FORECAST };
    const refused = new AskgraphError('AUDIT_UNAVAILABLE', 'No.');
    const silent = await openOver(answers, {}, { ...NO_AUDIT, record: () => Promise.reject(refused) });
    const { errors } = await silent.ask(`currentWeather(city: "Berlin") { ${WEATHER} }`);
    expect(errors?.[0]?.originalError).toMatchObject({ code: 'AUDIT_UNAVAILABLE' });
    expect(silent.seen).toEqual([]);
    const notes: AuditEntry[] = [];
    const failing = await openOver(
      (response) => void response.writeHead(503).end('{}'),
      {},
      { ...NO_AUDIT, note: (entry) => void notes.push(entry) },
    );
    await failing.ask(`currentWeather(city: "Berlin") { ${WEATHER} }`);
    expect(notes).toMatchObject([{ kind: 'result', decision: 'failed', code: 'SOURCE_UNAVAILABLE' }]);
  });

  it('is its current reading, with the day around it', async () => {
    const { ask, seen, product } = await openOver(
      { '/v1/search': BERLIN, '/v1/forecast': FORECAST },
      { OPEN_METEO_API_KEY: 'key' },
    );
    const { data, errors } = await ask(
      `currentWeather(city: " Berlin,  Germany", temperatureUnit: FAHRENHEIT, speedUnit: MILES_PER_HOUR) { ${WEATHER} }`,
    );
    expect(errors).toBeUndefined();
    expect(JSON.parse(JSON.stringify(data))).toEqual({
      product: {
        currentWeather: {
          weather: {
            city: 'Berlin',
            observedOn: '2025-09-08',
            observedAt: '01:45',
            temperature: 15.6,
            temperatureMax: 24.1,
            temperatureMin: 13.2,
            precipitation: 0.4,
            windSpeed: 7.9,
            windSpeedMax: 15.3,
            conditions: 'clear',
            humidity: 71,
            source: 'Open-Meteo',
          },
          reason: null,
        },
      },
    });
    expect(product.engine).toBe('Open-Meteo HTTP API');
    expect(seen.map((url) => [url.pathname, Object.fromEntries(url.searchParams)])).toEqual([
      ['/v1/search', { name: 'Berlin, Germany', count: '1', language: 'en', format: 'json', apikey: 'key' }],
      [
        '/v1/forecast',
        {
          latitude: '52.52437',
          longitude: '13.41053',
          timezone: 'Europe/Berlin',
          temperature_unit: 'fahrenheit',
          wind_speed_unit: 'mph',
          apikey: 'key',
          current: 'temperature_2m,relative_humidity_2m,weather_code,wind_speed_10m,is_day',
          daily:
            'temperature_2m_max,temperature_2m_min,precipitation_sum,wind_speed_10m_mean,wind_speed_10m_max,weather_code',
          forecast_days: '1',
        },
      ],
    ]);
  });

  it('as of a past day is the record of that day, never the present', async () => {
    const { ask, seen } = await openOver({ '/v1/search': BERLIN, '/v1/archive': DAILY });
    const { data } = await ask(`currentWeather(city: "Berlin") { ${WEATHER} }`, '2019-12-31T23:30:00Z');
    expect(data).toMatchObject({
      product: {
        currentWeather: {
          weather: {
            observedOn: '2020-01-01',
            observedAt: null,
            temperature: null,
            temperatureMax: 4.4,
            windSpeed: null,
            windSpeedMax: 12.2,
            conditions: 'overcast',
            humidity: null,
          },
        },
      },
    });
    expect(seen.map((url) => url.pathname)).toEqual(['/v1/search', '/v1/archive']);
    expect(seen[1]?.searchParams.get('start_date')).toBe('2020-01-01');
    expect(seen[1]?.searchParams.get('end_date')).toBe('2020-01-01');
    expect(seen[1]?.searchParams.has('as_of')).toBe(false);
  });

  it('of past days comes from the archive, without days that have no reading yet', async () => {
    const { ask, seen } = await openOver({ '/v1/search': BERLIN, '/v1/archive': DAILY });
    const { data } = await ask(
      'dailyWeather(city: "Berlin", from: "2020-01-01", to: "2020-01-02") { days { observedOn temperatureMin } reason }',
    );
    expect(data).toMatchObject({
      product: { dailyWeather: { days: [{ observedOn: '2020-01-01', temperatureMin: -0.3 }], reason: null } },
    });
    expect(seen[1]?.pathname).toBe('/v1/archive');
  });

  it('of recent days comes from the forecast API, and never reaches into the future', async () => {
    const { ask, seen } = await openOver({ '/v1/search': BERLIN, '/v1/forecast': { daily: FORECAST.daily } });
    await ask('dailyWeather(city: "Berlin", from: "2025-09-01", to: "2025-09-30") { reason }');
    expect(seen[1]?.pathname).toBe('/v1/forecast');
    expect(seen[1]?.searchParams.get('start_date')).toBe('2025-09-01');
    expect(seen[1]?.searchParams.get('end_date')).toBe('2025-09-08');
    const { data } = await ask(
      'dailyWeather(city: "Berlin", from: "2025-09-09", to: "2025-09-30") { days { city } reason }',
    );
    expect(data).toMatchObject({
      product: {
        dailyWeather: {
          days: [],
          reason: 'Open-Meteo: no weather of Berlin is known from 2025-09-09 to 2025-09-30.',
        },
      },
    });
    expect(seen).toHaveLength(2);
  });

  it('of an unknown place is null with a reason', async () => {
    const { ask } = await openOver({ '/v1/search': { generationtime_ms: 0.5 } });
    const { data, errors } = await ask('currentWeather(city: "Nowhereville") { weather { city } reason }');
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({
      product: {
        currentWeather: { weather: null, reason: 'Open-Meteo: no place is known as "Nowhereville".' },
      },
    });
  });
});

describe('a weather API in trouble', () => {
  const FIELD = 'currentWeather(city: "Berlin") { reason }';

  async function faultOf(result: ReturnType<Awaited<ReturnType<typeof openOver>>['ask']>) {
    const { data, errors } = await result;
    expect(data).toEqual({ product: { currentWeather: null } });
    return errors?.[0]?.originalError as AskgraphError;
  }

  it('that cannot be reached nulls only its field, with SOURCE_UNAVAILABLE', async () => {
    const { ask, product } = await openOver({});
    servers.splice(0).map((server) => server.close());
    expect(await faultOf(ask(FIELD))).toMatchObject({ code: 'SOURCE_UNAVAILABLE', domain: 'product' });
    await expect(product.checkHealth()).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
  });

  it('that is slow ends at the deadline of the request', async () => {
    const { ask } = await openOver(() => {});
    const started = performance.now();
    const fault = await faultOf(ask(FIELD, undefined, AbortSignal.timeout(80)));
    expect(fault.code).toBe('DEADLINE_EXCEEDED');
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it('that sends something other than JSON is a failed query', async () => {
    const { ask } = await openOver((response) => response.end('{"results": ['));
    expect((await faultOf(ask(FIELD))).code).toBe('QUERY_FAILED');
  });

  it.each([{ results: [{ name: 'Berlin' }] }, [], null])(
    'that sends JSON of another shape is a failed query: %j',
    async (answer) => {
      const { ask } = await openOver((response) => response.end(JSON.stringify(answer)));
      expect((await faultOf(ask(FIELD))).code).toBe('QUERY_FAILED');
    },
  );

  it('that refuses a request keeps the key out of the message', async () => {
    const { ask } = await openOver(
      (response) => response.writeHead(400).end('{"error":true,"reason":"Invalid API key"}'),
      { OPEN_METEO_API_KEY: 'very-secret' },
    );
    const fault = await faultOf(ask(FIELD));
    expect(fault.code).toBe('QUERY_FAILED');
    expect(fault.message).toContain('Open-Meteo');
    expect(fault.message).not.toContain('very-secret');
  });
});

describe('the settings of Open-Meteo', () => {
  it('are absent without OPEN_METEO_URL, whatever else is set', () => {
    expect(readWeatherSettings({ OPEN_METEO_API_KEY: 'key', OPEN_METEO_URL: '' })).toBeUndefined();
  });

  it.each([
    [
      'https://api.open-meteo.com',
      'https://archive-api.open-meteo.com/',
      'https://geocoding-api.open-meteo.com/',
    ],
    [
      'https://customer-api.open-meteo.com',
      'https://customer-archive-api.open-meteo.com/',
      'https://customer-geocoding-api.open-meteo.com/',
    ],
    [
      'http://weather.internal:8080/meteo',
      'http://weather.internal:8080/meteo',
      'http://weather.internal:8080/meteo',
    ],
  ])('follow from %s', (forecastUrl, archiveUrl, geocodingUrl) => {
    expect(readWeatherSettings({ OPEN_METEO_URL: forecastUrl })).toEqual({
      forecastUrl,
      archiveUrl,
      geocodingUrl,
      apiKey: undefined,
    });
  });

  it('can each be set', () => {
    expect(
      readWeatherSettings({
        OPEN_METEO_URL: 'https://a.example',
        OPEN_METEO_ARCHIVE_URL: 'https://b.example',
        OPEN_METEO_GEOCODING_URL: 'https://c.example',
        OPEN_METEO_API_KEY: 'key',
      }),
    ).toEqual({
      forecastUrl: 'https://a.example',
      archiveUrl: 'https://b.example',
      geocodingUrl: 'https://c.example',
      apiKey: 'key',
    });
  });

  it.each(['api.open-meteo.com', 'ftp://api.open-meteo.com', 'nonsense'])(
    'refuse %s as an address',
    (address) => {
      expect(() => readWeatherSettings({ OPEN_METEO_URL: address })).toThrow('OPEN_METEO_URL');
    },
  );
});

describe('the conditions', () => {
  it.each([
    [0, 'day', 'sun'],
    [0, 'night', 'clear'],
    [2, 'night', 'partly cloudy'],
    [65, 'day', 'rain'],
    [95, 'day', 'thunderstorm'],
    [42, 'day', null],
    [null, 'day', null],
  ] as const)('of WMO code %s by %s are %s', (code, light, words) => {
    expect(conditionsOf(code, light)).toBe(words);
  });
});
