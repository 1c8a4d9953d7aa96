import { createServer } from 'node:http';
import { graphql } from 'graphql';
import { subgraphSchema } from '../../gateway/supergraph/conformance/conformance.js';
import { subgraphs } from './workload.js';

// All four subgraphs in one process, as fast as can be: what was asked before is answered from memory.
const port = Number(process.argv[2]);
const schemas = new Map(
  Object.entries(subgraphs).map(([name, fixture]) => [`/${name}`, subgraphSchema(fixture)]),
);
const answers = new Map<string, Buffer>();
let log: { path: string; body: string }[] = [];

createServer((request, response) => {
  const path = request.url ?? '';
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks).toString('latin1');
    const known = answers.get(path + body);
    if (known !== undefined) return send(known);
    if (path === '/log') return send(Buffer.from(JSON.stringify(log)));
    if (path === '/forget') {
      log = [];
      answers.clear();
      return send(Buffer.from('{}'));
    }
    const schema = schemas.get(path);
    const { query, variables, operationName } = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    if (schema === undefined) return send(Buffer.from('{"errors":[{"message":"no such subgraph"}]}'));
    void graphql({ schema, source: query, variableValues: variables, operationName }).then((result) => {
      const answer = Buffer.from(JSON.stringify(result));
      answers.set(path + body, answer);
      log.push({ path, body: Buffer.concat(chunks).toString('utf8') });
      send(answer);
    });
  });
  const send = (body: Buffer): void => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
    response.end(body);
  };
}).listen(port, '127.0.0.1', () => process.stdout.write('ready\n'));
