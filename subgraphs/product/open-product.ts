import type { AuditTrail } from '../audit/audit-trail.js';
import { type HttpClient, httpClient } from '../connectors/http.js';
import type { Environment, OpenHandWrittenSubgraph } from '../define-subgraph.js';
import { type EmbeddedApi, startEmbeddedApi } from './embedded-api.js';
import { type OpenMeteoOptions, openMeteo } from './open-meteo.js';
import { buildProductSchema } from './product-schema.js';
import { weatherService } from './weather-service.js';
import { readWeatherSettings } from './weather-settings.js';
import type { WeatherSource } from './weather-source.js';

export interface OpenProductOptions {
  readonly environment: Environment;
  readonly audit: AuditTrail;
  readonly now: () => Date;
  /** From 0 up to 1, as `Math.random` gives. */
  readonly random: () => number;
}

/** Opens the domain over Open-Meteo where the environment names it, else over the embedded API. */
export async function openProduct(options: OpenProductOptions): Promise<OpenHandWrittenSubgraph> {
  const settings = readWeatherSettings(options.environment);
  if (settings === undefined) return openEmbedded(options);
  const source = openMeteo({
    name: 'Open-Meteo',
    forecast: makeClient('Open-Meteo', settings.forecastUrl, options),
    archive: makeClient('The Open-Meteo archive', settings.archiveUrl, options),
    geocoding: makeClient('Open-Meteo geocoding', settings.geocodingUrl, options),
    apiKey: settings.apiKey,
    pastCurrent: 'records',
    audit: options.audit,
    now: options.now,
  });
  return openWith('Open-Meteo HTTP API', source, async () => {});
}

async function openEmbedded(options: OpenProductOptions): Promise<OpenHandWrittenSubgraph> {
  const api: EmbeddedApi = await startEmbeddedApi(new URL('./weather.csv', import.meta.url));
  const client = makeClient('The embedded weather API', api.url, options);
  const source = openMeteo({
    name: 'NOAA daily observations',
    forecast: client,
    archive: client,
    geocoding: client,
    apiKey: undefined,
    pastCurrent: 'asOfParameter',
    audit: options.audit,
    now: options.now,
  } satisfies OpenMeteoOptions);
  return openWith('embedded weather API', source, () => api.close());
}

async function openWith(
  engine: string,
  source: WeatherSource,
  close: () => Promise<void>,
): Promise<OpenHandWrittenSubgraph> {
  const { schema, sdl } = await buildProductSchema(weatherService(source));
  return {
    engine,
    schema,
    sdl,
    close,
    checkHealth: () => source.checkHealth(new AbortController().signal),
  };
}

const MEGABYTE = 1_000_000;

function makeClient(name: string, baseUrl: string, { now, random }: OpenProductOptions): HttpClient {
  return httpClient({
    domain: 'product',
    name,
    baseUrl,
    timeout: 10_000,
    maximumResponseBytes: 2 * MEGABYTE,
    maximumCacheBytes: 4 * MEGABYTE,
    maximumConcurrent: 8,
    retryDelay: () => 50 + 100 * random(),
    now: () => now().getTime(),
  });
}
