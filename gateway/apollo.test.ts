import { assertValidSchema, buildSchema } from 'graphql';
import pino from 'pino';
import { expect, it, vi } from 'vitest';
import { addLazily, makeLazyTypes } from '../schema/lazy-types.js';
import { block, line } from '../schema/sdl-text.js';
import { makeApollo } from './apollo.js';
import { readConfig } from './config.js';
import type { CallerLimits } from './limits/caller-limits.js';

it('Apollo Server starts without reading the types that nobody has asked for', async () => {
  const sdl = 'type Query { shop: Shop } type Shop { placeholder: Boolean }';
  const schema = buildSchema(sdl);
  const lazy = makeLazyTypes({
    definitions: new Map([
      ['Shop', block('type', 'Shop', '', () => [line('orders: [Order]')])],
      ['Order', block('type', 'Order', '', () => [line('id: Int')])],
    ]),
    others: (name) => schema.getType(name) ?? buildSchema('type Query { id: Int }').getType(name),
    resolverOf: () => undefined,
  });
  assertValidSchema(schema);
  addLazily(schema, lazy, 'Shop');
  const order = lazy.get('Order') as { getFields: () => unknown };
  const read = vi.spyOn(order, 'getFields');
  const apollo = await makeApollo({
    supergraph: {
      sdl,
      apart: [],
      schema,
      execute: async () => ({ data: {} }),
      respond: async () => ({ result: { data: {} } }),
      close: async () => {},
    },
    logger: pino({ level: 'silent' }),
    introspection: 'on',
    operationLimits: readConfig({}).limits.operation,
    callerLimits: {} as CallerLimits,
    plugins: [],
  });
  expect(read).not.toHaveBeenCalled();
  await apollo.stop();
});
