import type { AskDomain } from '../domain.js';
import { type CatalogIndex, PARTS, rangeOf } from './catalog-index.js';
import { type Element, elementsOf } from './elements.js';
import { lowerBound } from './posting-lists.js';

/** What may be seen of a domain: all of it as it stands, nothing, or some. */
export type Sight = 'whole' | 'hidden' | SightOfParts;

export interface SightOfParts {
  sees(element: Pick<Element, 'table' | 'column' | 'metric'>): boolean;
  /** Whether the values that a column holds are seen as they stand. */
  seesValues(table: string, column: string): boolean;
}

const SEEN = 1;
const VALUES_SEEN = 2;

/**
 * The index as one caller sees it. It copies nothing: which elements of a domain are seen is kept as a byte for each,
 * of the domains in which not all are, once somebody has asked about them.
 */
export class IndexView {
  readonly index: CatalogIndex;
  readonly #sightOf: (domain: AskDomain) => Sight;
  readonly #sights = new Map<number, Uint8Array | 'whole' | 'hidden'>();
  readonly #domainsWithWord = new Map<string, Uint32Array>();
  readonly #domainsWithValue = new Map<string, Uint32Array>();

  #domainCount: number | undefined;

  constructor(index: CatalogIndex, sightOf: (domain: AskDomain) => Sight) {
    this.index = index;
    this.#sightOf = sightOf;
  }

  /** The domains in which a stem is seen, in ascending order. */
  domainsWithWord(stem: string): Uint32Array {
    return remember(this.#domainsWithWord, stem, () =>
      this.#domainsOf(this.index.words.get(stem), PARTS, SEEN),
    );
  }

  /** The domains in which a value is seen. */
  domainsWithValue(value: string): Uint32Array {
    return remember(this.#domainsWithValue, value, () =>
      this.#domainsOf(this.index.values.get(value), 1, VALUES_SEEN),
    );
  }

  /** How many domains there are to see. */
  domainCount(): number {
    this.#domainCount ??= this.index.domains.filter((_, domain) => this.seesDomain(domain)).length;
    return this.#domainCount;
  }

  seesDomain(domain: number): boolean {
    return this.#sight(domain) !== 'hidden';
  }

  sees(domain: number, element: number): boolean {
    return this.#has(domain, element, SEEN);
  }

  seesValues(domain: number, element: number): boolean {
    return this.#has(domain, element, VALUES_SEEN);
  }

  #has(domain: number, element: number, right: number): boolean {
    const sight = this.#sight(domain);
    if (typeof sight === 'string') return sight === 'whole';
    return (sight[element - this.index.domainStarts[domain]!]! & right) !== 0;
  }

  #domainsOf(postings: Uint32Array, parts: number, right: number): Uint32Array {
    const { domainStarts } = this.index;
    const found: number[] = [];
    for (let at = 0; at < postings.length; ) {
      const element = Math.floor(postings[at]! / parts);
      const domain = rangeOf(domainStarts, element);
      const isSeen = this.#has(domain, element, right);
      if (isSeen) found.push(domain);
      // What follows in a domain that has the term, or is hidden, says nothing new.
      if (isSeen || !this.seesDomain(domain))
        at = lowerBound(postings, domainStarts[domain + 1]! * parts, at);
      else at += 1;
    }
    return Uint32Array.from(found);
  }

  #sight(domain: number): Uint8Array | 'whole' | 'hidden' {
    let known = this.#sights.get(domain);
    if (known === undefined) {
      const own = this.index.domains[domain]!;
      const sight = this.#sightOf(own);
      known = typeof sight === 'string' ? sight : bytesOf(own, sight);
      this.#sights.set(domain, known);
    }
    return known;
  }
}

function bytesOf(domain: AskDomain, sight: SightOfParts): Uint8Array {
  const bytes: number[] = [];
  for (const element of elementsOf(domain)) {
    const { table, column } = element;
    const isSeen = sight.sees(element);
    const hasValues =
      isSeen && table !== undefined && column !== undefined && sight.seesValues(table, column);
    bytes.push((isSeen ? SEEN : 0) | (hasValues ? VALUES_SEEN : 0));
  }
  return Uint8Array.from(bytes);
}

/** Terms whose domains are remembered; questions share most of their words. */
const MOST_REMEMBERED = 2_000;

function remember(map: Map<string, Uint32Array>, key: string, make: () => Uint32Array): Uint32Array {
  let known = map.get(key);
  if (known === undefined) {
    known = make();
    if (map.size >= MOST_REMEMBERED) map.clear();
    map.set(key, known);
  }
  return known;
}
