import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  Kind,
  parse,
  valueFromASTUntyped,
} from 'graphql';
import { remembered } from '../../schema/remembered.js';
import { type Definition, type Line, lineName, printDefinition } from '../../schema/sdl-text.js';

/** What a field's list size follows from, as `@listSize` says it. */
export interface ListSize {
  readonly assumedSize: number | undefined;
  readonly slicingArguments: readonly string[];
  /** Fields of what it gives whose lists have its size; none where it is the list itself. */
  readonly sizedFields: readonly string[];
}

/** What a schema says of the cost of its parts, in the words of the cost specification. */
export interface Costs {
  /** `@cost` by `Type` or `Type.field`. */
  readonly weights: Lookup<number>;
  /** `@listSize` by `Type.field`. */
  readonly sizes: Lookup<ListSize>;
}

interface Lookup<Value> {
  get(coordinate: string): Value | undefined;
}

export const NO_COSTS: Costs = { weights: new Map(), sizes: new Map() };
const SPECIFICATION = /^https:\/\/specs\.apollo\.dev\/cost\/v/;

/**
 * Reads `@cost` and `@listSize` out of a supergraph's SDL, under the names that it links them by, and under their own out of
 * generated types that are not in it, field by field as they are asked for.
 */
export function readCosts(
  sdl: string,
  generated: (type: string) => Definition | undefined = () => undefined,
): Costs {
  const document = parse(sdl, { noLocation: true });
  const weights = new Map<string, number>();
  const sizes = new Map<string, ListSize>();
  let names = directiveNames(document);
  const read = (coordinate: string, directives: readonly ConstDirectiveNode[] = []) => {
    for (const directive of directives) {
      const given = argumentsOf(directive);
      if (directive.name.value === names.cost) weights.set(coordinate, Number(given.weight));
      if (directive.name.value !== names.listSize) continue;
      sizes.set(coordinate, {
        assumedSize: typeof given.assumedSize === 'number' ? given.assumedSize : undefined,
        slicingArguments: listOf(given.slicingArguments),
        sizedFields: listOf(given.sizedFields),
      });
    }
  };
  const readDefinition = (node: DefinitionNode) => {
    if (!('name' in node) || node.name === undefined || !('directives' in node)) return;
    if (node.kind === Kind.OPERATION_DEFINITION || node.kind === Kind.FRAGMENT_DEFINITION) return;
    read(node.name.value, node.directives);
    if (node.kind !== Kind.OBJECT_TYPE_DEFINITION && node.kind !== Kind.INTERFACE_TYPE_DEFINITION) return;
    for (const field of node.fields ?? []) {
      read(`${node.name.value}.${field.name.value}`, field.directives);
      for (const argument of field.arguments ?? []) {
        read(`${node.name.value}.${field.name.value}.${argument.name.value}`, argument.directives);
      }
    }
  };
  document.definitions.forEach(readDefinition);
  names = { cost: 'cost', listSize: 'listSize' };
  const isRead = new Set<string>();
  const linesOf = remembered((definition: Definition) => linesWithCosts(definition));
  const readGenerated = (coordinate: string) => {
    const [type = '', field = ''] = coordinate.split('.');
    const definition = generated(type);
    const line = definition && linesOf(definition).get(field);
    if (line === undefined || isRead.has(`${type}.${field}`)) return;
    isRead.add(`${type}.${field}`);
    const text = printDefinition({ ...definition!, lines: () => [line] });
    parse(text, { noLocation: true }).definitions.forEach(readDefinition);
  };
  const lookup = <Value>(known: ReadonlyMap<string, Value>): Lookup<Value> => ({
    get(coordinate) {
      const found = known.get(coordinate);
      if (found !== undefined) return found;
      readGenerated(coordinate);
      return known.get(coordinate);
    },
  });
  return { weights: lookup(weights), sizes: lookup(sizes) };
}

function linesWithCosts({ lines }: Definition): Map<string, Line> {
  return new Map(
    lines()
      .filter(({ text }) => text.includes(' @cost(') || text.includes(' @listSize('))
      .map((line) => [lineName(line), line]),
  );
}

/** The specification's directives have their own names where they are imported, else its prefix. */
function directiveNames(document: DocumentNode): { cost: string; listSize: string } {
  const links = document.definitions
    .flatMap((node) =>
      node.kind === Kind.SCHEMA_DEFINITION || node.kind === Kind.SCHEMA_EXTENSION
        ? (node.directives ?? [])
        : [],
    )
    .map(argumentsOf);
  const link = links.find(({ url }) => SPECIFICATION.test(String(url)));
  const prefix = typeof link?.as === 'string' ? link.as : 'cost';
  const imported = new Map(
    (Array.isArray(link?.import) ? link.import : []).map((item: string | { name: string; as?: string }) =>
      typeof item === 'string' ? [item, item] : [item.name, item.as ?? item.name],
    ) as [string, string][],
  );
  return {
    cost: imported.get('@cost')?.slice(1) ?? prefix,
    listSize: imported.get('@listSize')?.slice(1) ?? `${prefix}__listSize`,
  };
}

function argumentsOf(directive: ConstDirectiveNode): Record<string, unknown> {
  return Object.fromEntries(
    (directive.arguments ?? []).map(({ name, value }) => [name.value, valueFromASTUntyped(value)]),
  );
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
