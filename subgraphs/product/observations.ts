import { readFile } from 'node:fs/promises';
import { AskgraphError } from '../../schema/errors.js';
import { isDay } from './calendar.js';

/** One line of weather.csv: millimetres, degrees Celsius, metres per second. */
export interface Observation {
  readonly day: string;
  readonly precipitation: number;
  readonly temperatureMax: number;
  readonly temperatureMin: number;
  readonly wind: number;
  readonly weather: string;
}

const HEADER = 'location,date,precipitation,temp_max,temp_min,wind,weather';

/** Reads observations by location, each location's oldest first. */
export async function readObservations(file: URL): Promise<Map<string, readonly Observation[]>> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new AskgraphError('DATA_CORRUPT', 'The weather observations cannot be read.', {
      domain: 'product',
      cause,
    });
  });
  const [header, ...lines] = text.trimEnd().split(/\r?\n/);
  if (header !== HEADER) throw corrupt(1);
  const observations = new Map<string, Observation[]>();
  lines.forEach((line, index) => {
    const { location, observation } = readLine(line, index + 2);
    const known = observations.get(location);
    if (known === undefined) observations.set(location, [observation]);
    else known.push(observation);
  });
  for (const known of observations.values()) known.sort((a, b) => (a.day < b.day ? -1 : 1));
  return observations;
}

function readLine(line: string, number: number): { location: string; observation: Observation } {
  const [location, day, ...rest] = line.split(',');
  const weather = rest.pop();
  const [precipitation, temperatureMax, temperatureMin, wind] = rest.map((text) =>
    text === '' ? Number.NaN : Number(text),
  );
  if (
    location === undefined ||
    day === undefined ||
    !isDay(day) ||
    weather === undefined ||
    rest.length !== 4 ||
    !isNumber(precipitation) ||
    !isNumber(temperatureMax) ||
    !isNumber(temperatureMin) ||
    !isNumber(wind)
  ) {
    throw corrupt(number);
  }
  return { location, observation: { day, precipitation, temperatureMax, temperatureMin, wind, weather } };
}

function isNumber(value: number | undefined): value is number {
  return Number.isFinite(value);
}

function corrupt(line: number): AskgraphError {
  return new AskgraphError('DATA_CORRUPT', `The weather observations are corrupt at line ${line}.`, {
    domain: 'product',
    details: { line },
  });
}
