import {
  type BreakingChange,
  BreakingChangeType,
  buildSchema,
  DangerousChangeType,
  findBreakingChanges,
  findDangerousChanges,
  type GraphQLSchema,
} from 'graphql';
import { announcedCoordinates } from './announced-changes.js';

/** A difference between two schemas, as the clients of the older one feel it. */
export interface SchemaChange {
  /**
   * `breaking` where a query that was valid fails, or answers otherwise without having changed; but that what was
   * deprecated goes is `safe`.
   */
  readonly kind: 'breaking' | 'safe';
  readonly description: string;
}

/** What a change that would break clients backwards is called forwards, where it breaks none. */
const FORWARDS: Readonly<Partial<Record<BreakingChangeType, (backwards: string) => string>>> = {
  [BreakingChangeType.TYPE_REMOVED]: added,
  [BreakingChangeType.FIELD_REMOVED]: added,
  [BreakingChangeType.VALUE_REMOVED_FROM_ENUM]: added,
  [BreakingChangeType.ARG_REMOVED]: added,
  [BreakingChangeType.TYPE_REMOVED_FROM_UNION]: added,
  [BreakingChangeType.FIELD_CHANGED_KIND]: widened,
  [BreakingChangeType.ARG_CHANGED_KIND]: widened,
};

/** What a removal is about: `Thing.id was removed.` → `Thing.id`. */
const REMOVED_COORDINATE: Readonly<
  Partial<Record<BreakingChangeType, (description: string) => string | undefined>>
> = {
  [BreakingChangeType.TYPE_REMOVED]: firstWord,
  [BreakingChangeType.FIELD_REMOVED]: firstWord,
  [BreakingChangeType.VALUE_REMOVED_FROM_ENUM]: (text) =>
    text.replace(/^(\S+) was removed from enum type (\S+)\.$/, '$2.$1'),
  [BreakingChangeType.ARG_REMOVED]: (text) => text.replace(/^(\S+) arg (\S+) was removed\.$/, '$1.$2'),
};

const NO_QUERY = 'type Query { none: Boolean }';

/**
 * What changes from one SDL to another, breaking changes first. An empty SDL is a schema that is not there. Texts that
 * differ only in documentation or directives give one safe change.
 */
export function findSchemaChanges(before: string, after: string): SchemaChange[] {
  if (before === after) return [];
  const [old, fresh] = [build(before), build(after)];
  const dangerous = findDangerousChanges(old, fresh);
  const removals = splitAnnounced(old, findBreakingChanges(old, fresh));
  const breaking = [
    ...removals.sudden,
    // Nobody who left the argument out gets what they got before.
    ...dangerous
      .filter(({ type }) => type === DangerousChangeType.ARG_DEFAULT_VALUE_CHANGE)
      .map(({ description }) => description),
  ];
  const safe = safeChanges(findBreakingChanges(fresh, old)).filter((text) => !breaking.includes(text));
  const changes = [
    ...breaking.map((description) => ({ kind: 'breaking' as const, description })),
    ...removals.announced.map((description) => ({
      kind: 'safe' as const,
      description: `${description} It was deprecated.`,
    })),
    ...safe.map((description) => ({ kind: 'safe' as const, description })),
  ];
  return changes.length > 0
    ? changes
    : [{ kind: 'safe', description: 'Only documentation or directives changed.' }];
}

/** Breaking changes are safe where clients had been told of them: what goes was deprecated. */
function splitAnnounced(old: GraphQLSchema, changes: readonly BreakingChange[]) {
  const announced = announcedCoordinates(old);
  const isAnnounced = ({ type, description }: BreakingChange) =>
    announced.has(REMOVED_COORDINATE[type]?.(description) ?? '');
  const textsOf = (of: readonly BreakingChange[]) => of.map(({ description }) => description);
  return {
    announced: textsOf(changes.filter(isAnnounced)),
    sudden: textsOf(changes.filter((change) => !isAnnounced(change))),
  };
}

/** An SDL of a subgraph uses directives of federation that it does not define. */
function build(sdl: string): GraphQLSchema {
  const text = sdl.replaceAll(/^extend schema @link.*$/gm, '').replaceAll(/^\s*#.*$/gm, '');
  return buildSchema(text.trim() === '' ? NO_QUERY : sdl.replaceAll(/^extend schema @link.*$/gm, ''), {
    assumeValidSDL: true,
    noLocation: true,
  });
}

function safeChanges(backwards: readonly BreakingChange[]): string[] {
  return backwards.flatMap(({ type, description }) => FORWARDS[type]?.(description) ?? []);
}

function firstWord(text: string): string | undefined {
  return text.split(' ')[0];
}

/** `DOWN was removed from enum type Order.` → `DOWN was added to enum type Order.` */
function added(removed: string): string {
  return removed.replace(/\bwas removed\b( from)?/, (_, from?: string) => `was added${from ? ' to' : ''}`);
}

/** `Thing.id changed type from Int! to Int.` → `Thing.id changed type from Int to Int!.` */
function widened(narrowed: string): string {
  return narrowed.replace(/ from (\S+) to (\S+)\.$/, ' from $2 to $1.');
}
