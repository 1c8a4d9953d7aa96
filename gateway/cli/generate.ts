import type { Catalog } from '../../schema/catalog.js';
import { AskgraphError } from '../../schema/errors.js';
import { type Drift, generate } from '../../schema/generate.js';
import { isCatalogSubgraph } from '../../subgraphs/define-subgraph.js';
import { describeDomain } from '../../subgraphs/describe-domain.js';
import { readDefinition } from '../../subgraphs/list.js';
import { prepareCatalog } from '../../subgraphs/prepare-catalog.js';

/** Prints the typed schemas of the checkout that the command runs in, or checks them and says what changes. */
export async function generateSchemas(mode: 'write' | 'check'): Promise<void> {
  const warn = (message: string) => process.stdout.write(`${message}\n`);
  const drifts = await generate(process.cwd(), mode, describe, warn);
  for (const drift of drifts) process.stdout.write(described(drift));
  if (drifts.length === 0) process.stdout.write('The generated schemas are what the catalogs give.\n');
  else if (mode === 'check') {
    const files = drifts.map(({ file }) => file).join(', ');
    throw new AskgraphError(
      'CATALOG_INVALID',
      `${files} ${drifts.length === 1 ? 'is' : 'are'} not what the catalogs give. Run "npm run generate" and commit.`,
    );
  }
}

async function describe(domain: string, whole: Catalog) {
  const definition = await readDefinition(domain);
  if (definition === undefined || !isCatalogSubgraph(definition))
    return { catalog: whole, domain: { name: domain, description: whole.description } };
  const catalog = prepareCatalog(definition, whole, 'declared');
  return { catalog, domain: describeDomain(definition, catalog) };
}

function described({ file, lines, changes }: Drift): string {
  const breaking = changes.filter(({ kind }) => kind === 'breaking');
  const texts = [
    ...lines,
    ...changes.map(({ kind, description }) => `${kind}: ${description}`),
    `${breaking.length} breaking, ${changes.length - breaking.length} safe`,
  ];
  return `${file}\n${texts.map((text) => `  ${text}\n`).join('')}`;
}
