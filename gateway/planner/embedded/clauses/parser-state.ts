import type { Token } from '../../../knowledge/text/tokenize.js';
import type { Chunk } from './chunk.js';
import { looksLikeTable } from './phrase-kind.js';
import type { Clause, Either, Having, Literal, Measured, Phrase, Request, Term } from './request.js';

export type OperatorChunk = Chunk & { kind: 'operator' };

/** Words behind which conditions follow what is asked for. */
export const RELATIVE = new Set(
  'that who whose which whom with where when having have has had do does did is are was were be'.split(' '),
);

export const OF = new Set(['of', 'for', 'in', 'from', 'on', 'at', 'to', 'by', 'within', 'among', 'across']);

/** Words that point at what is named and say nothing of it. */
const MERE = new Set(
  'the a an all any each every that those these this this their its different same of'.split(' '),
);

/** How far a question is read, and what of it still waits. */
export class ParserState {
  at = 0;
  head = true;
  lead: string[] = [];
  negated = false;
  distinct = false;
  both = false;
  /** Whether the question starts with "where": a place is asked for, whatever it is called. */
  where = false;
  /** A column in a condition that waits for what it is compared with. */
  pending: Phrase | undefined;
  pendingLead: readonly string[] = [];
  measure: Measured | undefined;
  /** Conditions of the rows that something is compared with, once they are spoken of. */
  inner: (Clause | Either)[] | undefined;
  /** The table that was named last, for "room 111". */
  lastTable: Phrase | undefined;
  readonly request: Request = {
    terms: [],
    subject: undefined,
    clauses: [],
    having: [],
    groups: [],
    rank: undefined,
    order: [],
    distinct: false,
    limit: undefined,
    when: false,
    everything: false,
    unknown: [],
    verbs: [],
    asides: [],
    fault: undefined,
  };

  constructor(
    readonly chunks: readonly Chunk[],
    readonly tokens: readonly Token[],
  ) {}

  hasAsked(): boolean {
    return this.request.terms.length > 0 || this.request.subject !== undefined;
  }

  said(...words: string[]): boolean {
    return words.some((word) => this.lead.includes(word));
  }

  advance(to: number): void {
    this.at = to;
    this.lead = [];
  }

  /** The next chunk that is not a mere word, with the words before it. */
  ahead(from: number): { chunk: Chunk; index: number; words: string[] } | undefined {
    const words: string[] = [];
    for (let index = from; index < this.chunks.length; index++) {
      const chunk = this.chunks[index]!;
      if (chunk.kind === 'word') words.push(chunk.token.lower);
      else if (chunk.kind === 'operator' && chunk.operator.kind === 'distinct') words.push('distinct');
      else return chunk.kind === 'mark' ? undefined : { chunk, index, words };
    }
    return undefined;
  }

  isSubject(phrase: Phrase): boolean {
    const own = this.request.subject?.tables[0]?.table;
    return own !== undefined && phrase.tables.some(({ table }) => table === own);
  }

  term(term: Term): void {
    this.request.terms.push(this.distinct ? { ...term, distinct: true } : term);
    if (this.distinct && term.function === undefined) this.request.distinct = true;
    this.distinct = false;
    this.lead = [];
  }

  /** A condition on how many there are of something; of at least one it is enough that it is there. */
  having(having: Having): void {
    const { of, operator, value } = having;
    const isAny = (operator === 'gte' && value === '1') || (operator === 'gt' && value === '0');
    if (isAny && of.kind === 'count' && of.phrase !== undefined && of.phrase.tables.length > 0)
      this.clause({ kind: 'table', phrase: of.phrase, negated: this.takeNegation() });
    else this.request.having.push(having);
  }

  clause(clause: Clause): void {
    if (this.inner !== undefined && this.said('and', ',', 'or', '.'))
      this.request.fault ??= 'two conditions at once';
    const clauses = this.inner ?? this.request.clauses;
    const last = clauses.at(-1);
    if (this.said('or') && last !== undefined) {
      // "The fall of 2009 or the spring of 2010" are two pairs.
      const earlier = clauses.at(-2);
      if (
        clause.kind === 'value' &&
        earlier?.kind === 'value' &&
        earlier.values[0]!.values.some((left) =>
          clause.values[0]!.values.some((right) => left.column === right.column),
        )
      )
        this.request.fault ??= 'either of two pairs';
      if (clause.kind === 'table' || clause.negated || last.negated || last.kind === 'table')
        this.request.fault ??= 'either of two conditions';
      else if (last.kind === 'either')
        clauses[clauses.length - 1] = { ...last, clauses: [...last.clauses, clause] };
      else clauses[clauses.length - 1] = { kind: 'either', negated: false, clauses: [last, clause] };
    } else clauses.push(clause);
    this.lead = [];
  }

  takeNegation(): boolean {
    const { negated } = this;
    this.negated = false;
    return negated;
  }

  takePending(): Phrase | undefined {
    const { pending } = this;
    if (pending !== undefined && this.pendingLead.includes('or')) this.lead.push('or');
    this.pending = undefined;
    return pending;
  }

  /** A column that seemed to be asked for, until something was said of it: "rooms cost more than 100". */
  takeAdjacentTerm(start: number): Phrase | undefined {
    const { request } = this;
    const last = request.terms.at(-1);
    const isSpare = request.terms.length > 1 || request.subject !== undefined;
    if (last?.phrase?.end !== start || last.function !== undefined || last.owner !== undefined || !isSpare)
      return undefined;
    if (looksLikeTable(last.phrase)) return undefined;
    request.terms.pop();
    return last.phrase;
  }

  /** A column that nothing was said of: one more thing that is asked for, or what rows are told apart by. */
  flush(strictly = true): void {
    if (this.pending === undefined || !strictly) return;
    const phrase = this.takePending()!;
    const { request } = this;
    const late = this.pendingLead.some((word) => ['and', ',', 'also'].includes(word));
    const relative = this.pendingLead.some((word) =>
      ['who', 'that', 'which', 'where', 'whose'].includes(word),
    );
    if (phrase.tables.length > 0) this.clause({ kind: 'table', phrase, negated: this.takeNegation() });
    else if (!/\s/.test(phrase.text) && /(ed|ing)$/.test(phrase.text))
      request.verbs.push(this.tokens[phrase.start]!);
    else if (
      late &&
      this.pendingLead.some((word) => ['their', 'its', 'his', 'her', 'the', 'also'].includes(word))
    )
      request.terms.push({ phrase });
    else if (request.terms.length === 0 && request.rank === undefined && !request.everything && !relative)
      request.terms.push({ phrase });
    else if (this.pendingLead.includes('by') && request.terms.some((term) => term.function !== undefined))
      request.groups.push(phrase);
    else if (this.isAside(phrase)) request.asides.push(phrase);
    else request.fault ??= `nothing is said of ${phrase.text}`;
  }

  /** Whether a column only says whose what was asked for is: "the highest price of all rooms". */
  private isAside(phrase: Phrase): boolean {
    const [first, ...others] = this.pendingLead;
    return (
      !this.negated &&
      first !== undefined &&
      OF.has(first) &&
      first !== 'by' &&
      others.every((word) => MERE.has(word)) &&
      !/(ed|ing)\b/.test(phrase.text)
    );
  }

  equals(column: Phrase, literal: Literal): void {
    const last = this.request.clauses.at(-1);
    if (last?.kind === 'equals' && last.column === column && this.said('or', ',')) {
      this.request.clauses[this.request.clauses.length - 1] = {
        ...last,
        literals: [...last.literals, literal],
      };
    } else this.clause({ kind: 'equals', column, literals: [literal], negated: this.takeNegation() });
    this.lead = [];
    this.head = false;
  }

  takeLimit(): number | undefined {
    const { limit } = this.request;
    this.request.limit = undefined;
    return limit;
  }
}
