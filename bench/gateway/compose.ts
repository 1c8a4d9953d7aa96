import { writeFileSync } from 'node:fs';
import { composeSupergraph } from '../../gateway/supergraph/compose.js';
import { subgraphSdl } from '../../gateway/supergraph/conformance/conformance.js';
import { subgraphs } from './workload.js';

// Writes the workload's supergraph: compose.js <subgraphs' port> <file>
const [, , port, file = ''] = process.argv;
const sources = Object.entries(subgraphs).map(([name, fixture]) => ({
  name,
  sdl: subgraphSdl(fixture),
  url: `http://127.0.0.1:${port}/${name}`,
}));
writeFileSync(file, await composeSupergraph(sources));
