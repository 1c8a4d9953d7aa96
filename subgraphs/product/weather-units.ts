/** The names are GraphQL's; the values are what Open-Meteo calls them. */
export const TEMPERATURE_UNITS = { CELSIUS: 'celsius', FAHRENHEIT: 'fahrenheit' } as const;
export type TemperatureUnit = keyof typeof TEMPERATURE_UNITS;

export const SPEED_UNITS = { KILOMETERS_PER_HOUR: 'kmh', MILES_PER_HOUR: 'mph' } as const;
export type SpeedUnit = keyof typeof SPEED_UNITS;

/** The units that readings are asked in. The API converts, as Open-Meteo does. */
export interface Units {
  readonly temperature: TemperatureUnit;
  readonly speed: SpeedUnit;
}
