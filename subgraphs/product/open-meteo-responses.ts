import { z } from 'zod';
import { AskgraphError } from '../../schema/errors.js';
import { isDay } from './calendar.js';

/** The parts of Open-Meteo's responses that we read. What it has no value for is null or left out. */
const number = z.number().nullish();
const numbers = z.array(z.number().nullable()).optional();
const text = z.string().nullish();

export const placesResponse = z.object({
  // Open-Meteo leaves `results` out when it finds nothing.
  results: z
    .array(
      z.object({
        name: z.string(),
        latitude: z.number(),
        longitude: z.number(),
        timezone: z.string(),
        country: text,
        admin1: text,
      }),
    )
    .optional(),
});

export const daysResponse = z.object({
  daily: z
    .object({
      time: z.array(z.string().refine(isDay)),
      temperature_2m_max: numbers,
      temperature_2m_min: numbers,
      precipitation_sum: numbers,
      wind_speed_10m_mean: numbers,
      wind_speed_10m_max: numbers,
      weather_code: numbers,
    })
    .optional(),
});

export const currentResponse = daysResponse.extend({
  current: z
    .object({
      time: z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/),
      /** For how many seconds the values stand. */
      interval: z.number(),
      temperature_2m: number,
      relative_humidity_2m: number,
      wind_speed_10m: number,
      weather_code: number,
      is_day: number,
    })
    .optional(),
});

/** Variables in the order they are asked for. */
export const CURRENT_VARIABLES = 'temperature_2m,relative_humidity_2m,weather_code,wind_speed_10m,is_day';
export const DAILY_VARIABLES =
  'temperature_2m_max,temperature_2m_min,precipitation_sum,wind_speed_10m_mean,wind_speed_10m_max,weather_code';

/** Checks a response once, where it comes in. */
export function readResponse<Schema extends z.ZodType>(schema: Schema, json: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new AskgraphError('QUERY_FAILED', 'The weather API sent something other than Open-Meteo responses.', {
    domain: 'product',
    details: { problem: z.prettifyError(parsed.error) },
    cause: parsed.error,
  });
}
