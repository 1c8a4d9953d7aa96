import { describe, expect, it } from 'vitest';
import type { AskDomain, AskTable } from '../domain.js';
import { makeKnowledge } from '../knowledge.js';
import { profileOf, shopDomain } from '../shop.test-helper.js';
import { stem } from '../text/tokenize.js';
import { retrieve } from './retrieve.js';

interface TableSketch {
  readonly columns?: readonly string[];
  /** By column, the table that it points to. */
  readonly references?: Readonly<Record<string, string>>;
  readonly comment?: string;
}

/** A domain of tables with text columns. */
function domainOf(name: string, tables: Readonly<Record<string, TableSketch>>): AskDomain {
  const made = Object.entries(tables).map(
    ([table, { columns = [], references = {}, comment = '' }]): AskTable => ({
      domain: name,
      name: table,
      label: table,
      comment,
      columns: [...columns, ...Object.keys(references)].map((column) => {
        const target = references[column];
        return {
          name: column,
          columnType: 'STRING',
          comment: '',
          unit: undefined,
          references: target === undefined ? undefined : { table: target, column: 'id' },
          label: column,
        };
      }),
      primaryKey: [],
      relations: [],
      metrics: [],
      operation: undefined,
    }),
  );
  return { ...shopDomain(), name, description: '', glossary: {}, tables: made };
}

const clinic = domainOf('clinic', {
  patients: { columns: ['full_name', 'birth_date', 'city'] },
  appointments: {
    columns: ['start_time'],
    references: { patient_id: 'patients', physician_id: 'physicians' },
  },
  physicians: { columns: ['physician_name', 'pPosition'] },
  rooms: { columns: ['room_number', 'floor'] },
});
const airline = domainOf('airline', {
  flights: { columns: ['departure_time', 'distance'], references: { aircraft_id: 'aircraft' } },
  aircraft: { columns: ['aircraft_name', 'max_dist'] },
  airports: { columns: ['airport_name', 'city', 'homepage'] },
});
const university = domainOf('university', {
  stu_tbl: { columns: ['stu_lname', 'enr_year'] },
  classrooms: { columns: ['building', 'seats'] },
});

const profile = profileOf({
  'patients.city': ['Springfield', 'New York'],
  'patients.full_name': ['Ada Byron'],
  'airports.city': ['York'],
  'physicians.physician_name': ['Grey'],
  'physicians.pPosition': ['Head Surgeon'],
});
const knowledge = makeKnowledge([clinic, airline, university], profile);
const domainsOf = (question: string) =>
  retrieve(question, knowledge, undefined).domains.map(({ domain }) => domain.name);
const tablesOf = (question: string) =>
  retrieve(question, knowledge, undefined).domains[0]?.tables.map(({ table }) => table.name);

describe('a question', () => {
  it.each([
    ['whose words are short forms in the catalog', 'Which students have an enrollment year?', 'university'],
    ['with a slip of the pen', 'How many pateints are there?', 'clinic'],
    ['that writes apart what a name has together', 'Which home page belongs to it?', 'airline'],
    ['with a value', 'anything about Springfield', 'clinic'],
    ['with a value of several words', 'Is there something in New York?', 'clinic'],
    ['with part of quoted text', 'Where does "Meredith Grey" work?', 'clinic'],
    ['with the plural of a value', 'How many head surgeons?', 'clinic'],
    ['that writes a name as it stands', 'Show aircraft_name.', 'airline'],
  ])('%s finds its domain', (_, question, name) => expect(domainsOf(question)[0]).toBe(name));

  it('that orders a list is not about lists', () => {
    const lists = domainOf('lists', { list: { columns: ['order'] } });
    const both = makeKnowledge([lists, clinic], profile);
    const names = (question: string) =>
      retrieve(question, both, undefined).domains.map(({ domain }) => domain.name);
    expect(names('List the floors of all rooms, order by room number.')).toEqual(['clinic']);
    expect(names('How many lists are there?')).toEqual(['lists']);
  });

  it('that asks for a figure is not about what goes by such a word', () => {
    const school = domainOf('school', { pupils: { columns: ['grade'] } });
    const market = domainOf('market', { average: { columns: ['most', 'by'] } });
    const both = makeKnowledge([market, school], profileOf({}));
    const first = (question: string) => retrieve(question, both, undefined).domains[0]?.domain.name;
    expect(first('What is the average of most by grade?')).toBe('school');
    expect(first('Show the average.')).toBe('market');
  });

  it('says more by a name than by what a column holds', () => {
    const named = domainOf('named', { harbour: { columns: ['depth'] } });
    const held = domainOf('held', { place: { columns: ['kind'] } });
    const both = makeKnowledge([held, named], profileOf({ 'place.kind': ['Harbour depth'] }));
    const [first] = retrieve('What is the harbour depth?', both, undefined).domains;
    expect(first?.domain.name).toBe('named');
  });

  it('is about the domain that says all of it, though nothing joins the tables that do', () => {
    const whole = domainOf('whole', {
      harbours: { columns: ['x1', 'x2', 'x3'] },
      pilots: { columns: ['x4'] },
    });
    const half = domainOf('half', { harbours: {} });
    const other = domainOf('other', { pilots: { columns: ['x1', 'x2', 'x3', 'x4', 'x5'] } });
    const all = makeKnowledge([half, whole, other], profileOf({}));
    expect(retrieve('Which harbours have pilots?', all, undefined).domains[0]?.domain.name).toBe('whole');
  });

  it('is about what stands near to it too, after what both find', () => {
    const { index } = knowledge.view;
    const rooms = index.tableStarts[0]! + clinic.tables.findIndex(({ name }) => name === 'rooms');
    const flights = index.tableStarts[1]! + airline.tables.findIndex(({ name }) => name === 'flights');
    const near = [rooms, flights].map((table) => ({ table, likeness: 0.5 }));
    const alone = retrieve('Xyzzy?', knowledge, undefined, near).domains;
    expect(alone.map(({ domain }) => domain.name)).toEqual(['clinic', 'airline']);
    expect(alone[0]?.tables.map(({ table }) => table.name)).toEqual(['rooms']);
    expect(alone[0]!.score).toBeGreaterThan(alone[1]!.score);
    const both = retrieve('Which distance do flights have?', knowledge, undefined, near);
    expect(both.domains[0]?.domain.name).toBe('airline');
    expect(both.domains.map(({ score }) => score)).toEqual(
      both.domains.map(({ score }) => score).toSorted((a, b) => b - a),
    );
  });

  it('is about the domain in which one table says it, rather than one that says it here and there', () => {
    const scattered = domainOf('scattered', {
      cities: { columns: ['x'] },
      names: { columns: ['y'] },
      airports: { columns: ['z'] },
    });
    const both = makeKnowledge([scattered, airline], profileOf({}));
    const [first] = retrieve('names and cities of airports', both, undefined).domains;
    expect(first?.domain.name).toBe('airline');
  });

  it('is about the smaller of two domains that say the same', () => {
    const small = domainOf('z_small', { events: { columns: ['title'] } });
    const large = domainOf('a_large', {
      events: { columns: ['title'] },
      ...Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`other${index}`, { columns: ['x'] }])),
    });
    const both = makeKnowledge([large, small], profileOf({}));
    expect(retrieve('titles of events', both, undefined).domains[0]?.domain.name).toBe('z_small');
  });
});

describe('tables', () => {
  it('stand in the order in which the question speaks of them, with the names that say more of it first', () => {
    expect(tablesOf('On which floor are the rooms?')?.[0]).toBe('rooms');
    expect(tablesOf('birth dates of patients')?.[0]).toBe('patients');
  });

  it('that lie between those that are asked for are found with them', () => {
    expect(tablesOf('Which patients does each physician see?')?.slice(0, 3).sort()).toEqual([
      'appointments',
      'patients',
      'physicians',
    ]);
  });

  it('that no word speaks of and that are joined to none are left out', () => {
    expect(tablesOf('birth dates of patients')).not.toContain('rooms');
  });
});

describe('a question about two domains', () => {
  it('has the tables of both among the first, though one says most of it', () => {
    const { domains } = retrieve(
      'birth dates and cities of patients of each physician, and how many classrooms?',
      knowledge,
      undefined,
    );
    const tables = domains
      .flatMap((candidate) => candidate.tables)
      .sort((a, b) => b.score - a.score)
      .map(({ table }) => table.name);
    expect(domains[0]?.domain.name).toBe('clinic');
    expect(tables.slice(0, 3)).toEqual(expect.arrayContaining(['patients', 'classrooms']));
  });
});

describe('what no word speaks of', () => {
  it('is named apart, so that a planner may still look at it', () => {
    const { domains, unspoken } = retrieve('blorp', knowledge, undefined);
    expect(domains).toEqual([]);
    expect(unspoken.map(({ name }) => name)).toEqual(['clinic', 'airline', 'university']);
  });

  it('is none of the domains that were not asked for', () => {
    const { unspoken } = retrieve('blorp', knowledge, ['airline']);
    expect(unspoken.map(({ name }) => name)).toEqual(['airline']);
  });
});

describe('a domain of very many tables', () => {
  const many = domainOf('many', {
    ...Object.fromEntries(
      Array.from({ length: 5_000 }, (_, index) => [
        `entry_${index}`,
        {
          columns: ['name', index === 4_321 ? 'altitude' : 'status'],
          references: { [`entry_${(index + 1) % 5_000}_id`]: `entry_${(index + 1) % 5_000}` },
        },
      ]),
    ),
  });
  const large = makeKnowledge([many, clinic], profileOf({}));

  it('is led to by its rare words, to which the common ones add', () => {
    const { domains } = retrieve('name and altitude of each entry', large, undefined);
    expect(domains[0]?.tables[0]?.table.name).toBe('entry_4321');
  });

  it('gives no more tables than any planner would look at', () => {
    const { domains } = retrieve('status of each entry', large, undefined);
    expect(domains[0]?.domain.name).toBe('many');
    expect(domains[0]?.tables.length).toBeLessThanOrEqual(40);
  });

  it('is read as the part that the question may be about, with nothing that leads out of it', () => {
    const { domains, knowledge: known } = retrieve('altitude of each entry', large, undefined);
    const part = domains[0]!.domain;
    const names = part.tables.map(({ name }) => name);
    expect(names).toEqual(domains[0]?.tables.map(({ table }) => table.name));
    expect(names).toEqual(expect.arrayContaining(['entry_4321', 'entry_4322']));
    expect(names.length).toBeLessThanOrEqual(40);
    const targets = part.tables.flatMap(({ columns }) =>
      columns.flatMap(({ references }) => references?.table ?? []),
    );
    expect(targets).toContain('entry_4322');
    expect(names).toEqual(expect.arrayContaining(targets));
    const tables = known.lexicon.lookUp('many', stem('status')).map(({ element }) => element.table.name);
    expect(names).toEqual(expect.arrayContaining(tables));
    expect(known.lexicon.lookUp('clinic', stem('patients'))).not.toEqual([]);
  });
});
