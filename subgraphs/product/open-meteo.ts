import type { AuditTrail } from '../audit/audit-trail.js';
import { runRequest } from '../audit/run-request.js';
import type { HttpClient, HttpGet } from '../connectors/http.js';
import type { RequestContext } from '../request-context.js';
import { addDays, localDay } from './calendar.js';
import {
  CURRENT_VARIABLES,
  currentResponse,
  DAILY_VARIABLES,
  daysResponse,
  placesResponse,
  readResponse,
} from './open-meteo-responses.js';
import { conditionsOf } from './weather-conditions.js';
import type { CurrentReading, DayReading, DaysRequest, Place, WeatherSource } from './weather-source.js';
import { SPEED_UNITS, TEMPERATURE_UNITS, type Units } from './weather-units.js';

export interface OpenMeteoOptions {
  readonly name: string;
  readonly forecast: HttpClient;
  readonly archive: HttpClient;
  readonly geocoding: HttpClient;
  readonly apiKey: string | undefined;
  /** Where what callers ask of the API is on record before it is asked. */
  readonly audit: AuditTrail;
  /**
   * How the weather as of a past day is asked for. Open-Meteo's forecast knows only the present, so its records of
   * that day are read; the embedded API takes the day as the parameter `as_of`.
   */
  readonly pastCurrent: 'records' | 'asOfParameter';
  readonly now: () => Date;
}

const MINUTE = 60_000;
const KEEP_PLACES = 60 * MINUTE;
const KEEP_DAYS = 10 * MINUTE;
const KEEP_CURRENT = MINUTE;
const KEEP_HEALTH = MINUTE / 4;

/** The forecast API reaches this far back; the archive, which lags some days behind, is for what is older. */
const FORECAST_REACHES_BACK_DAYS = 90;

/** The weather of an API in Open-Meteo's request and response shape. */
export function openMeteo(options: OpenMeteoOptions): WeatherSource {
  const { forecast, archive, geocoding } = options;
  const secrets = { apikey: options.apiKey };

  const ask = (client: HttpClient, request: Omit<HttpGet, 'signal' | 'secrets'>, context: RequestContext) =>
    runRequest({ ...request, secrets }, { domain: 'product', client, audit: options.audit }, context);

  async function current(
    place: Place,
    units: Units,
    context: RequestContext,
  ): Promise<CurrentReading | undefined> {
    const asOfDay = localDay(context.asOf, place.timeZone);
    if (options.pastCurrent === 'asOfParameter') return latest(place, units, asOfDay, context);
    if (asOfDay >= localDay(options.now(), place.timeZone)) return latest(place, units, undefined, context);
    const [day] = await days(place, { units, from: asOfDay, to: asOfDay }, context);
    return day === undefined ? undefined : { ...day, observedAt: null, temperature: null, humidity: null };
  }

  async function latest(
    place: Place,
    units: Units,
    asOfDay: string | undefined,
    context: RequestContext,
  ): Promise<CurrentReading | undefined> {
    const query = { ...placeAndUnits(place, units), current: CURRENT_VARIABLES, daily: DAILY_VARIABLES };
    const json = await ask(
      forecast,
      {
        path: '/v1/forecast',
        query: { ...query, forecast_days: '1', as_of: asOfDay },
        cacheFor: KEEP_CURRENT,
      },
      context,
    );
    const response = readResponse(currentResponse, json);
    if (response.current === undefined) return undefined;
    const { time, interval, ...reading } = response.current;
    const observedOn = time.slice(0, 10);
    const day = readDays(response.daily).find((entry) => entry.observedOn === observedOn);
    return {
      ...(day ?? { temperatureMax: null, temperatureMin: null, precipitation: null, windSpeedMax: null }),
      observedOn,
      observedAt: interval >= 86_400 ? null : time.slice(11),
      temperature: reading.temperature_2m ?? null,
      humidity: reading.relative_humidity_2m ?? null,
      windSpeed: reading.wind_speed_10m ?? null,
      conditions: conditionsOf(reading.weather_code ?? null, reading.is_day === 0 ? 'night' : 'day'),
    };
  }

  async function days(
    place: Place,
    { from, to, units }: DaysRequest,
    context: RequestContext,
  ): Promise<DayReading[]> {
    const today = localDay(options.now(), place.timeZone);
    // What lies ahead is a forecast, not a record.
    const lastDay = to < today ? to : today;
    if (from > lastDay) return [];
    const recent = from >= addDays(today, -FORECAST_REACHES_BACK_DAYS);
    const query = { ...placeAndUnits(place, units), start_date: from, end_date: lastDay };
    const json = await ask(
      recent ? forecast : archive,
      {
        path: recent ? '/v1/forecast' : '/v1/archive',
        query: { ...query, daily: DAILY_VARIABLES },
        cacheFor: KEEP_DAYS,
      },
      context,
    );
    return readDays(readResponse(daysResponse, json).daily).filter(hasReading);
  }

  function placeAndUnits(place: Place, units: Units) {
    return {
      latitude: String(place.latitude),
      longitude: String(place.longitude),
      timezone: place.timeZone,
      temperature_unit: TEMPERATURE_UNITS[units.temperature],
      wind_speed_unit: SPEED_UNITS[units.speed],
    };
  }

  return {
    name: options.name,
    current,
    days,
    async checkHealth(signal) {
      await forecast.get({
        path: '/v1/forecast',
        query: { latitude: '40.7', longitude: '-74', current: 'is_day' },
        secrets,
        signal,
        cacheFor: KEEP_HEALTH,
      });
    },
    async findPlace(name, context) {
      const query = { name, count: '1', language: 'en', format: 'json' };
      const json = await ask(geocoding, { path: '/v1/search', query, cacheFor: KEEP_PLACES }, context);
      const found = readResponse(placesResponse, json).results?.[0];
      if (found === undefined) return undefined;
      const { admin1, country, timezone, latitude, longitude } = found;
      return {
        name: found.name,
        region: admin1 ?? null,
        country: country ?? null,
        latitude,
        longitude,
        timeZone: timezone,
      };
    },
  };
}

type Daily = ReturnType<typeof readResponse<typeof daysResponse>>['daily'];

/** Open-Meteo's columns as rows. */
function readDays(daily: Daily): DayReading[] {
  return (daily?.time ?? []).map((observedOn, index) => ({
    observedOn,
    temperatureMax: daily?.temperature_2m_max?.[index] ?? null,
    temperatureMin: daily?.temperature_2m_min?.[index] ?? null,
    precipitation: daily?.precipitation_sum?.[index] ?? null,
    windSpeed: daily?.wind_speed_10m_mean?.[index] ?? null,
    windSpeedMax: daily?.wind_speed_10m_max?.[index] ?? null,
    conditions: conditionsOf(daily?.weather_code?.[index] ?? null, 'day'),
  }));
}

function hasReading({ observedOn: _, ...readings }: DayReading): boolean {
  return Object.values(readings).some((value) => value !== null);
}
