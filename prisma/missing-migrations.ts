import { AskgraphError } from '../schema/errors.js';
import type { Migration } from './read-migrations.js';

/**
 * What a store has not yet, of whose migrations the checksums are known by name. Throws STORE_UNAVAILABLE, naming the
 * migration, where a newer version made one, or one was changed after it was applied.
 */
export function missing(migrations: readonly Migration[], applied: ReadonlyMap<string, string>): Migration[] {
  const known = new Map(migrations.map((migration) => [migration.name, migration.checksum]));
  for (const [name, checksum] of applied) {
    if (!known.has(name)) {
      throw new AskgraphError(
        'STORE_UNAVAILABLE',
        `The store has the migration "${name}", which this version of Askgraph does not know: a newer one made it.`,
        { details: { migration: name } },
      );
    }
    if (known.get(name) !== checksum) {
      throw new AskgraphError(
        'STORE_UNAVAILABLE',
        `The migration "${name}" was changed after it was applied. Restore its file, and put the change into a new one.`,
        { details: { migration: name } },
      );
    }
  }
  return migrations.filter((migration) => !applied.has(migration.name));
}

export function failed({ name }: Migration, cause: unknown): AskgraphError {
  return new AskgraphError('STORE_UNAVAILABLE', `The migration "${name}" failed.`, {
    details: { migration: name },
    cause,
  });
}
