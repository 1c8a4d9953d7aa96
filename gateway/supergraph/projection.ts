import {
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLOutputType,
  isAbstractType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  isUnionType,
  type SelectionSetNode,
} from 'graphql';
import { isJsonObject, type JsonObject } from './json.js';
import type { ResultErrors } from './result-errors.js';
import { collectFields, type SelectionContext } from './selections.js';
import { writeJson } from './write-json.js';

/** One answer in the making. */
export interface ProjectionRun {
  readonly errors: ResultErrors;
  /** What introspection found, by response name. */
  readonly introspected: Readonly<JsonObject>;
  /** The place that is being completed; only the part above the current depth means something. */
  readonly path: (string | number)[];
  /** How often a value was not what the schema says, so far. */
  failures: number;
  /** Lists and shared objects that are complete: equal entities share one answer, which then stands in many places. */
  readonly completed: Map<Complete, Map<object, unknown>>;
  /** The objects that stand in several places. */
  readonly shared: ReadonlySet<object>;
}

/** Makes the client's answer out of the fetched data; null where a null reached the root. */
export type Projection<Answer> = (data: JsonObject, run: ProjectionRun) => Answer | null;

export interface ProjectionContext extends SelectionContext {
  /** The name under which a field of the client's operation stands in the fetched data. */
  readonly dataKey: (field: FieldNode) => string;
}

/** How what is completed is put together. A null is null in every form until it stands in something. */
interface Form {
  readonly leaf: (value: unknown) => unknown;
  readonly list: (items: readonly unknown[]) => unknown;
  /** NULLED where a field was nulled that may not be. */
  readonly object: (fields: Fields, value: JsonObject, depth: number, run: ProjectionRun) => unknown;
}

interface Context extends ProjectionContext {
  readonly form: Form;
}

/** Says that a value is null because of an error that has been reported: its parent must be asked what to do. */
const NULLED = Symbol('nulled');

type Complete = (value: unknown, depth: number, run: ProjectionRun) => unknown;

interface Field {
  readonly responseKey: string;
  /** The response name as it begins the field in JSON. */
  readonly prefix: string;
  readonly dataKey: string;
  readonly complete: Complete;
}

/**
 * Compiles the client's operation, for given values of what @skip and @include look at, into what copies the answer
 * out of the fetched data, checks it by the public schema and propagates nulls. What is below a field is compiled
 * when there first is something below it.
 */
export function compileProjection(
  root: GraphQLCompositeType,
  selectionSet: SelectionSetNode,
  context: ProjectionContext,
): Projection<JsonObject> {
  return project<JsonObject>(completeObject(root, [selectionSet], { ...context, form: AS_VALUES }));
}

/** As `compileProjection`; the answer is written as JSON, which spares copying it first. */
export function compileWriting(
  root: GraphQLCompositeType,
  selectionSet: SelectionSetNode,
  context: ProjectionContext,
): Projection<string> {
  return project<string>(completeObject(root, [selectionSet], { ...context, form: AS_TEXT }));
}

function project<Answer>(complete: Complete): Projection<Answer> {
  return (data, run) => {
    const answer = complete(data, 0, run);
    return answer === NULLED ? null : (answer as Answer);
  };
}

const AS_VALUES: Form = {
  leaf: (value) => value,
  list: (items) => items,
  object(fields, value, depth, run) {
    const answer: JsonObject = fields.base === 'plain' ? {} : Object.create(null);
    for (const field of fields.list) {
      run.path[depth] = field.responseKey;
      const completed = field.complete(value[field.dataKey], depth + 1, run);
      if (completed === NULLED) return NULLED;
      answer[field.responseKey] = completed;
    }
    return answer;
  },
};

const AS_TEXT: Form = {
  leaf: writeJson,
  // Pieces are only chained: joined here, a text would be copied again by every list that it stands in.
  list(items) {
    let text = '[';
    for (let index = 0; index < items.length; index++)
      text += index === 0 ? items[index] : `,${items[index]}`;
    return `${text}]`;
  },
  object(fields, value, depth, run) {
    let text = '';
    for (const field of fields.list) {
      run.path[depth] = field.responseKey;
      const completed = field.complete(value[field.dataKey], depth + 1, run);
      if (completed === NULLED) return NULLED;
      text += field.prefix + completed;
    }
    return text === '' ? '{}' : `${text}}`;
  },
};

/** Completes a value of a type; a null that may not be there is reported and becomes NULLED. */
function completeType(
  type: GraphQLOutputType,
  nodes: readonly FieldNode[],
  name: string,
  context: Context,
): Complete {
  if (isNonNullType(type)) {
    const complete = completeNullable(type.ofType, nodes, name, context);
    return (value, depth, run) => {
      const completed = complete(value, depth, run);
      return completed === null
        ? fail(`Cannot return null for non-nullable field ${name}.`, depth, run)
        : completed;
    };
  }
  const complete = completeNullable(type, nodes, name, context);
  // Nothing is nulled below a scalar.
  if (isScalarType(type)) return complete;
  return (value, depth, run) => {
    const completed = complete(value, depth, run);
    return completed === NULLED ? null : completed;
  };
}

function completeNullable(
  type: GraphQLOutputType,
  nodes: readonly FieldNode[],
  name: string,
  context: Context,
): Complete {
  const { form } = context;
  if (isListType(type)) return completeList(completeType(type.ofType, nodes, name, context), name, form);
  if (isEnumType(type)) {
    const values = new Map<unknown, unknown>(
      type.getValues().map((value) => [value.name, form.leaf(value.name)]),
    );
    // The message leaves the value out: it may be one that clients must not know.
    return (value, depth, run) =>
      value === null || value === undefined
        ? null
        : (values.get(value) ?? fail(`Enum "${type.name}" has no such value for ${name}.`, depth, run));
  }
  if (isScalarType(type)) return (value) => (value === null || value === undefined ? null : form.leaf(value));
  if (isNonNullType(type)) return completeType(type, nodes, name, context);
  const selectionSets = nodes.flatMap(({ selectionSet }) =>
    selectionSet === undefined ? [] : [selectionSet],
  );
  return completeObject(type, selectionSets, context);
}

function completeList(completeItem: Complete, name: string, form: Form): Complete {
  return onceEach(
    (value, depth, run) => {
      if (value === null || value === undefined) return null;
      if (!Array.isArray(value)) return fail(`Expected a list for ${name}.`, depth, run);
      const items: unknown[] = new Array(value.length);
      for (let index = 0; index < value.length; index++) {
        run.path[depth] = index;
        const item = completeItem(value[index], depth + 1, run);
        if (item === NULLED) return NULLED;
        items[index] = item;
      }
      return form.list(items);
    },
    (value) => Array.isArray(value) && value.length > 0,
  );
}

function completeObject(
  type: GraphQLCompositeType,
  selectionSets: readonly SelectionSetNode[],
  context: Context,
): Complete {
  const fieldsOf = isAbstractType(type)
    ? fieldsByRuntimeType(type, selectionSets, context)
    : once(() => compileFields(type, selectionSets, context));
  const { form } = context;
  return onceEach(
    (value, depth, run) => {
      if (value === null || value === undefined) return null;
      if (!isJsonObject(value)) return fail(`Expected an object of type ${type.name}.`, depth, run);
      const fields = fieldsOf(value);
      if (fields === undefined)
        return fail(`An object of ${type.name} has no type that is known here.`, depth, run);
      return form.object(fields, value, depth, run);
    },
    (value, run) => run.shared.has(value as object),
  );
}

/** Completes what stands in several places once, unless something fails in it: that must be said of every place. */
function onceEach(
  complete: Complete,
  isRemembered: (value: unknown, run: ProjectionRun) => boolean,
): Complete {
  const completeOnce: Complete = (value, depth, run) => {
    if (!isRemembered(value, run)) return complete(value, depth, run);
    let known = run.completed.get(completeOnce);
    if (known === undefined) {
      known = new Map();
      run.completed.set(completeOnce, known);
    }
    const before = known.get(value as object);
    if (before !== undefined) return before;
    const { failures } = run;
    const completed = complete(value, depth, run);
    if (run.failures === failures) known.set(value as object, completed);
    return completed;
  };
  return completeOnce;
}

interface Fields {
  readonly list: readonly Field[];
  /** `bare`: some response name would mean something else on a plain object. */
  readonly base: 'plain' | 'bare';
}

function fieldsByRuntimeType(
  type: GraphQLCompositeType,
  selectionSets: readonly SelectionSetNode[],
  context: Context,
): (value: JsonObject) => Fields | undefined {
  const known = new Map<string, Fields>();
  return (value) => {
    // A subgraph that sees the interface as an object may say no more than the interface's own name.
    const name = typeof value.__typename === 'string' ? value.__typename : type.name;
    let fields = known.get(name);
    if (fields === undefined) {
      const runtime = context.schema.getType(name);
      const isPossible =
        isObjectType(runtime) && isAbstractType(type) && context.schema.isSubType(type, runtime);
      if (!isPossible && name !== type.name) return undefined;
      fields = compileFields(isPossible ? runtime : type, selectionSets, context);
      known.set(name, fields);
    }
    return fields;
  };
}

function compileFields(
  type: GraphQLCompositeType,
  selectionSets: readonly SelectionSetNode[],
  context: Context,
): Fields {
  const list: Field[] = [];
  for (const [responseKey, nodes] of collectFields(selectionSets, type, context)) {
    const [node] = nodes;
    if (node === undefined) continue;
    const complete = completeField(type, node.name.value, responseKey, nodes, context);
    if (complete === undefined) continue;
    const prefix = `${list.length === 0 ? '{' : ','}${JSON.stringify(responseKey)}:`;
    list.push({ responseKey, prefix, dataKey: context.dataKey(node), complete });
  }
  return { list, base: list.some(({ responseKey }) => responseKey === '__proto__') ? 'bare' : 'plain' };
}

function completeField(
  type: GraphQLCompositeType,
  name: string,
  responseKey: string,
  nodes: readonly FieldNode[],
  context: Context,
): Complete | undefined {
  if (name === '__typename') {
    const answer = context.form.leaf(type.name);
    if (isObjectType(type)) return () => answer;
    return (_, depth, run) => fail(`The type of an object of ${type.name} is not known.`, depth, run);
  }
  if (name === '__schema' || name === '__type')
    return (_value, _depth, run) => context.form.leaf(run.introspected[responseKey] ?? null);
  const definition = isUnionType(type) ? undefined : type.getFields()[name];
  return definition && completeType(definition.type, nodes, `${type.name}.${name}`, context);
}

function fail(message: string, depth: number, run: ProjectionRun): typeof NULLED {
  run.failures += 1;
  run.errors.addUnexplained(message, run.path.slice(0, depth));
  return NULLED;
}

function once<Value>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
