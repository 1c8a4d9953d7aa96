import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type StartedGateway, startGateway } from '../start-gateway.js';
import { ask } from './ask.js';

/** Tables of which nothing is known but their names, keys and rows. */
const TEAMS = [
  [1, 'Rovers', 'Leeds', 'England', 1902],
  [2, 'Albion', 'York', 'England', 1921],
  [3, 'Thistle', 'Perth', 'Scotland', 1899],
  [4, 'Harriers', 'Cardiff', 'Wales', 1950],
] as const;
const PLAYERS = [
  [1, 'Ann', 'Abel', 'goalie', 31, 900, 1],
  [2, 'Bea', 'Born', 'striker', 24, 2500, 1],
  [3, 'Cid', 'Cole', 'striker', 29, 1800, 2],
  [4, 'Dot', 'Dunn', 'defender', 22, 1200, 3],
  [5, 'Eli', 'East', 'goalie', 35, 2100, 3],
  [6, 'Fay', 'Ford', 'striker', 22, 1500, 3],
] as const;

const column = (Name: string, Type: string, references?: string) => ({
  Name,
  Type,
  ...(references === undefined ? {} : { Parameters: { 'askgraph.references': references } }),
});
const table = (Name: string, key: string, Columns: readonly object[]) => ({
  Name,
  DatabaseName: 'league',
  StorageDescriptor: { Columns, Location: `${Name}.csv` },
  Parameters: { 'askgraph.primaryKey': key },
});
const CATALOG = {
  DatabaseList: [{ Name: 'league' }],
  TableList: [
    table('team', 'team_id', [
      column('team_id', 'int'),
      column('team_name', 'string'),
      column('city', 'string'),
      column('country', 'string'),
      column('founded', 'int'),
    ]),
    table('player', 'player_id', [
      column('player_id', 'int'),
      column('first_name', 'string'),
      column('last_name', 'string'),
      column('role', 'string'),
      column('age', 'int'),
      column('salary', 'int'),
      column('team_id', 'int', 'team.team_id'),
    ]),
  ],
};

let folder: string;
let gateway: StartedGateway;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'askgraph-league-'));
  const data = join(folder, 'league');
  await mkdir(data);
  const csv = (names: string, rows: readonly (readonly unknown[])[]) =>
    `${[names, ...rows.map((row) => row.join(','))].join('\n')}\n`;
  await writeFile(join(data, 'team.csv'), csv('team_id,team_name,city,country,founded', TEAMS));
  await writeFile(
    join(data, 'player.csv'),
    csv('player_id,first_name,last_name,role,age,salary,team_id', PLAYERS),
  );
  await writeFile(join(data, 'catalog.json'), JSON.stringify(CATALOG));
  gateway = await startGateway({ ASKGRAPH_DATA: folder, ASKGRAPH_HOME: join(folder, 'home') });
});
afterAll(async () => {
  await gateway?.close();
  rmSync(folder, { recursive: true });
});

const lastNames = (wanted: (player: (typeof PLAYERS)[number]) => boolean) =>
  PLAYERS.filter(wanted).map((player) => [player[2]]);
const mean = PLAYERS.reduce((sum, player) => sum + player[5], 0) / PLAYERS.length;
const teamNames = (wanted: (team: (typeof TEAMS)[number]) => boolean) =>
  TEAMS.filter(wanted).map((team) => [team[1]]);
const playersOf = (team: number) => PLAYERS.filter((player) => player[6] === team);

describe('a question to tables that nobody described is read', () => {
  it.each<[why: string, question: string, rows: readonly (readonly unknown[])[]]>([
    ['by synonyms', 'How many athletes are there?', [[PLAYERS.length]]],
    ['by synonyms of columns', 'What is the average wage of all players?', [[mean]]],
    ['with a slip of the pen', 'What is the average salery of all players?', [[mean]]],
    [
      'with two names that share a noun',
      'What are the first and last names of all players?',
      PLAYERS.map((player) => [player[1], player[2]]),
    ],
    [
      'with a number before a superlative',
      'What are the last names of the 2 oldest players?',
      [['East'], ['Abel']],
    ],
    [
      'with a figure over all rows',
      'What are the last names of players whose salary is higher than the average?',
      lastNames((player) => player[5] > mean),
    ],
    [
      'with a figure over some rows',
      'What are the last names of players whose salary is greater than the salary of all players with role "goalie"?',
      lastNames((player) => player[5] > 2100),
    ],
    ['with the number of related rows', 'How many teams have at least 2 players?', [[2]]],
    [
      'with related rows that there are none of',
      'What are the names of teams without players?',
      teamNames((team) => playersOf(team[0]).length === 0),
    ],
    ['as a list where each has one', 'List the last name of each player.', lastNames(() => true)],
    [
      'with two sort keys',
      'List the last names of all players sorted by age and salary.',
      [...PLAYERS].sort((a, b) => a[4] - b[4] || a[5] - b[5]).map((player) => [player[2]]),
    ],
    [
      'with the direction before the key',
      'List the last names of all players in descending order of age.',
      [['East'], ['Abel'], ['Cole'], ['Born'], ['Dunn'], ['Ford']],
    ],
    [
      'with the one that has the most',
      'What are the last names of players with the maximum salary?',
      [['Born']],
    ],
    [
      'with a column of which nothing is said',
      'What is the highest salary across all roles?',
      [[Math.max(...PLAYERS.map((player) => player[5]))]],
    ],
    ['by when it began', 'What is the name of the oldest team?', [['Thistle']]],
    [
      'by when it began, said by a verb',
      'What is the name of the team that was founded the earliest?',
      [['Thistle']],
    ],
    [
      'with how many of the highest',
      'What are the last names of players with the top 2 highest salaries?',
      [['Born'], ['East']],
    ],
    [
      'with how many, and of what later',
      'What are the first names of the top 2 players with the highest salary?',
      [['Bea'], ['Eli']],
    ],
    [
      'with a comparison round its column',
      'What are the last names of players with a higher salary than the average?',
      lastNames((player) => player[5] > mean),
    ],
    [
      'with a column between the comparison and its number',
      'What are the last names of players above the age of 30?',
      lastNames((player) => player[4] > 30),
    ],
    [
      'with more than any of some rows',
      'What are the last names of players whose salary is higher than the salary of any player with role "goalie"?',
      lastNames((player) => player[5] > 2100),
    ],
    [
      'with more than the one that is named',
      'What are the last names of players whose salary is higher than the player whose last name is "Cole"?',
      lastNames((player) => player[5] > 1800),
    ],
    [
      'with letters in a name',
      'What are the last names of players with the letters B or F in their first name?',
      [['Born'], ['Ford']],
    ],
    [
      'with a key that tells groups apart',
      'What are the team ids and the number of players for each team?',
      [
        [1, 2],
        [2, 1],
        [3, 3],
      ],
    ],
    ['with another name of a place', 'How many Scottish teams are there?', [[1]]],
    ['by what people are paid', 'What is the last name of the highest paid player?', [['Born']]],
    [
      'with names that share a noun behind whose they are',
      "Which player is the oldest? List the player's first and last name.",
      [['Eli', 'East']],
    ],
    [
      'with a direction for each key',
      'List the last names of all players sorted by age increasing and salary decreasing.',
      [...PLAYERS].sort((a, b) => a[4] - b[4] || b[5] - a[5]).map((player) => [player[2]]),
    ],
    [
      'with what both hold of the rows behind a value',
      'Which countries have both a team in Leeds and a team in York?',
      [['England']],
    ],
    [
      'with what none holds of the rows behind a value',
      'What are the countries of teams that have no team in Leeds?',
      [['Scotland'], ['Wales']],
    ],
  ])('%s: %s', async (_why, question, rows) => {
    const answer = await ask(gateway.url, { question });
    const sorted = (list: readonly (readonly unknown[])[]) =>
      list.map((row) => row.map(String).join('|')).sort();
    expect(answer.status).toBe('ANSWERED');
    expect(sorted(answer.table!.rows)).toEqual(sorted(rows));
  });
});
