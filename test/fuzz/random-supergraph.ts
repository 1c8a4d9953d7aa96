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
    | 'some'
    | 'named';
  /** The entity that it leads to. */
  readonly target: number;
  readonly nonNull: '!' | '';
  /** The subgraphs that resolve it. */
  readonly owners: readonly string[];
  /** Of a derived field: the text or number that it requires, or the entity's field by which one gets there. */
  readonly source: string;
  /** Of a derived field: the text or number that it requires of the entity to which `source` leads. */
  readonly far: string;
  /** The text or number of the entity to which it leads that comes with it (@provides). */
  readonly provided: string;
}

interface Entity {
  readonly name: string;
  /** The keys that each subgraph has it by. */
  readonly keysIn: ReadonlyMap<string, readonly string[]>;
  readonly fields: readonly Field[];
  /** The subgraphs in which it is one of the interface Named. */
  readonly namedIn: readonly string[];
  /** The subgraphs in which it is one of the union Some. */
  readonly someIn: readonly string[];
}

interface Item {
  readonly __typename: string;
  readonly id: string;
  readonly code: string;
  [field: string]: unknown;
}

const ITEMS = 4;
const PLAIN = { target: 0, nonNull: '', source: '', far: '', provided: '' } as const;
const KINDS = [
  'text',
  'number',
  'texts',
  'one',
  'many',
  'grid',
  'value',
  'scaled',
  'any',
  'some',
  'named',
] as const;

/** Makes two to four subgraphs that share two to four entities, with a union and an interface over them. */
export function makeRandomSupergraph(random: Random): RandomSupergraph {
  const names = ['a', 'b', 'c', 'd'].slice(0, 2 + random.below(3));
  const count = 2 + random.below(3);
  const entities = makeTies(
    Array.from({ length: count }, (_, index) => makeEntity(index, count, names, random)),
    names,
    random,
  );
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
    fields.push({ ...PLAIN, name: `f${number}`, kind, target: random.below(count), nonNull, owners });
  }
  const sources = fields.filter(
    ({ kind, owners }) => (kind === 'text' || kind === 'number') && owners.length === 1,
  );
  for (const source of random.some(sources, 0.5)) {
    const others = subgraphs.filter((name) => !source.owners.includes(name));
    const owners = [random.pick(others)];
    fields.push({ ...PLAIN, name: `d_${source.name}`, kind: 'derived', owners, source: source.name });
  }
  // The first is everywhere, as what several subgraphs resolve must have members that all of them know.
  const keysIn = chooseKeys(index, subgraphs, random);
  const identified = subgraphs.filter((name) => keysIn.get(name)!.join(' ') !== 'code');
  const namedIn = index === 0 ? subgraphs : random.some(identified, 0.5);
  const someIn = index === 0 ? subgraphs : random.some(subgraphs, 0.6);
  return { name: `E${index}`, keysIn, fields, namedIn, someIn };
}

/** The same keys everywhere, or of an entity that is not the first different ones, between which one subgraph leads. */
function chooseKeys(
  index: number,
  subgraphs: readonly string[],
  random: Random,
): ReadonlyMap<string, readonly string[]> {
  const both = ['id', 'code'];
  const everywhere = random.chance(0.3) ? both : ['id'];
  const isMixed = index > 0 && random.chance(0.4);
  const bridge = random.pick(subgraphs);
  const choices = [['id'], ['code'], ['id code'], both];
  return new Map(
    subgraphs.map((name) => [name, !isMixed ? everywhere : name === bridge ? both : random.pick(choices)]),
  );
}

/** The entities with what ties one to the fields of another: @requires and @provides through what leads there. */
function makeTies(entities: readonly Entity[], subgraphs: readonly string[], random: Random): Entity[] {
  const simple = entities.map(({ fields }) =>
    fields.filter(({ kind, owners }) => (kind === 'text' || kind === 'number') && owners.length === 1),
  );
  return entities.map((entity) => {
    const fields: Field[] = [];
    for (const field of entity.fields) {
      const candidates = field.kind === 'one' && field.owners.length === 1 ? simple[field.target]! : [];
      const elsewhere = candidates.filter(({ owners }) => owners[0] !== field.owners[0]);
      const provided = elsewhere.length > 0 && random.chance(0.4) ? random.pick(elsewhere).name : '';
      fields.push({ ...field, provided });
      if (candidates.length === 0 || !random.chance(0.5)) continue;
      const owners = [random.pick(subgraphs.filter((name) => !field.owners.includes(name)))];
      const far = random.pick(candidates).name;
      fields.push({ ...PLAIN, name: `far_${field.name}`, kind: 'derived', owners, source: field.name, far });
    }
    return { ...entity, fields };
  });
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
  /** What every owner of a field knows as one of an abstract type. */
  const known = (owners: readonly string[], list: 'namedIn' | 'someIn'): Item[] =>
    all.filter((item) => {
      const entity = entities.find(({ name }) => name === item.__typename);
      return owners.every((owner) => entity?.[list].includes(owner));
    });
  entities.forEach((entity, index) => {
    for (const item of items[index]!) {
      for (const { name, kind, target, owners } of entity.fields) {
        if (item[name] === null) continue;
        const targets = items[target]!;
        if (kind === 'one') item[name] = random.pick(targets);
        else if (kind === 'many') item[name] = random.some(targets, 0.5);
        else if (kind === 'grid') item[name] = [random.some(targets, 0.4), random.some(targets, 0.4)];
        else if (kind === 'any') item[name] = random.some(all, 0.3);
        else if (kind === 'some') item[name] = random.some(known(owners, 'someIn'), 0.4);
        else if (kind === 'named') item[name] = random.some(known(owners, 'namedIn'), 0.4);
      }
    }
  });
  entities.forEach((entity, index) => {
    for (const item of items[index]!) {
      for (const field of entity.fields) {
        if (field.kind === 'derived') item[field.name] = derive(field, item);
      }
    }
  });
}

/** What a derived field comes to, of the whole item as of a representation with what the field requires. */
function derive({ source, far }: Field, item: Readonly<Record<string, unknown>>): string {
  if (!(source in item)) return 'not given';
  const value = item[source];
  if (far === '' || value === null) return `of ${JSON.stringify(value)}`;
  const there = value as Readonly<Record<string, unknown>>;
  return far in there ? `of ${JSON.stringify(there[far])}` : 'not given there';
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
  const some = entities.filter(({ someIn }) => someIn.includes(subgraph));
  return {
    sdl: [
      `type Query { ${rootFields.join(' ')} }`,
      ...types,
      `union Any = ${entities.map(({ name }) => name).join(' | ')}`,
      `union Some = ${some.map(({ name }) => name).join(' | ')}`,
      'interface Named { id: ID! label: String }',
      'type Size @shareable { width: Int unit: Unit } enum Unit { MM CM }',
    ].join('\n'),
    resolvers,
  };
}

function printEntity(
  { name, keysIn, fields, namedIn }: Entity,
  subgraph: string,
  entities: readonly Entity[],
): string {
  const printed = fields.flatMap((field) => {
    const type = typeOf(field, entities);
    if (field.owners.includes(subgraph)) {
      const isProvided = tiesTo(name, field.name, entities).some(({ provided }) => provided === field.name);
      const shared = field.owners.length > 1 || isProvided ? ' @shareable' : '';
      const parameters = field.kind === 'scaled' ? '(by: Int! = 3)' : '';
      return [`${field.name}${parameters}: ${type}${tieOf(field)}${shared}`];
    }
    const isRequired =
      fields.some(({ owners, source }) => source === field.name && owners.includes(subgraph)) ||
      tiesTo(name, field.name, entities).some(({ owners }) => owners.includes(subgraph));
    return isRequired ? [`${field.name}: ${type} @external`] : [];
  });
  const keys = keysIn.get(subgraph)!;
  const keyFields = [...new Set(keys.flatMap((key) => key.split(' ')))].map((key) => `${key}: ID!`).join(' ');
  const directives = keys.map((key) => `@key(fields: "${key}")`).join(' ');
  const label = 'label: String @shareable';
  const isNamed = namedIn.includes(subgraph);
  return `type ${name}${isNamed ? ' implements Named' : ''} ${directives} { ${keyFields} ${label} ${printed.join(' ')} }`;
}

function tieOf({ kind, source, far, provided }: Field): string {
  if (provided !== '') return ` @provides(fields: "${provided}")`;
  if (kind !== 'derived') return '';
  return ` @requires(fields: "${far === '' ? source : `${source} { ${far} }`}")`;
}

/** The fields of entities that require or provide a field of the entity to which they lead. */
function tiesTo(entity: string, field: string, entities: readonly Entity[]): Field[] {
  const isThere = ({ target }: Field): boolean => entities[target]!.name === entity;
  return entities.flatMap(({ fields }) =>
    fields.filter((tied) => {
      if (tied.provided === field) return isThere(tied);
      const way = tied.far === field ? fields.find(({ name }) => name === tied.source) : undefined;
      return way !== undefined && isThere(way);
    }),
  );
}

function typeOf({ kind, target, nonNull }: Field, entities: readonly Entity[]): string {
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
    case 'some':
      return `[Some!]${nonNull}`;
    case 'named':
      return `[Named!]${nonNull}`;
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
  for (const field of entity.fields) {
    const { name, kind, owners, provided } = field;
    if (!owners.includes(subgraph)) continue;
    resolvers[name] = (object: Item, parameters: { by: number }) => {
      // What a derived field requires comes with the representation, from the subgraph that has it.
      if (kind === 'derived') return derive(field, object);
      const value = find(object)?.[name];
      if (typeof value === 'function') return value(parameters);
      if (provided !== '' && value)
        return { ...reference(value as Item), [provided]: (value as Item)[provided] };
      return ['one', 'many', 'grid', 'any', 'some', 'named'].includes(kind) ? toReferences(value) : value;
    };
  }
  return resolvers;
}

function toReferences(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toReferences);
  return value === null || value === undefined ? null : reference(value as Item);
}
