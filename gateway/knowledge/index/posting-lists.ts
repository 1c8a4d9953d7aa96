/** Numbers by term, gathered one after another and then kept in one array: a list costs its numbers and no more. */
export class PostingLists {
  readonly #terms: ReadonlyMap<string, number>;
  readonly #starts: Uint32Array;
  readonly #numbers: Uint32Array;

  private constructor(terms: ReadonlyMap<string, number>, starts: Uint32Array, numbers: Uint32Array) {
    this.#terms = terms;
    this.#starts = starts;
    this.#numbers = numbers;
  }

  static of(gathered: PostingGatherer): PostingLists {
    const { lists } = gathered;
    const starts = new Uint32Array(lists.size + 1);
    const terms = new Map<string, number>();
    let size = 0;
    for (const [term, list] of lists) {
      starts[terms.size] = size;
      terms.set(term, terms.size);
      size += list.length;
    }
    starts[terms.size] = size;
    const numbers = new Uint32Array(size);
    let at = 0;
    for (const list of lists.values()) {
      numbers.set(list, at);
      at += list.length;
    }
    return new PostingLists(terms, starts, numbers);
  }

  /** The numbers of a term in ascending order; a view, not a copy. */
  get(term: string): Uint32Array {
    const ordinal = this.#terms.get(term);
    return ordinal === undefined
      ? NONE
      : this.#numbers.subarray(this.#starts[ordinal], this.#starts[ordinal + 1]);
  }
}

const NONE = new Uint32Array(0);

/** Takes numbers in ascending order; what a term has been given last is not taken twice. */
export class PostingGatherer {
  readonly lists = new Map<string, number[]>();

  add(term: string, number: number): void {
    const list = this.lists.get(term);
    if (list === undefined) this.lists.set(term, [number]);
    else if (list[list.length - 1] !== number) list.push(number);
  }
}

/** Where in ascending numbers, from a place on, the first stands that is not below a bound. */
export function lowerBound(numbers: Uint32Array, bound: number, from = 0): number {
  let low = from;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (numbers[middle]! < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
