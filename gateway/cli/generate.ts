import { AskgraphError } from '../../schema/errors.js';
import { generate } from '../../schema/generate.js';

/** Prints the typed schemas of the checkout that the command runs in, or checks them. */
export async function generateSchemas(mode: 'write' | 'check'): Promise<void> {
  const drifts = await generate(process.cwd(), mode);
  for (const { file, lines } of drifts)
    process.stdout.write(`${file}\n${lines.map((line) => `  ${line}\n`).join('')}`);
  if (drifts.length === 0) process.stdout.write('The generated schemas are what the catalogs give.\n');
  else if (mode === 'check') {
    const files = drifts.map(({ file }) => file).join(', ');
    throw new AskgraphError(
      'CATALOG_INVALID',
      `${files} ${drifts.length === 1 ? 'is' : 'are'} not what the catalogs give. Run "npm run generate" and commit.`,
    );
  }
}
