import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { operationsOf } from './operations.js';

const schema = buildSchema(`
  scalar Date
  type Query { product: ProductQuery other: String }
  type ProductQuery {
    "The weather right now."
    currentWeather("Name of the city." city: String!, unit: TemperatureUnit! = CELSIUS): CurrentPayload!
    "The weather of each day."
    dailyWeather(city: String!, from: Date!, days: Int, tags: [String!]): DailyPayload!
    cities(prefix: String): [City!]!
    version: String!
  }
  enum TemperatureUnit { "Degrees Celsius (°C)." CELSIUS "Degrees Fahrenheit (°F)." FAHRENHEIT }
  type CurrentPayload { "What was measured." weather: Reading "Why there is none." reason: String }
  type Reading {
    city: City!
    temperatureMax: Float!
    temperatureMin: Float!
    temperatureUnit: TemperatureUnit!
    day: Date!
    words: [String!]!
    near(city: String!): Reading
  }
  type DailyPayload { days: [Reading!] place: City reason: String notes: [String!] }
  type City { name: String! population: Int }
`);
const operations = operationsOf('product', schema);
const operation = (name: string) => operations.find((table) => table.name === name)!;

describe('operationsOf', () => {
  it('makes tables of the fields of the domain’s namespace that give objects', () => {
    expect(operations.map(({ name, label, domain }) => [domain, name, label])).toEqual([
      ['product', 'currentWeather', 'current weather'],
      ['product', 'dailyWeather', 'daily weather'],
      ['product', 'cities', 'cities'],
    ]);
    expect(operationsOf('other', schema)).toEqual([]);
    expect(operationsOf('nowhere', schema)).toEqual([]);
  });

  it('finds the rows in a payload, and beside them the texts that say why there are none', () => {
    expect(operation('currentWeather').operation).toMatchObject({
      rowPath: ['weather'],
      notes: ['reason'],
      rows: 'one',
    });
    expect(operation('dailyWeather').operation).toMatchObject({
      rowPath: ['days'],
      notes: ['reason'],
      rows: 'many',
    });
    expect(operation('cities').operation).toMatchObject({ rowPath: [], notes: [], rows: 'many' });
  });

  it('makes columns of what a row holds, with the way to each and the type it arrives in', () =>
    expect(
      operation('currentWeather').columns.map(({ name, label, columnType, path }) => [
        name,
        label,
        columnType,
        path?.join('.'),
      ]),
    ).toEqual([
      ['city_name', 'city name', 'STRING', 'city.name'],
      ['city_population', 'city population', 'INTEGER', 'city.population'],
      ['temperatureMax', 'temperature maximum', 'FLOAT', 'temperatureMax'],
      ['temperatureMin', 'temperature minimum', 'FLOAT', 'temperatureMin'],
      ['day', 'day', 'DATE', 'day'],
    ]));

  it('knows by which argument the unit of a column is chosen, where there is one', () => {
    const units = (name: string) =>
      operation(name).columns.flatMap((column) =>
        column.unitArgument === undefined ? [] : [`${column.name} by ${column.unitArgument}`],
      );
    expect(units('currentWeather')).toEqual(['temperatureMax by unit', 'temperatureMin by unit']);
    expect(units('dailyWeather')).toEqual([]);
  });

  it('tells what must be said to get the rows', () => {
    expect(operation('currentWeather').operation?.arguments).toEqual([
      {
        name: 'city',
        comment: 'Name of the city.',
        type: 'text',
        graphqlType: 'String!',
        presence: 'required',
        choices: [],
        defaultChoice: undefined,
      },
      {
        name: 'unit',
        comment: '',
        type: 'choice',
        graphqlType: 'TemperatureUnit!',
        presence: 'optional',
        choices: [
          { name: 'CELSIUS', comment: 'Degrees Celsius (°C).' },
          { name: 'FAHRENHEIT', comment: 'Degrees Fahrenheit (°F).' },
        ],
        defaultChoice: 'CELSIUS',
      },
    ]);
    expect(
      operation('dailyWeather').operation?.arguments.map(
        ({ name, type, presence }) => `${name}: ${type}, ${presence}`,
      ),
    ).toEqual([
      'city: text, required',
      'from: date, required',
      'days: number, optional',
      'tags: text, optional',
    ]);
  });

  it('has the descriptions of the field and of what it gives as its comment', () =>
    expect(operation('currentWeather').comment).toBe('The weather right now.'));
});
