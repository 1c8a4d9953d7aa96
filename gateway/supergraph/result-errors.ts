import { GraphQLError } from 'graphql';
import type { FetchError } from './execution.js';
import type { ResultPath } from './path.js';

/** The errors of one answer, in the client's names. */
export class ResultErrors {
  readonly list: GraphQLError[] = [];
  readonly #known = new Set<string>();
  /** Every place at or above an error, and the errors' own places: made when first asked for. */
  #places: { readonly above: Set<string>; readonly at: Set<string> } | undefined;

  /** Adds a subgraph's error; the same one at the same place only once. */
  add(error: FetchError, path: ResultPath): void {
    const identity = `${placeKey(path)} ${error.message}`;
    if (this.#known.has(identity)) return;
    this.#known.add(identity);
    this.#push(
      path,
      new GraphQLError(error.message, {
        ...(path.length === 0 ? {} : { path }),
        ...(error.originalError === undefined ? {} : { originalError: error.originalError }),
        extensions: error.extensions,
      }),
    );
  }

  /** Adds an error that was found in the answer itself, unless another explains that place already. */
  addUnexplained(message: string, path: ResultPath): void {
    if (this.#isExplained(path)) return;
    this.#push(path, new GraphQLError(message, { path, extensions: { code: 'INTERNAL' } }));
  }

  #push(path: ResultPath, error: GraphQLError): void {
    this.list.push(error);
    if (this.#places !== undefined) note(this.#places, path);
  }

  #isExplained(path: ResultPath): boolean {
    if (this.#places === undefined) {
      this.#places = { above: new Set(), at: new Set() };
      for (const error of this.list) note(this.#places, error.path ?? []);
    }
    if (this.#places.above.has(placeKey(path))) return true;
    for (let length = 0; length <= path.length; length++) {
      if (this.#places.at.has(placeKey(path.slice(0, length)))) return true;
    }
    return false;
  }
}

function note(places: { readonly above: Set<string>; readonly at: Set<string> }, path: ResultPath): void {
  places.at.add(placeKey(path));
  for (let length = 0; length <= path.length; length++) places.above.add(placeKey(path.slice(0, length)));
}

function placeKey(path: ResultPath): string {
  return path.join('/');
}
