// Hive's Rust planner and its executor behind Apollo Server 5: hive-behind-apollo.mjs <supergraph file> <port>
import { readFileSync } from 'node:fs';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { unifiedGraphHandler } from '@graphql-hive/router-runtime';
import { UnifiedGraphManager } from '@graphql-mesh/fusion-runtime';
import http from '@graphql-mesh/transport-http';

const [, , file, port] = process.argv;
const sdl = readFileSync(file, 'utf8');
const manager = new UnifiedGraphManager({
  getUnifiedGraph: () => sdl,
  handleUnifiedGraph: unifiedGraphHandler,
  transports: () => http,
});
const schema = await manager.getUnifiedGraph();
const executor = await manager.getExecutor();
const gateway = {
  onSchemaLoadOrUpdate(listener) {
    listener({ apiSchema: schema, coreSupergraphSdl: sdl });
    return () => {};
  },
  async load() {
    return {
      executor: ({ document, request, operationName, context }) =>
        executor({ document, variables: request.variables, operationName, context }),
    };
  },
  async stop() {},
};
const server = new ApolloServer({ gateway });
await startStandaloneServer(server, { listen: { port: Number(port), host: '127.0.0.1' } });
process.stdout.write('ready\n');
