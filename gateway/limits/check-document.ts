import { type DocumentNode, Kind, type SelectionSetNode, visit } from 'graphql';
import { AskgraphError } from '../../schema/errors.js';
import type { OperationLimits } from './limits-config.js';

/** No field needs more: `@skip`, `@include`, and what a server adds. */
const MOST_DIRECTIVES_AT_ONE_PLACE = 5;
/** A field that fragments and components ask for again and again is answered once; nobody writes it down so often. */
const MOST_REPEATS = 20;

/**
 * Refuses a document by what is written in it, before it is validated: validation compares fields with one another and
 * names every mistake, which is what a document of a thousand aliases or unknown directives is sent for.
 * @throws TOO_COMPLEX
 */
export function checkDocument(document: DocumentNode, limits: OperationLimits): void {
  let aliases = 0;
  let directives = 0;
  const countDirectives = (count: number): void => {
    directives += count;
    if (count > MOST_DIRECTIVES_AT_ONE_PLACE) {
      throw tooMany('directives at one place', MOST_DIRECTIVES_AT_ONE_PLACE);
    }
    if (directives > limits.directives) throw tooMany('directives', limits.directives);
  };
  const countNames = ({ selections }: SelectionSetNode): void => {
    const repeats = new Map<string, number>();
    for (const selection of selections) {
      if (selection.kind !== Kind.FIELD) continue;
      const name = selection.alias?.value ?? selection.name.value;
      const times = (repeats.get(name) ?? 0) + 1;
      repeats.set(name, times);
      if (times > MOST_REPEATS) throw tooMany(`times "${name}" in one selection`, MOST_REPEATS);
      if (name !== selection.name.value) aliases += 1;
      if (aliases > limits.aliases) throw tooMany('aliases', limits.aliases);
    }
  };
  visit(document, {
    enter(node) {
      if (node.kind === Kind.SELECTION_SET) countNames(node);
      else if ('directives' in node && node.directives !== undefined) countDirectives(node.directives.length);
    },
  });
}

function tooMany(what: string, most: number): AskgraphError {
  return new AskgraphError('TOO_COMPLEX', `One document may hold at most ${most} ${what}.`, {
    details: { limit: most },
  });
}
