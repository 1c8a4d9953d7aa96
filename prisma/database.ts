import type { PrismaClient } from './client/client.js';

/** The store's tables as Prisma knows them, on either engine. */
export interface Database {
  readonly client: PrismaClient;
  /** Throws where the database that was opened does not answer any more. */
  checkHealth(): Promise<void>;
  close(): Promise<void>;
}
