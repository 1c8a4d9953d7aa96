import type { CurrentAnswer, DaysAnswer } from './weather-service.js';
import type { DayReading } from './weather-source.js';
import {
  ProductCurrentWeather,
  ProductDailyWeather,
  ProductWeather,
  ProductWeatherDay,
} from './weather-types.js';
import type { Units } from './weather-units.js';

/** Puts what was read into the classes that GraphQL tells types by, with the units it is in. */
export function currentPayload(
  { place, reading, reason }: CurrentAnswer,
  units: Units,
  source: string,
): ProductCurrentWeather {
  const weather =
    place === null || reading === null
      ? null
      : Object.assign(new ProductWeather(), reading, { city: place.name, source }, unitFields(units));
  return Object.assign(new ProductCurrentWeather(), { weather, place, reason });
}

export function dailyPayload(
  { place, days, reason }: DaysAnswer,
  units: Units,
  source: string,
): ProductDailyWeather {
  const city = place?.name ?? '';
  const row = (day: DayReading) =>
    Object.assign(new ProductWeatherDay(), day, { city, source }, unitFields(units));
  return Object.assign(new ProductDailyWeather(), { days: days.map(row), place, reason });
}

function unitFields(units: Units) {
  return { temperatureUnit: units.temperature, windSpeedUnit: units.speed };
}
