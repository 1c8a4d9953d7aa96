import { partsField, type TableModel } from '../../schema/domain-model.js';
import { AskgraphError } from '../../schema/errors.js';
import type { Condition, DatePart, Expression, Grain } from '../sql/table-query.js';
import { onlyEntry } from './only-entry.js';
import { type Input, isNotNull, PART_FIELDS } from './read-where.js';
import { column, fieldNamed, findRelation, type TypedDomain, targetOf } from './typed-domain.js';

/** One thing that is grouped by. */
export interface Group {
  /** Where its key stands under `keys`. */
  readonly path: readonly string[];
  readonly expression: Expression;
  /** The key is a day, but its field gives times. */
  readonly midnight: boolean;
  /** Keeps rows without a value out, where they are not wanted. */
  readonly where?: Condition;
}

interface GroupInput {
  readonly grain?: Grain | null;
  readonly part?: DatePart | null;
  readonly includeNull?: boolean | null;
}

/** The groups of a `groupBy` argument, each with a key of its own. */
export function readGroups(domain: TypedDomain, model: TableModel, inputs: readonly Input[]): Group[] {
  const groups = inputs.map((input) => readGroup(domain, model, input, []));
  const paths = groups.map((group) => group.path.join('.'));
  const twin = paths.find((path, index) => paths.indexOf(path) < index);
  if (twin !== undefined) {
    throw new AskgraphError(
      'BAD_USER_INPUT',
      `"${twin}" is grouped by twice; a date can be grouped by one period at a time.`,
    );
  }
  return groups;
}

function readGroup(domain: TypedDomain, model: TableModel, input: Input, path: readonly string[]): Group {
  const [name, value] = onlyEntry(input, 'groupBy');
  const relation = findRelation(model.toOne, name);
  if (relation !== undefined)
    return readGroup(domain, targetOf(domain, relation), value as Input, [...path, name]);
  const field = fieldNamed(model, name);
  const of = column(path, field.column.name);
  const { grain, part, includeNull } = value as GroupInput;
  const where = includeNull === false ? { where: isNotNull(of) } : {};
  if (grain != null && part != null) {
    throw new AskgraphError(
      'BAD_USER_INPUT',
      `Group ${name} by a grain or by a part, or by each in an item of its own.`,
    );
  }
  if (part != null) {
    const partField = Object.entries(PART_FIELDS).find(([, candidate]) => candidate === part)?.[0] ?? '';
    return {
      path: [...path, partsField(field), partField],
      expression: { kind: 'part', part, of },
      midnight: false,
      ...where,
    };
  }
  if (grain != null) {
    const midnight = field.column.columnType === 'DATETIME' && grain !== 'HOUR';
    return { path: [...path, name], expression: { kind: 'grain', grain, of }, midnight, ...where };
  }
  return { path: [...path, name], expression: of, midnight: false, ...where };
}
