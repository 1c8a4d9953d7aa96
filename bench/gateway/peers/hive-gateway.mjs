// @graphql-hive/gateway-runtime: hive-gateway.mjs <javascript|rust> <supergraph file> <port>

import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createGatewayRuntime } from '@graphql-hive/gateway-runtime';
import { unifiedGraphHandler } from '@graphql-hive/router-runtime';

const [, , planner, file, port] = process.argv;
const runtime = createGatewayRuntime({
  supergraph: readFileSync(file, 'utf8'),
  logging: false,
  maskedErrors: false,
  ...(planner === 'rust' ? { unifiedGraphHandler } : {}),
});
createServer(runtime).listen(Number(port), '127.0.0.1', () => process.stdout.write('ready\n'));
