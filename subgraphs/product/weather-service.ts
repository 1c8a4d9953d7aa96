import { AskgraphError } from '../../schema/errors.js';
import type { RequestContext } from '../request-context.js';
import { countDays, localDay } from './calendar.js';
import type { CurrentReading, DayReading, Place, WeatherSource } from './weather-source.js';
import type { Units } from './weather-units.js';

/** Weather by the names of cities, or the reason why there is none. A city is looked up once a request. */
export interface WeatherService {
  readonly sourceName: string;
  current(city: string, units: Units, context: RequestContext): Promise<CurrentAnswer>;
  days(city: string, range: DayRange, units: Units, context: RequestContext): Promise<DaysAnswer>;
}

/** Both ends are part of the range. */
export interface DayRange {
  readonly from: string;
  readonly to: string;
}

export interface CurrentAnswer {
  readonly place: Place | null;
  readonly reading: CurrentReading | null;
  readonly reason: string | null;
}

export interface DaysAnswer {
  readonly place: Place | null;
  readonly days: readonly DayReading[];
  readonly reason: string | null;
}

const LONGEST_RANGE_DAYS = 3_660;
const LONGEST_CITY_NAME = 200;

export function weatherService(source: WeatherSource): WeatherService {
  const findPlace = oncePerRequest((city: string, context) => source.findPlace(city, context));
  const current = oncePerRequest(readCurrent);

  async function readCurrent({ city, units }: CurrentKey, context: RequestContext): Promise<CurrentAnswer> {
    const place = await findPlace(city, context);
    if (place === undefined) return { place: null, reading: null, reason: unknownPlace(source, city) };
    const reading = await source.current(place, units, context);
    if (reading !== undefined) return { place, reading, reason: null };
    const reason = `${source.name}: no weather of ${place.name} is known up to ${localDay(context.asOf, place.timeZone)}.`;
    return { place, reading: null, reason };
  }

  return {
    sourceName: source.name,
    async current(city, units, context) {
      return current({ city: readCity(city), units }, context);
    },
    async days(city, { from, to }, units, context) {
      checkRange(from, to);
      const place = await findPlace(readCity(city), context);
      if (place === undefined) return { place: null, days: [], reason: unknownPlace(source, city) };
      const days = await source.days(place, { from, to, units }, context);
      const reason = `${source.name}: no weather of ${place.name} is known from ${from} to ${to}.`;
      return { place, days, reason: days.length > 0 ? null : reason };
    },
  };
}

interface CurrentKey {
  readonly city: string;
  readonly units: Units;
}

/** Many rows of one request ask the same: the first asks the source, the others wait for its answer. */
function oncePerRequest<Key, Result>(
  load: (key: Key, context: RequestContext) => Promise<Result>,
): (key: Key, context: RequestContext) => Promise<Result> {
  const requests = new WeakMap<RequestContext, Map<string, Promise<Result>>>();
  return (key, context) => {
    const answers = requests.get(context) ?? new Map<string, Promise<Result>>();
    requests.set(context, answers);
    const text = JSON.stringify(key);
    const answer = answers.get(text) ?? load(key, context);
    answers.set(text, answer);
    return answer;
  };
}

function readCity(text: string): string {
  const city = text.trim().replace(/\s+/g, ' ');
  if (city !== '' && city.length <= LONGEST_CITY_NAME) return city;
  throw badInput(`A city has a name of 1 to ${LONGEST_CITY_NAME} letters.`, { city: city.slice(0, 40) });
}

function checkRange(from: string, to: string): void {
  const days = countDays(from, to);
  if (days < 1) throw badInput(`The range ends on ${to}, before it starts on ${from}.`, { from, to });
  if (days <= LONGEST_RANGE_DAYS) return;
  throw badInput(`The range from ${from} to ${to} is longer than ${LONGEST_RANGE_DAYS} days.`, {
    days,
    limit: LONGEST_RANGE_DAYS,
  });
}

function badInput(message: string, details: Readonly<Record<string, unknown>>): AskgraphError {
  return new AskgraphError('BAD_USER_INPUT', message, { domain: 'product', details });
}

function unknownPlace(source: WeatherSource, city: string): string {
  return `${source.name}: no place is known as "${city.trim()}".`;
}
