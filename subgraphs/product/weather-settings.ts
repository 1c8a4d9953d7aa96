import { AskgraphError } from '../../schema/errors.js';
import type { Environment } from '../define-subgraph.js';

/** Where the three APIs of Open-Meteo are. */
export interface WeatherSettings {
  readonly forecastUrl: string;
  readonly archiveUrl: string;
  readonly geocodingUrl: string;
  readonly apiKey: string | undefined;
}

/**
 * Reads OPEN_METEO_URL (`https://api.open-meteo.com`), OPEN_METEO_ARCHIVE_URL, OPEN_METEO_GEOCODING_URL and
 * OPEN_METEO_API_KEY; undefined where OPEN_METEO_URL is not set. Open-Meteo's own hosts imply each other; anywhere
 * else all three APIs are taken to be at OPEN_METEO_URL.
 */
export function readWeatherSettings(environment: Environment): WeatherSettings | undefined {
  const forecastUrl = readUrl(environment, 'OPEN_METEO_URL');
  if (forecastUrl === undefined) return undefined;
  return {
    forecastUrl,
    archiveUrl: readUrl(environment, 'OPEN_METEO_ARCHIVE_URL') ?? sibling(forecastUrl, 'archive-api'),
    geocodingUrl: readUrl(environment, 'OPEN_METEO_GEOCODING_URL') ?? sibling(forecastUrl, 'geocoding-api'),
    apiKey: environment.OPEN_METEO_API_KEY || undefined,
  };
}

function readUrl(environment: Environment, name: string): string | undefined {
  const text = environment[name];
  if (text === undefined || text === '') return undefined;
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw new AskgraphError('CONFIGURATION_INVALID', `${name} is not an http or https address.`, {
    domain: 'product',
    details: { setting: name },
  });
}

/** `customer-api.open-meteo.com` has `customer-archive-api.open-meteo.com` beside it. */
function sibling(forecastUrl: string, api: string): string {
  const url = new URL(forecastUrl);
  const match = /^(customer-)?api\.open-meteo\.com$/.exec(url.hostname);
  if (match === null) return forecastUrl;
  url.hostname = `${match[1] ?? ''}${api}.open-meteo.com`;
  return url.href;
}
