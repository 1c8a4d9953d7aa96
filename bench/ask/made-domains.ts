import type { AskDomain, Profile } from '../../gateway/knowledge/domain.js';
import { identifierLabel, makeVocabulary } from '../../gateway/knowledge/lexicon/identifier-words.js';
import { type Catalog, makeColumn } from '../../schema/catalog.js';
import { parseHiveType } from '../../schema/hive-type.js';
import { relationsOf } from '../../schema/names.js';
import { duckdbDialect } from '../../subgraphs/sql/dialects/duckdb.js';

const NOUNS =
  'customer order product supplier invoice payment employee department branch account loan card transaction shipment warehouse region country city store staff contract policy claim vehicle driver route ticket event venue artist album track playlist course student teacher class school exam grade room hotel guest booking flight airport airline passenger aircraft hospital patient nurse physician procedure medication appointment project task document author publisher book library member club team player match league season game score stadium sponsor campaign channel budget expense account asset device sensor reading alarm station bike trip user review rating photo comment message group topic survey question answer vote party candidate election district county river mountain lake park museum exhibit ship captain port cargo'.split(
    ' ',
  );
const TRAITS = 'name status type amount price date city country rating age level code score weight'.split(
  ' ',
);

/** A catalog of tables called after things, each with a key, some columns, and a reference to the one before it. */
export function madeDomain(
  name: string,
  tables: number,
  offset: number,
  comments: 'described' | 'bare',
): AskDomain {
  const nameOf = (index: number) => {
    const noun = NOUNS[(offset + index * 7) % NOUNS.length]!;
    const turn = Math.floor(index / NOUNS.length);
    return turn === 0 ? noun : `${noun}_${NOUNS[(offset + index) % NOUNS.length]!}`;
  };
  const names = [...new Set(Array.from({ length: tables * 2 }, (_, index) => nameOf(index)))].slice(
    0,
    tables,
  );
  const catalog: Catalog = {
    database: name,
    description: '',
    tables: names.map((table, index) => ({
      name: table,
      comment: '',
      location: undefined,
      primaryKey: [`${table}_id`],
      columns: [
        column(`${table}_id`, 'int'),
        ...TRAITS.slice(0, 8 + (index % 5)).map((trait) =>
          column(trait === 'name' ? `${table}_name` : trait, typeOf(trait)),
        ),
        ...(index === 0
          ? []
          : [
              {
                ...column(`${names[index - 1]!}_id`, 'int'),
                references: { table: names[index - 1]!, column: `${names[index - 1]!}_id` },
              },
            ]),
      ],
    })),
  };
  const commentOf = (column: string) =>
    comments === 'bare' ? '' : `The ${column.replaceAll('_', ' ')} as it was entered.`;
  const vocabulary = makeVocabulary([]);
  return {
    name,
    description: '',
    engine: 'duckdb',
    production: 'duckdb',
    tables: catalog.tables.map((table) => ({
      domain: name,
      name: table.name,
      label: identifierLabel(table.name, vocabulary),
      comment: '',
      columns: table.columns.map((one) => ({
        ...one,
        comment: commentOf(one.name),
        label: identifierLabel(one.name, vocabulary),
      })),
      primaryKey: table.primaryKey,
      relations: relationsOf(catalog, table),
      metrics: [],
      operation: undefined,
    })),
    catalog,
    dialect: duckdbDialect,
    glossary: {},
    examples: [],
  };
}

const CITIES = [
  'Berlin',
  'Paris',
  'London',
  'Madrid',
  'Rome',
  'Vienna',
  'Oslo',
  'Lisbon',
  'New York',
  'San Francisco',
];

/** Ten cities in every column of cities, nothing else. */
export const madeProfile: Profile = {
  tableFacts: () => ({ rows: 1_000 }),
  columnFacts: (_domain, _table, name) => (name === 'city' ? { values: CITIES } : undefined),
};

function typeOf(trait: string): string {
  if (trait === 'date') return 'date';
  return ['amount', 'price', 'rating', 'age', 'score', 'weight'].includes(trait) ? 'double' : 'string';
}

function column(name: string, type: string) {
  return makeColumn({ name, type: parseHiveType(type), comment: '', unit: undefined, references: undefined });
}

/** Questions about the first tables of a domain, of every form that the planner reads. */
export function madeQuestions(domain: AskDomain): string[] {
  return domain.tables.slice(0, 12).flatMap(({ name }, index) => {
    const other = domain.tables[index + 1]!.name;
    return [
      `How many ${name}s are there?`,
      `What are the names and prices of all ${name}s in Berlin?`,
      `Show the average price of ${name}s for each city.`,
      `Which ${name} has the most ${other}s?`,
      `List the names of ${name}s that do not have any ${other}.`,
      `What are the names of ${name}s with more than 5 ${other}s, sorted by name in descending order?`,
      `Find the name of the ${name} with the highest price.`,
      `What is the total amount of ${name}s whose price is above the average price?`,
    ];
  });
}

/** Questions that mean to take long. */
export function badQuestions(domain: AskDomain): string[] {
  const words = domain.tables.map(({ name }) => name);
  const repeat = (text: string, times: number) => Array.from({ length: times }, () => text).join(' ');
  return [
    'x'.repeat(10_000),
    repeat('the', 3_000),
    repeat('name', 59),
    repeat('name of the', 45),
    repeat('date and price', 25),
    Array.from({ length: 500 }, (_, index) => index).join(' '),
    Array.from({ length: 59 }, (_, index) => index + 1).join(' '),
    words.slice(0, 59).join(' '),
    `${words.slice(0, 50).join(' and ')} with more than 5 ${words[0]}`,
    repeat('more than 5', 40),
    repeat('name, ', 50),
    repeat('Berlin or', 50),
    repeat('highest price of each city', 14),
    `"${'a'.repeat(5_000)}"`,
  ];
}
