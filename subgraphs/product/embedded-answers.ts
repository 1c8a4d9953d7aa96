import { AskgraphError } from '../../schema/errors.js';
import { addDays, countDays, isDay } from './calendar.js';
import { type EmbeddedPlace, placeAt, searchPlaces } from './embedded-places.js';
import {
  CURRENT_VARIABLES,
  DAILY_VARIABLES,
  SPEED_CHOICES,
  TEMPERATURE_CHOICES,
  type UnitChoice,
  type Variable,
} from './embedded-variables.js';
import type { Observation } from './observations.js';

type Json = Readonly<Record<string, unknown>>;

const SECONDS_A_DAY = 86_400;
const LONGEST_RANGE_DAYS = 40_000;

/** `GET /v1/search` */
export function answerSearch(query: URLSearchParams): Json {
  const results = searchPlaces(required(query, 'name')).map(({ result }) => result);
  const count = Number(query.get('count') ?? 10);
  return { ...(results.length > 0 && { results: results.slice(0, count) }), generationtime_ms: 0 };
}

/**
 * `GET /v1/forecast` and `/v1/archive`. There is no forecast: `daily` covers `start_date` to `end_date`, or else the
 * day that `current` tells. An extension: `as_of=2013-05-31` makes `current` the latest observation up to that day.
 * Where there is none, `current` is left out. Its `interval` of a day says that its values stand for that whole day.
 */
export function answerWeather(
  observations: ReadonlyMap<string, readonly Observation[]>,
  query: URLSearchParams,
): Json {
  const place = placeOf(query);
  const known = observations.get(place.location) ?? [];
  const units = {
    ...choice(TEMPERATURE_CHOICES, query, 'temperature_unit', 'celsius'),
    ...choice(SPEED_CHOICES, query, 'wind_speed_unit', 'kmh'),
  };
  const asOf = query.has('as_of') ? requiredDay(query, 'as_of') : undefined;
  const latest = known.findLast(({ day }) => asOf === undefined || day <= asOf);
  const { latitude, longitude, timezone } = place.result;
  return {
    latitude,
    longitude,
    generationtime_ms: 0,
    timezone,
    ...(query.has('current') && latest !== undefined && currentPart(latest, query, units)),
    ...(query.has('daily') && dailyPart(known, latest, query, units)),
  };
}

function currentPart(observation: Observation, query: URLSearchParams, units: UnitChoice): Json {
  const variables = variablesOf(CURRENT_VARIABLES, query, 'current');
  return {
    current_units: { time: 'iso8601', interval: 'seconds', ...unitsOf(variables, units) },
    current: {
      time: `${observation.day}T00:00`,
      interval: SECONDS_A_DAY,
      ...Object.fromEntries(
        variables.map(([name, variable]) => [name, variable.read?.(observation, units) ?? null]),
      ),
    },
  };
}

function dailyPart(
  known: readonly Observation[],
  latest: Observation | undefined,
  query: URLSearchParams,
  units: UnitChoice,
): Json {
  const variables = variablesOf(DAILY_VARIABLES, query, 'daily');
  const time = query.has('start_date') || query.has('end_date') ? rangeOf(query) : latest ? [latest.day] : [];
  const byDay = new Map(known.map((observation) => [observation.day, observation]));
  const column = ({ read }: Variable) =>
    time.map((day) => {
      const observation = byDay.get(day);
      return observation === undefined ? null : (read?.(observation, units) ?? null);
    });
  return {
    daily_units: { time: 'iso8601', ...unitsOf(variables, units) },
    daily: { time, ...Object.fromEntries(variables.map(([name, variable]) => [name, column(variable)])) },
  };
}

function rangeOf(query: URLSearchParams): string[] {
  const from = requiredDay(query, 'start_date');
  const count = countDays(from, requiredDay(query, 'end_date'));
  if (count < 1) throw badRequest('End-date must be larger or equals than start-date');
  if (count > LONGEST_RANGE_DAYS) throw badRequest('Too many days');
  return Array.from({ length: count }, (_, index) => addDays(from, index));
}

function unitsOf(variables: readonly (readonly [string, Variable])[], units: UnitChoice): Json {
  return Object.fromEntries(variables.map(([name, variable]) => [name, variable.unit(units)]));
}

function variablesOf(known: Readonly<Record<string, Variable>>, query: URLSearchParams, parameter: string) {
  return required(query, parameter)
    .split(',')
    .map((name) => [name, lookUp(known, name, parameter)] as const);
}

function choice<Value>(
  known: Readonly<Record<string, Value>>,
  query: URLSearchParams,
  parameter: string,
  fallback: string,
): Value {
  return lookUp(known, query.get(parameter) ?? fallback, parameter);
}

function lookUp<Value>(known: Readonly<Record<string, Value>>, name: string, parameter: string): Value {
  const value = Object.hasOwn(known, name) ? known[name] : undefined;
  if (value !== undefined) return value;
  throw badRequest(`Invalid value "${name}" for parameter "${parameter}"`);
}

function placeOf(query: URLSearchParams): EmbeddedPlace {
  const place = placeAt(requiredNumber(query, 'latitude'), requiredNumber(query, 'longitude'));
  if (place === undefined) throw badRequest('No data is available for this location');
  // A day's values belong to the place's own calendar day; there is nothing finer to move to another zone.
  const timeZone = query.get('timezone') ?? 'auto';
  if (timeZone !== 'auto' && timeZone !== place.result.timezone) {
    throw badRequest(`Only timezone=auto or ${place.result.timezone} is available for this location`);
  }
  return place;
}

function requiredDay(query: URLSearchParams, parameter: string): string {
  const text = required(query, parameter);
  if (!isDay(text)) throw badRequest(`Parameter '${parameter}' is not a date`);
  return text;
}

function requiredNumber(query: URLSearchParams, parameter: string): number {
  const value = Number(required(query, parameter));
  if (!Number.isFinite(value)) throw badRequest(`Parameter '${parameter}' is not a number`);
  return value;
}

function required(query: URLSearchParams, parameter: string): string {
  const text = query.get(parameter);
  if (text === null || text === '') throw badRequest(`Parameter '${parameter}' is required`);
  return text;
}

function badRequest(reason: string): AskgraphError {
  return new AskgraphError('BAD_REQUEST', reason, { domain: 'product' });
}
