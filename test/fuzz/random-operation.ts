import {
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  isUnionType,
} from 'graphql';
import type { Random } from './random.js';

export interface RandomOperation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

const DEEPEST = 4;

/** Makes an operation on a schema. It may select one name twice in ways that do not merge: then it is not valid. */
export function makeRandomOperation(schema: GraphQLSchema, random: Random): RandomOperation {
  const fragments: string[] = [];
  const select = (type: GraphQLNamedType, depth: number): string => {
    const selections: string[] = [];
    const amount = 1 + random.below(4);
    for (let number = 0; number < amount; number++) selections.push(...selectOne(type, depth));
    if (selections.length === 0) selections.push('__typename');
    return `{ ${selections.join(' ')} }`;
  };
  const selectOne = (type: GraphQLNamedType, depth: number): string[] => {
    if (random.chance(0.12)) return [`__typename${condition(random)}`];
    const refined = random.chance(isUnionType(type) ? 1 : isInterfaceType(type) ? 0.4 : 0.12);
    if (refined) return depth > DEEPEST ? [] : [selectFragment(type, depth)];
    if (!isObjectType(type) && !isInterfaceType(type)) return [];
    return [selectField(random.pick(Object.values(type.getFields())), depth)];
  };
  const selectFragment = (type: GraphQLNamedType, depth: number): string => {
    const possible = isAbstractType(type) ? schema.getPossibleTypes(type) : [];
    const target = possible.length > 0 && random.chance(0.85) ? random.pick(possible) : type;
    const selectionSet = select(target, depth + 1);
    if (random.chance(0.3)) {
      const name = `F${fragments.length}`;
      fragments.push(`fragment ${name} on ${target.name} ${selectionSet}`);
      return `...${name}${condition(random)}`;
    }
    const isPlain = target === type && random.chance(0.5);
    return `...${isPlain ? '' : ` on ${target.name}`}${condition(random)} ${selectionSet}`;
  };
  const selectField = (field: GraphQLField<unknown, unknown>, depth: number): string => {
    const type = getNamedType(field.type);
    if (isCompositeType(type) && depth > DEEPEST) return '__typename';
    const alias = random.chance(0.15) ? `${random.pick(['x', 'y', 'id', 'label'])}: ` : '';
    const parameters = field.args.length > 0 && random.chance(0.8) ? chooseParameters(field, random) : '';
    const below = isCompositeType(type) ? ` ${select(type, depth + 1)}` : '';
    return `${alias}${field.name}${parameters}${condition(random)}${below}`;
  };
  const body = select(schema.getQueryType()!, 0);
  const text = `query ($t: Boolean = true, $f: Boolean!, $n: Int!, $i: ID) ${body}\n${fragments.join('\n')}`;
  return { query: text, variables: { f: false, n: 7, i: '01' } };
}

function condition(random: Random): string {
  if (!random.chance(0.15)) return '';
  return ` @${random.pick(['skip', 'include'])}(if: ${random.pick(['$t', '$f', 'true', 'false'])})`;
}

function chooseParameters(field: GraphQLField<unknown, unknown>, random: Random): string {
  const [parameter] = field.args;
  if (parameter?.name === 'by') return `(by: ${random.pick(['2', '5', '$n'])})`;
  return `(${parameter?.name}: ${random.pick(['"00"', '"11"', '"99"', '$i'])})`;
}
