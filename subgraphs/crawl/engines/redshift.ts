import type { CrawlEngine } from './engine.js';
import { engine as postgres } from './postgres.js';

/** Amazon Redshift keeps PostgreSQL's catalog of its own tables. */
export const engine: CrawlEngine = { ...postgres, classification: 'redshift' };
