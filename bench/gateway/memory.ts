import { readFileSync } from 'node:fs';
import { subgraphSchema } from '../../gateway/supergraph/conformance/conformance.js';
import { testContext } from '../../gateway/supergraph/conformance/test-context.js';
import { readGatewayConfig } from '../../gateway/supergraph/gateway-config.js';
import { localTransport } from '../../gateway/supergraph/local.js';
import { createDocumentCache } from '../../gateway/supergraph/route/document-cache.js';
import { createSupergraph } from '../../gateway/supergraph/supergraph.js';
import { subgraphs } from './workload.js';

// What many documents, each asked once, leave in memory: memory.js <supergraph file> <documents>
const [, , file = '', amount = '100000'] = process.argv;
const config = readGatewayConfig({ SUPERGRAPH: file });
const transports = new Map(
  Object.entries(subgraphs).map(([name, fixture]) => [
    name,
    localTransport({ schema: subgraphSchema(fixture), parsedDocuments: 1000 }),
  ]),
);
const supergraph = await createSupergraph({
  sdl: readFileSync(file, 'utf8'),
  transports,
  preparedOperations: config.preparedOperations,
});
const check = createDocumentCache({
  schema: supergraph.schema,
  documents: config.preparedOperations,
  characters: config.documentCharacters,
  maximumTokens: config.maximumTokens,
  introspection: 'allowed',
});
const documents = Number(amount);
const begun = performance.now();
for (let number = 0; number <= documents; number++) {
  const checked = check(
    `query Q${number} { me { id n${number}: name reviews { id body product { upc name inStock } } } }`,
  );
  if ('errors' in checked) throw new Error(String(checked.errors[0]));
  await supergraph.respond({ document: checked.document, context: testContext() });
  if (number % Math.ceil(documents / 10) === 0) {
    const { rss, heapUsed } = process.memoryUsage();
    const seconds = (performance.now() - begun) / 1000;
    const megabytes = (bytes: number) => `${(bytes / 1_048_576).toFixed(0)} MB`;
    process.stdout.write(
      `${number} documents, ${seconds.toFixed(0)} s: rss ${megabytes(rss)}, heap ${megabytes(heapUsed)}\n`,
    );
  }
}
await supergraph.close();
