import type { RequestContext } from '../request-context.js';
import type { Units } from './weather-units.js';

/** Where the product domain's weather comes from. Days are `2013-05-31`, in the place's own time zone. */
export interface WeatherSource {
  /** As people say it, and as every reading names it. */
  readonly name: string;
  /** The place that people mean by `Seattle` or `New York, NY`; undefined where the source knows none. */
  findPlace(name: string, context: RequestContext): Promise<Place | undefined>;
  /** The latest reading that is not after the request's `asOf`; undefined where there is none. */
  current(place: Place, units: Units, context: RequestContext): Promise<CurrentReading | undefined>;
  /** The days of a range that have any reading, oldest first. */
  days(place: Place, request: DaysRequest, context: RequestContext): Promise<DayReading[]>;
  /** Throws SOURCE_UNAVAILABLE or the like where the source does not answer. */
  checkHealth(signal: AbortSignal): Promise<void>;
}

export interface Place {
  readonly name: string;
  readonly region: string | null;
  readonly country: string | null;
  readonly latitude: number;
  readonly longitude: number;
  readonly timeZone: string;
}

export interface DaysRequest {
  readonly from: string;
  readonly to: string;
  readonly units: Units;
}

/** What was measured on one day; null is what the source does not have. Precipitation is in millimetres. */
export interface DayReading {
  readonly observedOn: string;
  readonly temperatureMax: number | null;
  readonly temperatureMin: number | null;
  readonly precipitation: number | null;
  /** The day's average. */
  readonly windSpeed: number | null;
  readonly windSpeedMax: number | null;
  readonly conditions: string | null;
}

export interface CurrentReading extends DayReading {
  /** Local time, `14:45`; null where the source has one reading a day. `windSpeed` is then the day's average. */
  readonly observedAt: string | null;
  readonly temperature: number | null;
  /** In percent. */
  readonly humidity: number | null;
}
