/** The places that the embedded API has observations of, as GeoNames and so Open-Meteo describe them. */
export interface EmbeddedPlace {
  /** What weather.csv calls it. */
  readonly location: string;
  readonly aliases: readonly string[];
  readonly regionCode: string;
  readonly result: {
    readonly id: number;
    readonly name: string;
    readonly latitude: number;
    readonly longitude: number;
    readonly country_code: string;
    readonly timezone: string;
    readonly country: string;
    readonly admin1: string;
  };
}

const PLACES: readonly EmbeddedPlace[] = [
  {
    location: 'New York',
    aliases: ['new york', 'new york city', 'city of new york', 'nyc'],
    regionCode: 'NY',
    result: {
      id: 5128581,
      name: 'New York',
      latitude: 40.71427,
      longitude: -74.00597,
      country_code: 'US',
      timezone: 'America/New_York',
      country: 'United States',
      admin1: 'New York',
    },
  },
  {
    location: 'Seattle',
    aliases: ['seattle', 'city of seattle'],
    regionCode: 'WA',
    result: {
      id: 5809844,
      name: 'Seattle',
      latitude: 47.60621,
      longitude: -122.33207,
      country_code: 'US',
      timezone: 'America/Los_Angeles',
      country: 'United States',
      admin1: 'Washington',
    },
  },
];

/** Finds places as Open-Meteo does: a name, and after a comma the region or country that narrows it. */
export function searchPlaces(text: string): EmbeddedPlace[] {
  const [name = '', area] = text.split(',').map(normalise);
  return PLACES.filter(
    ({ aliases, regionCode, result }) =>
      aliases.includes(name) &&
      (area === undefined ||
        [regionCode, result.admin1, result.country, result.country_code].map(normalise).includes(area)),
  );
}

/** A degree is up to 111 km: within half of one, an observation still tells the weather. */
const REACH_DEGREES = 0.5;

export function placeAt(latitude: number, longitude: number): EmbeddedPlace | undefined {
  return PLACES.find(
    ({ result }) =>
      Math.abs(result.latitude - latitude) <= REACH_DEGREES &&
      Math.abs(result.longitude - longitude) <= REACH_DEGREES,
  );
}

function normalise(text: string): string {
  return text.trim().replace(/\s+/g, ' ').toLowerCase();
}
