import { join } from 'node:path';
import { OWN_QUERY_FIELDS } from '../schema/own-fields.js';
import { makeFolderLister } from '../subgraphs/folder/list-folder.js';
import { type LoadedDefinition, listSubgraphs } from '../subgraphs/list.js';
import type { Config } from './config.js';

/** The gateway's own root fields and the name of its subgraph: no folder's domain is called so. */
const OWN_NAMES = [...OWN_QUERY_FIELDS, 'askgraph'];

/**
 * Makes the function that finds the domains that the configuration names, now and at every refresh: of a folder of
 * data files, or those of this project.
 */
export function makeDomainLister(
  config: Config,
): (report: (message: string) => void) => Promise<LoadedDefinition[]> {
  const { dataFolder, home, relations } = config;
  if (dataFolder === undefined) return (report) => listSubgraphs({ report, relations });
  const dataDirectory = join(home, 'data');
  return makeFolderLister({ root: dataFolder, dataDirectory, reserved: OWN_NAMES, relations });
}
