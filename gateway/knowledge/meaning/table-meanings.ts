import { rangeOf } from '../index/catalog-index.js';
import type { Knowledge } from '../knowledge.js';

/** A table by its number in the index, and how near to a question it stands, at most 1. */
export interface NearTable {
  readonly table: number;
  readonly likeness: number;
}

/**
 * Where the tables of an index stand by what they mean: one vector of length 1 each, for all callers. It is filled while
 * questions are asked already; a table without a vector is found by its words alone.
 */
export class TableMeanings {
  readonly #tables: number;
  readonly #known: Uint8Array;
  #dimensions = 0;
  #vectors = new Float32Array(0);

  constructor(tables: number) {
    this.#tables = tables;
    this.#known = new Uint8Array(tables);
  }

  get isEmpty(): boolean {
    return this.#dimensions === 0;
  }

  /** Vectors that are not as long as the first one are of another model, and left out. */
  put(table: number, vector: Float32Array): void {
    if (this.isEmpty) {
      this.#dimensions = vector.length;
      this.#vectors = new Float32Array(this.#tables * vector.length);
    }
    if (vector.length !== this.#dimensions) return;
    this.#vectors.set(vector, table * this.#dimensions);
    this.#known[table] = 1;
  }

  /** The tables nearest to a question's vector of those that are seen, nearest first. */
  nearest(question: Float32Array, most: number, isSeen: (table: number) => boolean): NearTable[] {
    if (question.length !== this.#dimensions) return [];
    const found: NearTable[] = [];
    for (let table = 0; table < this.#tables; table++) {
      if (this.#known[table] === 0) continue;
      const likeness = this.#likeness(table, question);
      if (found.length === most && likeness <= found[most - 1]!.likeness) continue;
      if (!isSeen(table)) continue;
      const place = found.findIndex((other) => other.likeness < likeness);
      found.splice(place < 0 ? found.length : place, 0, { table, likeness });
      if (found.length > most) found.pop();
    }
    return found;
  }

  #likeness(table: number, question: Float32Array): number {
    const start = table * this.#dimensions;
    let sum = 0;
    for (let at = 0; at < question.length; at++) sum += question[at]! * this.#vectors[start + at]!;
    return sum;
  }
}

/** Tables that a question may be about by their meaning alone. */
const MOST_NEAR = 30;

/** The tables nearest to a question's vector, of what its asker may see; `only` bounds them to some domains. */
export function nearTables(
  question: Float32Array,
  { view, meanings }: Knowledge,
  only: readonly string[] | undefined,
): NearTable[] {
  const { index } = view;
  const isSeen = (table: number) => {
    const domain = rangeOf(index.tableStarts, table);
    const isAsked = only === undefined || only.includes(index.domains[domain]!.name);
    return isAsked && view.sees(domain, index.tableElements[table]!);
  };
  return meanings?.nearest(question, MOST_NEAR, isSeen) ?? [];
}
