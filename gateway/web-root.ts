import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { AskgraphError } from '../schema/errors.js';

/** The folder of the built pages: beside the built gateway, or in dist where the sources run. */
export function webRoot(): string {
  const places = ['../web/', '../dist/web/'].map((place) => fileURLToPath(new URL(place, import.meta.url)));
  const found = places.find((place) => existsSync(`${place}index.html`));
  if (found === undefined)
    throw new AskgraphError('CONFIGURATION_INVALID', 'The pages are not built. Run "npm run build".');
  return found;
}
