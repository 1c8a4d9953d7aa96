import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildASTSchema, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { Expression, TableQuery } from '../../../../subgraphs/sql/table-query.js';
import {
  aggregated,
  before1990,
  column,
  compare,
  count,
  demoDomains,
  employees,
  grain,
  hired,
  inFebruary,
  literal,
  printFor,
  select,
  since1985,
} from './queries.test-helper.js';

const domains = await demoDomains();

/** The committed schema of a domain; Federation's directives are not defined in it. */
function committed(domain: string) {
  const sdl = readFileSync(join(process.cwd(), 'schema', 'generated', `${domain}.graphql`), 'utf8');
  return buildASTSchema(parse(sdl.replace(/^extend schema.*$/m, '')), { assumeValidSDL: true });
}

describe('what the typed API can say is valid in the committed schema', () => {
  it.each<[string, string, TableQuery]>([
    ['a list', 'hr', employees({})],
    [
      'a list in an order, with a limit',
      'hr',
      employees({ orderBy: [{ expression: hired, direction: 'DESC' }], limit: 5 }),
    ],
    [
      'columns over relations',
      'hr',
      {
        table: 'dept_emp',
        select: select(
          column('last_name', 'employees'),
          column('dept_name', 'departments'),
          column('from_date'),
        ),
      },
    ],
    [
      'an order over a relation',
      'hr',
      {
        table: 'salaries',
        select: select(column('salary')),
        orderBy: [{ expression: column('last_name', 'employees'), direction: 'ASC' }],
      },
    ],
    [
      'a comparison of every kind',
      'hr',
      employees({
        where: {
          kind: 'and',
          conditions: (['eq', 'ne', 'lt', 'lte', 'gt', 'gte'] as const).map((operator) =>
            compare(column('emp_no'), operator, literal(5, 'INTEGER')),
          ),
        },
      }),
    ],
    [
      'two bounds of one column',
      'hr',
      employees({ where: { kind: 'and', conditions: [since1985, before1990] } }),
    ],
    ['a part of a date', 'hr', employees({ where: inFebruary })],
    [
      'a part and a bound of one column',
      'hr',
      employees({ where: { kind: 'and', conditions: [inFebruary, before1990] } }),
    ],
    [
      'one of several values',
      'hr',
      employees({ where: { kind: 'in', of: column('gender'), values: [literal('M'), literal('F')] } }),
    ],
    ['nothing', 'hr', employees({ where: { kind: 'isNull', of: column('last_name') } })],
    [
      'or, and inside it and',
      'hr',
      employees({
        where: {
          kind: 'or',
          conditions: [
            before1990,
            { kind: 'and', conditions: [inFebruary, compare(column('gender'), 'eq', literal('F'))] },
          ],
        },
      }),
    ],
    ['not', 'hr', employees({ where: { kind: 'not', condition: inFebruary } })],
    [
      'two times not',
      'hr',
      employees({
        where: {
          kind: 'and',
          conditions: [
            { kind: 'not', condition: inFebruary },
            { kind: 'not', condition: before1990 },
          ],
        },
      }),
    ],
    [
      'a condition on a relation',
      'hr',
      {
        table: 'salaries',
        select: select(column('salary')),
        where: compare(column('gender', 'employees'), 'eq', literal('F')),
      },
    ],
    ...(['contains', 'startsWith', 'endsWith', 'equals'] as const).flatMap((match) =>
      (['caseSensitive', 'caseInsensitive'] as const).map((letters): [string, string, TableQuery] => [
        `a text that ${match}, ${letters}`,
        'hr',
        employees({ where: { kind: 'text', match, letters, of: column('last_name'), value: 'a"b\\c\n{' } }),
      ]),
    ),
    ['a count', 'hr', aggregated({})],
    [
      'a count by a column',
      'hr',
      aggregated({ groupBy: [column('gender')], select: select(column('gender'), count) }),
    ],
    ...(['YEAR', 'QUARTER', 'MONTH', 'WEEK', 'DAY'] as const).map((unit): [string, string, TableQuery] => [
      `a count by ${unit}`,
      'hr',
      aggregated({
        groupBy: [grain(hired, unit)],
        select: select(grain(hired, unit), count),
        orderBy: [{ expression: grain(hired, unit), direction: 'ASC' }],
      }),
    ]),
    ...(['YEAR', 'QUARTER', 'MONTH', 'DAY', 'DAY_OF_WEEK'] as const).map(
      (part): [string, string, TableQuery] => {
        const key: Expression = { kind: 'part', part, of: hired };
        return [
          `a count by the ${part} of every date`,
          'hr',
          aggregated({
            groupBy: [key],
            select: select(key, count),
            orderBy: [{ expression: key, direction: 'DESC' }],
          }),
        ];
      },
    ),
    ...(['sum', 'avg', 'min', 'max', 'countDistinct'] as const).map((name): [string, string, TableQuery] => {
      const figure: Expression = { kind: 'aggregate', function: name, of: column('pricepaid') };
      return [
        `the ${name} by an event, in its order`,
        'sales',
        {
          table: 'sales',
          select: select(column('eventname', 'event'), figure),
          groupBy: [column('eventname', 'event')],
          orderBy: [
            { expression: figure, direction: 'DESC' },
            { expression: column('eventname', 'event'), direction: 'ASC' },
          ],
          limit: 5,
        },
      ];
    }),
    [
      'a count by hour',
      'sales',
      {
        table: 'sales',
        select: select(grain(column('saletime'), 'HOUR'), count),
        groupBy: [grain(column('saletime'), 'HOUR')],
      },
    ],
    [
      'a grain over a relation',
      'sales',
      {
        table: 'sales',
        select: select(grain(column('starttime', 'event'), 'MONTH'), count),
        groupBy: [grain(column('starttime', 'event'), 'MONTH')],
      },
    ],
    [
      'an amount of money',
      'sales',
      {
        table: 'sales',
        select: select(count),
        groupBy: [],
        where: compare(column('pricepaid'), 'gt', literal('1000.50', 'DECIMAL')),
      },
    ],
    [
      'a truth',
      'sales',
      {
        table: 'users',
        select: select(column('firstname')),
        where: compare(column('likejazz'), 'eq', literal(true, 'BOOLEAN')),
      },
    ],
    [
      'a column of a table two relations away',
      'sales',
      { table: 'sales', select: select(column('venuecity', 'event', 'venue')) },
    ],
    [
      'a table whose name has digits',
      'finance',
      {
        table: 'all_stocks_5yr',
        select: select(column('name')),
        where: compare(column('date'), 'eq', literal('2013-02-08', 'DATE')),
      },
    ],
  ])('%s (%s)', (_, domain, query) => {
    const printed = printFor(domains.get(domain)!, query);
    expect(printed).toBeDefined();
    const errors = validate(committed(domain), parse(printed!.query));
    expect(errors.map(({ message }) => message)).toEqual([]);
    expect(printed!.result.columns.map(({ name }) => name)).toEqual(query.select.map(({ as }) => as));
  });
});
