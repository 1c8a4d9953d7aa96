import type { SubgraphFixture } from '../../gateway/supergraph/conformance/conformance.js';
import type { Random } from './random.js';

/** Subgraphs with their data, and the same data in one piece. */
export interface RandomSupergraph {
  readonly subgraphs: Readonly<Record<string, SubgraphFixture>>;
  readonly root: Readonly<Record<string, unknown>>;
}

/** A field that an entity has beside its keys. */
interface Field {
  readonly name: string;
  readonly kind:
    | 'text'
    | 'number'
    | 'texts'
    | 'one'
    | 'many'
    | 'grid'
    | 'value'
    | 'scaled'
    | 'derived'
    | 'any'
    | 'named';
  /** The entity that it leads to. */
  readonly target: number;
  readonly nonNull: '!' | '';
  /** The subgraphs that resolve it. */
  readonly owners: readonly string[];
  /** Of a derived field: the text or number that it requires. */
  readonly source: string;
  /** The label with which the second owner takes the field over from the first; otherwise they share it. */
  readonly label: string;
}

interface Entity {
  readonly name: string;
  readonly keys: readonly string[];
  readonly fields: readonly Field[];
  readonly isNamed: boolean;
}

interface Item {
  readonly __typename: string;
  readonly id: string;
  readonly code: string;
  [field: string]: unknown;
}

const ITEMS = 4;
const KINDS = ['text', 'number', 'texts', 'one', 'many', 'grid', 'value', 'scaled', 'any', 'named'] as const;

/** Of @override; none is @shareable. */
const LABELS = ['', 'moved', 'percent(50)', 'percent(12.5)'] as const;

/** Makes two to four subgraphs that share two to four entities, with a union and an interface over them. */
export function makeRandomSupergraph(random: Random): RandomSupergraph {
  const names = ['a', 'b', 'c', 'd'].slice(0, 2 + random.below(3));
  const count = 2 + random.below(3);
  const entities = Array.from({ length: count }, (_, index) => makeEntity(index, count, names, random));
  const items = entities.map((entity, index) => makeItems(entity, index, random));
  connect(entities, items, random);
  const rooted = new Map(entities.map((entity) => [entity.name, random.pick(names)]));
  const subgraphs = Object.fromEntries(
    names.map((name) => [name, makeSubgraph(name, entities, items, rooted, names[0]!)]),
  );
  const whole = items.flat().map((item) => item);
  const root: Record<string, unknown> = { whole };
  entities.forEach((entity, index) => {
    root[`all${entity.name}`] = items[index];
    root[`one${entity.name}`] = ({ id }: { id: string }) =>
      items[index]!.find((item) => item.id === id) ?? null;
  });
  root.mixed = whole;
  return { subgraphs, root };
}

function makeEntity(index: number, count: number, subgraphs: readonly string[], random: Random): Entity {
  const keys = random.chance(0.3) ? ['id', 'code'] : ['id'];
  const fields: Field[] = [];
  const amount = 3 + random.below(5);
  for (let number = 0; number < amount; number++) {
    const owners = [random.pick(subgraphs)];
    const kind = random.pick(KINDS);
    if (kind !== 'value' && random.chance(0.15)) {
      const other = random.pick(subgraphs);
      if (!owners.includes(other)) owners.push(other);
    }
    const nonNull = random.chance(0.3) ? '!' : '';
    const label = owners.length > 1 ? random.pick(LABELS) : '';
    fields.push({ name: `f${number}`, kind, target: random.below(count), nonNull, owners, source: '', label });
  }
  const sources = fields.filter(
    ({ kind, owners }) => (kind === 'text' || kind === 'number') && owners.length === 1,
  );
  for (const source of random.some(sources, 0.5)) {
    const others = subgraphs.filter((name) => !source.owners.includes(name));
    fields.push({
      name: `d_${source.name}`,
      kind: 'derived',
      target: 0,
      nonNull: '',
      owners: [random.pick(others)],
      source: source.name,
      label: '',
    });
  }
  return { name: `E${index}`, keys, fields, isNamed: random.chance(0.6) };
}

function makeItems(entity: Entity, index: number, random: Random): Item[] {
  return Array.from({ length: ITEMS }, (_, number) => {
    const item: Item = {
      __typename: entity.name,
      id: `${index}${number}`,
      code: `c${index}${number}`,
      label: `l${number}`,
    };
    for (const { name, kind, nonNull } of entity.fields) {
      const isNull = nonNull === '' && kind !== 'derived' && random.chance(0.2);
      if (isNull) item[name] = null;
      else if (kind === 'text') item[name] = random.pick(['', 'x', 'ø "quoted"', '\u2028line']);
      else if (kind === 'number') item[name] = random.below(100) - 50;
      else if (kind === 'texts') item[name] = random.some(['p', 'q', 'r'], 0.5);
      else if (kind === 'value') item[name] = { width: random.below(9), unit: random.pick(['MM', 'CM']) };
      else if (kind === 'scaled') {
        const base = random.below(9);
        item[name] = ({ by }: { by: number }) => base * by;
      }
    }
    return item;
  });
}

/** Sets what leads from one entity to another, and what is derived. */
function connect(entities: readonly Entity[], items: readonly Item[][], random: Random): void {
  const all = items.flat();
  const named = all.filter((item) => entities.find(({ name }) => name === item.__typename)?.isNamed);
  entities.forEach((entity, index) => {
    for (const item of items[index]!) {
      for (const { name, kind, target, source } of entity.fields) {
        if (item[name] === null) continue;
        const targets = items[target]!;
        if (kind === 'one') item[name] = random.pick(targets);
        else if (kind === 'many') item[name] = random.some(targets, 0.5);
        else if (kind === 'grid') item[name] = [random.some(targets, 0.4), random.some(targets, 0.4)];
        else if (kind === 'any') item[name] = random.some(all, 0.3);
        else if (kind === 'named') item[name] = random.some(named, 0.4);
        else if (kind === 'derived') item[name] = derive(item[source]);
      }
    }
  });
}

function derive(value: unknown): string {
  return `of ${JSON.stringify(value)}`;
}

function makeSubgraph(
  subgraph: string,
  entities: readonly Entity[],
  items: readonly Item[][],
  rooted: ReadonlyMap<string, string>,
  first: string,
): SubgraphFixture {
  const all = items.flat();
  const resolvers: Record<string, Record<string, unknown>> = { Query: {} };
  const rootFields: string[] = subgraph === first ? ['mixed: [Any!]'] : [`nothing_${subgraph}: Int`];
  if (subgraph === first) resolvers.Query!.mixed = () => all.map(reference);
  const types: string[] = [];
  entities.forEach((entity, index) => {
    const { name } = entity;
    const own = items[index]!;
    if (rooted.get(name) === subgraph) {
      rootFields.push(`all${name}: [${name}!]`, `one${name}(id: ID = "${index}0"): ${name}`);
      resolvers.Query![`all${name}`] = () => own.map(reference);
      resolvers.Query![`one${name}`] = (_: unknown, { id }: { id: string }) =>
        own.filter((item) => item.id === id).map(reference)[0] ?? null;
    }
    types.push(printEntity(entity, subgraph, entities));
    resolvers[name] = resolveEntity(entity, subgraph, own);
  });
  const named = entities.filter(({ isNamed }) => isNamed);
  return {
    sdl: [
      `type Query { ${rootFields.join(' ')} }`,
      ...types,
      `union Any = ${entities.map(({ name }) => name).join(' | ')}`,
      named.length > 0 ? 'interface Named { id: ID! label: String }' : '',
      'type Size @shareable { width: Int unit: Unit } enum Unit { MM CM }',
    ].join('\n'),
    resolvers,
  };
}

function printEntity(
  { name, keys, fields, isNamed }: Entity,
  subgraph: string,
  entities: readonly Entity[],
): string {
  const hasNamed = entities.some((entity) => entity.isNamed);
  const printed = fields.flatMap((field) => {
    const type = typeOf(field, entities, hasNamed);
    if (field.owners.includes(subgraph)) {
      const shared = field.owners.length > 1 ? sharing(field, subgraph) : '';
      const requires = field.kind === 'derived' ? ` @requires(fields: "${field.source}")` : '';
      const parameters = field.kind === 'scaled' ? '(by: Int! = 3)' : '';
      return [`${field.name}${parameters}: ${type}${requires}${shared}`];
    }
    const isRequired = fields.some(
      ({ owners, source }) => source === field.name && owners.includes(subgraph),
    );
    return isRequired ? [`${field.name}: ${type} @external`] : [];
  });
  const keyFields = keys.map((key) => `${key}: ID!`).join(' ');
  const directives = keys.map((key) => `@key(fields: "${key}")`).join(' ');
  const label = 'label: String @shareable';
  return `type ${name}${isNamed ? ' implements Named' : ''} ${directives} { ${keyFields} ${label} ${printed.join(' ')} }`;
}

/** How a field says that two subgraphs have it. */
function sharing({ owners: [from, to], label }: Field, subgraph: string): string {
  if (label === '') return ' @shareable';
  return subgraph === to ? ` @override(from: "${from}", label: "${label}")` : '';
}

function typeOf({ kind, target, nonNull }: Field, entities: readonly Entity[], hasNamed: boolean): string {
  const entity = entities[target]!.name;
  switch (kind) {
    case 'text':
    case 'derived':
      return `String${nonNull}`;
    case 'number':
    case 'scaled':
      return `Int${nonNull}`;
    case 'texts':
      return `[String!]${nonNull}`;
    case 'one':
      return `${entity}${nonNull}`;
    case 'many':
      return `[${entity}!]${nonNull}`;
    case 'grid':
      return `[[${entity}!]!]${nonNull}`;
    case 'value':
      return `Size${nonNull}`;
    case 'any':
      return `[Any!]${nonNull}`;
    case 'named':
      return hasNamed ? `[Named!]${nonNull}` : `[Any!]${nonNull}`;
  }
}

/** What a subgraph knows of an entity that it leads to: its keys and its type. */
function reference({ __typename, id, code, label }: Item): object {
  return { __typename, id, code, label };
}

function resolveEntity(entity: Entity, subgraph: string, items: readonly Item[]): Record<string, unknown> {
  const find = (object: Partial<Item>): Item | undefined =>
    items.find(({ id, code }) => (object.id === undefined ? code === object.code : id === object.id));
  const resolvers: Record<string, unknown> = {
    __resolveReference: (object: Item) => {
      const item = find(object);
      return item === undefined ? null : { ...object, ...reference(item) };
    },
  };
  for (const { name, kind, owners, source } of entity.fields) {
    if (!owners.includes(subgraph)) continue;
    resolvers[name] = (object: Item, parameters: { by: number }) => {
      // What a derived field requires comes with the representation, from the subgraph that has it.
      if (kind === 'derived') return source in object ? derive(object[source]) : 'not given';
      const value = find(object)?.[name];
      if (typeof value === 'function') return value(parameters);
      return ['one', 'many', 'grid', 'any', 'named'].includes(kind) ? toReferences(value) : value;
    };
  }
  return resolvers;
}

function toReferences(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toReferences);
  return value === null || value === undefined ? null : reference(value as Item);
}
