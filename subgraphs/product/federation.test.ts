import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { composeServices, compositionHasErrors } from '@theguild/federation-composition';
import { graphql, parse } from 'graphql';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { NO_AUDIT } from '../audit/audit-trail.js';
import type { OpenHandWrittenSubgraph } from '../define-subgraph.js';
import { type EmbeddedApi, startEmbeddedApi } from './embedded-api.js';
import { openProduct } from './open-product.js';

const SALES = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])
  type Query { sales: SalesQuery }
  type SalesQuery { venue: [SalesVenue!] }
  scalar Date
  "A venue where events take place."
  type SalesVenue @key(fields: "venueid") {
    venueid: Int!
    "Name of the venue."
    venuename: String
    "City of the venue."
    venuecity: String
    venuestate: String
    venueseats: Int
  }
`;

// Before the embedded API, a proxy that counts what is asked of it.
let api: EmbeddedApi;
let proxy: Server;
let product: OpenHandWrittenSubgraph;
const asked: string[] = [];

beforeAll(async () => {
  api = await startEmbeddedApi(new URL('./weather.csv', import.meta.url));
  proxy = createServer(async (request, response) => {
    asked.push(request.url ?? '');
    const answer = await fetch(api.url + request.url);
    response.writeHead(answer.status).end(await answer.text());
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  product = await openProduct({
    audit: NO_AUDIT,
    environment: { OPEN_METEO_URL: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` },
    now: () => new Date('2015-12-31T20:00:00Z'),
    random: () => 0,
  });
});
beforeEach(() => asked.splice(0));
afterAll(async () => {
  proxy.close();
  proxy.closeAllConnections();
  await product.close();
  await api.close();
});

describe('the product subgraph in a federation', () => {
  it('composes with sales, whose words about venues stay', () => {
    const result = composeServices([
      { name: 'sales', typeDefs: parse(SALES) },
      { name: 'product', typeDefs: parse(product.sdl) },
    ]);
    expect(compositionHasErrors(result) ? result.errors : []).toEqual([]);
    const { supergraphSdl = '' } = result;
    const venue = /type SalesVenue[^}]*\}/.exec(supergraphSdl)?.[0];
    expect(venue).toMatch(/venuecity: String[^\n]*PRODUCT, external: true/);
    expect(venue).toMatch(/currentWeather\([\s\S]*requires: "venuecity venuestate"/);
    expect(supergraphSdl).toContain('A venue where events take place.');
    expect(supergraphSdl).toContain("What the weather is like right now in the venue's city.");
  });

  it('prefixes every type of its own, so that none merges with one of another domain by chance', () => {
    const shared = ['Query', 'SalesVenue', 'Date'];
    const own = [...product.sdl.matchAll(/^(?:type|enum|scalar|input) (\w+)/gm)].map(
      ([, name]) => name ?? '',
    );
    expect(own.filter((name) => !shared.includes(name) && !name.startsWith('Product'))).toEqual([]);
    expect(own).toEqual(expect.arrayContaining([...shared, 'ProductQuery', 'ProductWeather']));
  });

  it('documents every type, field, argument and value of its own', () => {
    const undocumented: string[] = [];
    for (const type of Object.values(product.schema.getTypeMap())) {
      if (!type.name.startsWith('Product') && type.name !== 'Date') continue;
      if (!type.description) undocumented.push(type.name);
      if ('getValues' in type) {
        for (const value of type.getValues())
          if (!value.description) undocumented.push(`${type.name}.${value.name}`);
      }
      if (!('getFields' in type)) continue;
      for (const field of Object.values(type.getFields())) {
        if (!field.description) undocumented.push(`${type.name}.${field.name}`);
        for (const argument of 'args' in field ? field.args : []) {
          if (!argument.description) undocumented.push(`${type.name}.${field.name}(${argument.name})`);
        }
      }
    }
    expect(undocumented).toEqual([]);
  });

  it('serves the SDL it was composed from', async () => {
    const { data } = await graphql({ schema: product.schema, source: '{ _service { sdl } }' });
    expect(JSON.stringify(data)).toContain('@requires(fields: \\"venuecity venuestate\\")');
  });

  async function weatherAt(venues: readonly Record<string, unknown>[]) {
    const result = await graphql({
      schema: product.schema,
      source: `query ($representations: [_Any!]!) {
        _entities(representations: $representations) {
          ... on SalesVenue {
            venueid
            currentWeather(temperatureUnit: FAHRENHEIT) { weather { city observedOn temperatureMax } reason }
          }
        }
      }`,
      variableValues: { representations: venues.map((venue) => ({ __typename: 'SalesVenue', ...venue })) },
      contextValue: {
        requestId: 'test',
        caller: { subject: 'test', roles: [], claims: {} },
        signal: new AbortController().signal,
        asOf: new Date('2015-12-31T20:00:00Z'),
      },
    });
    expect(result.errors).toBeUndefined();
    return JSON.parse(JSON.stringify(result.data))._entities;
  }

  // New York,2015-12-31,1.5,11.1,6.1,5.5,rain: 11.1 °C are 51.98 °F
  it('asks once for a city, however many venues are there', async () => {
    const venues = Array.from({ length: 100 }, (_, venueid) => ({
      venueid,
      venuecity: 'New York City',
      venuestate: 'NY',
    }));
    const entities = await weatherAt(venues);
    expect(asked.map((url) => url.split('?')[0])).toEqual(['/v1/search', '/v1/forecast']);
    expect(entities).toEqual(
      venues.map(({ venueid }) => ({
        venueid,
        currentWeather: {
          weather: { city: 'New York', observedOn: '2015-12-31', temperatureMax: 52 },
          reason: null,
        },
      })),
    );
  });

  it('gives each venue the weather of its own city, or the reason why not', async () => {
    const entities = await weatherAt([
      { venueid: 1, venuecity: 'Seattle', venuestate: 'WA' },
      { venueid: 2, venuecity: 'Chicago', venuestate: 'IL' },
      { venueid: 3, venuecity: null, venuestate: 'NY' },
      { venueid: 4, venuecity: 'Seattle', venuestate: null },
    ]);
    const seattle = {
      weather: { city: 'Seattle', observedOn: '2015-12-31', temperatureMax: 42.1 },
      reason: null,
    };
    expect(entities).toEqual([
      { venueid: 1, currentWeather: seattle },
      {
        venueid: 2,
        currentWeather: { weather: null, reason: 'Open-Meteo: no place is known as "Chicago, IL".' },
      },
      { venueid: 3, currentWeather: { weather: null, reason: 'The city of the venue is not known.' } },
      { venueid: 4, currentWeather: seattle },
    ]);
  });
});
