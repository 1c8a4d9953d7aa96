import type { Observation } from './observations.js';

/** The units that a request chose, and how to get there from the observations' own. */
export interface UnitChoice {
  readonly temperature: (celsius: number) => number;
  readonly temperatureSymbol: string;
  readonly speed: (metresPerSecond: number) => number;
  readonly speedSymbol: string;
}

export interface Variable {
  readonly unit: (units: UnitChoice) => string;
  /** Absent: a variable of Open-Meteo that daily observations do not hold; it is null. */
  readonly read?: (observation: Observation, units: UnitChoice) => number | null;
}

/** The WMO class of each word; the code's intensity means nothing here, since the observations tell none. */
const WEATHER_CODES: Readonly<Record<string, number>> = { sun: 0, fog: 45, drizzle: 51, rain: 61, snow: 71 };

const weatherCode: Variable = {
  unit: () => 'wmo code',
  read: ({ weather }) => WEATHER_CODES[weather] ?? null,
};
const averageWind: Variable = {
  unit: ({ speedSymbol }) => speedSymbol,
  read: ({ wind }, { speed }) => speed(wind),
};
const precipitation: Variable = { unit: () => 'mm', read: (observation) => observation.precipitation };

export const DAILY_VARIABLES: Readonly<Record<string, Variable>> = {
  temperature_2m_max: {
    unit: ({ temperatureSymbol }) => temperatureSymbol,
    read: ({ temperatureMax }, { temperature }) => temperature(temperatureMax),
  },
  temperature_2m_min: {
    unit: ({ temperatureSymbol }) => temperatureSymbol,
    read: ({ temperatureMin }, { temperature }) => temperature(temperatureMin),
  },
  precipitation_sum: precipitation,
  wind_speed_10m_mean: averageWind,
  wind_speed_10m_max: { unit: ({ speedSymbol }) => speedSymbol },
  weather_code: weatherCode,
};

export const CURRENT_VARIABLES: Readonly<Record<string, Variable>> = {
  temperature_2m: { unit: ({ temperatureSymbol }) => temperatureSymbol },
  relative_humidity_2m: { unit: () => '%' },
  precipitation,
  wind_speed_10m: averageWind,
  weather_code: weatherCode,
  is_day: { unit: () => '' },
};

export const TEMPERATURE_CHOICES: Readonly<
  Record<string, Pick<UnitChoice, 'temperature' | 'temperatureSymbol'>>
> = {
  celsius: { temperature: (celsius) => celsius, temperatureSymbol: '°C' },
  fahrenheit: { temperature: (celsius) => oneDecimal(celsius * 1.8 + 32), temperatureSymbol: '°F' },
};

export const SPEED_CHOICES: Readonly<Record<string, Pick<UnitChoice, 'speed' | 'speedSymbol'>>> = {
  kmh: { speed: (metres) => oneDecimal(metres * 3.6), speedSymbol: 'km/h' },
  mph: { speed: (metres) => oneDecimal(metres / 0.44704), speedSymbol: 'mp/h' },
  ms: { speed: (metres) => metres, speedSymbol: 'm/s' },
};

function oneDecimal(value: number): number {
  return Math.round(value * 10) / 10;
}
