import type {
  ColumnExpression,
  Condition,
  Expression,
  LiteralType,
  OrderItem,
} from '../../../../subgraphs/sql/table-query.js';
import type { AskColumn, AskTable } from '../../../knowledge/domain.js';
import type { Token } from '../../../knowledge/text/tokenize.js';
import type { Meaning, Mention } from '../meaning.js';
import { columnAt, type Reach, type Scope } from './scope.js';
import { nameStems } from './table-facts.js';

/** The penalty of a reading whose query is known to mean something else: it is never the answer. */
export const UNSOUND = 100;

/** From this score on a column's own name is said, not a word of its comment. */
export const NAMED = 0.66;

/** One mention of a segmentation, as the composer works through them: what is used has found its place. */
export interface Item {
  readonly index: number;
  readonly mention: Mention;
  readonly meaning: Meaning;
  used: boolean;
}

export interface Measure {
  readonly expression: Expression;
  readonly label: string;
  readonly unit?: string;
}

export interface GroupKey {
  readonly expression: Expression;
  readonly label: string;
}

export interface Ranking {
  readonly end: 'highest' | 'lowest' | 'latest' | 'earliest';
  readonly label: string;
}

/** A condition on the rows, and what it was read from: nothing where the catalog asks for it. */
export interface Filter {
  readonly condition: Condition;
  readonly item?: Item;
  /** As the restatement says it. */
  readonly label?: string;
}

/** A query in the making. Each pass of the composer takes items and adds to it. */
export interface Draft {
  readonly scope: Scope;
  readonly tokens: readonly Token[];
  readonly items: readonly Item[];
  /** Today, where the asker is. */
  readonly day: string;
  readonly filters: Filter[];
  /** What else the rows and groups were chosen by, as the restatement says it. */
  readonly argumentLabels: string[];
  readonly havingLabels: string[];
  readonly having: Condition[];
  readonly groups: GroupKey[];
  /** Columns of which several values are named together: a figure is wanted of each. */
  readonly compared: GroupKey[];
  readonly measures: Measure[];
  readonly select: { expression: ColumnExpression; label: string; unit?: string }[];
  readonly order: OrderItem[];
  readonly orderLabels: string[];
  readonly assumptions: string[];
  readonly arguments: Record<string, string>;
  /** Tables that the question is about, in its order; the first is its subject. */
  readonly subjects: Reach[];
  /** The column that the question's time was read as. */
  time: ColumnExpression | undefined;
  limit: number | undefined;
  distinct: boolean;
  /** What the rows were chosen by, where a superlative chose them. */
  ranking: Ranking | undefined;
  /** The opposite end is wanted too: the best and the worst. */
  both: boolean;
  /** Places of tokens that are text to look for, not words to understand. */
  readonly literals: Set<number>;
  /** The way taken to each table, so that every mention of it takes the same. */
  readonly ways: Map<string, Reach>;
  /** What makes the reading less likely. */
  penalty: number;
}

export function makeDraft(
  scope: Scope,
  tokens: readonly Token[],
  mentions: readonly Mention[],
  day: string,
): Draft {
  return {
    scope,
    tokens,
    items: mentions.map((mention, index) => ({ index, mention, meaning: mention.meaning, used: false })),
    day,
    filters: [],
    argumentLabels: [],
    havingLabels: [],
    having: [],
    groups: [],
    compared: [],
    measures: [],
    select: [],
    order: [],
    orderLabels: [],
    assumptions: [],
    arguments: {},
    subjects: [],
    time: undefined,
    limit: undefined,
    distinct: false,
    ranking: undefined,
    both: false,
    literals: new Set(),
    ways: new Map(),
    penalty: 0,
  };
}

/** The item some places away, if it is still free and of the wanted kind. */
export function freeItem<Kind extends Meaning['kind']>(
  draft: Draft,
  index: number,
  ...kinds: Kind[]
): (Item & { meaning: Extract<Meaning, { kind: Kind }> }) | undefined {
  const item = draft.items[index];
  return item !== undefined && !item.used && (kinds as string[]).includes(item.meaning.kind)
    ? (item as Item & { meaning: Extract<Meaning, { kind: Kind }> })
    : undefined;
}

/** The way to a table that the question most likely means: the one whose relation it names, else the shortest. */
export function reachOf(draft: Draft, table: AskTable): Reach {
  const known = draft.ways.get(table.name);
  if (known !== undefined) return known;
  const chosen = chooseReach(draft, draft.scope.reaches.get(table.name)!);
  draft.ways.set(table.name, chosen);
  return chosen;
}

function chooseReach(draft: Draft, reaches: readonly Reach[]): Reach {
  const [first, second] = reaches;
  if (second === undefined) return first!;
  const said = new Set(draft.tokens.map((token) => token.stem));
  const share = (step: string) => {
    const words = nameStems(step);
    return words.filter((word) => said.has(word)).length / words.length;
  };
  const [named] = reaches
    .map((reach) => ({ reach, share: Math.max(0, ...reach.path.map(share)) }))
    .filter((candidate) => candidate.share > 0)
    .sort((a, b) => b.share - a.share);
  if (named !== undefined) return named.reach;
  if (first!.path.length === second.path.length) draft.penalty += 0.3;
  return first!;
}

export function columnExpression(draft: Draft, table: AskTable, column: AskColumn): ColumnExpression {
  return columnAt(reachOf(draft, table), column);
}

export function literalOf(column: AskColumn, value: string): Expression {
  const type: LiteralType = column.columnType === 'JSON' ? 'STRING' : column.columnType;
  switch (type) {
    case 'INTEGER':
    case 'FLOAT':
      return { kind: 'literal', value: Number(value), type };
    case 'BOOLEAN':
      return { kind: 'literal', value: ['1', 'true', 'yes'].includes(value.toLowerCase()), type };
    default:
      return { kind: 'literal', value, type };
  }
}

export function unitOf(column: AskColumn): { unit?: string } {
  return column.unit === undefined ? {} : { unit: column.unit };
}
