import { words } from '../connectors/demo-data.js';

/** City, state, the first three digits of its ZIP codes, and its share of the customers. */
export const PLACES: readonly (readonly [string, string, string, number])[] = [
  ['Los Angeles', 'CA', '900', 14],
  ['San Diego', 'CA', '921', 7],
  ['San Jose', 'CA', '951', 6],
  ['San Francisco', 'CA', '941', 6],
  ['Fresno', 'CA', '937', 4],
  ['Sacramento', 'CA', '958', 5],
  ['Oakland', 'CA', '946', 4],
  ['Long Beach', 'CA', '908', 4],
  ['Bakersfield', 'CA', '933', 3],
  ['Seattle', 'WA', '981', 6],
  ['Spokane', 'WA', '992', 2],
  ['Tacoma', 'WA', '984', 2],
  ['Bellevue', 'WA', '980', 1],
  ['Phoenix', 'AZ', '850', 6],
  ['Tucson', 'AZ', '857', 3],
  ['Mesa', 'AZ', '852', 2],
  ['Portland', 'OR', '972', 4],
  ['Eugene', 'OR', '974', 1],
  ['Salem', 'OR', '973', 1],
  ['Las Vegas', 'NV', '891', 4],
  ['Reno', 'NV', '895', 2],
  ['Henderson', 'NV', '890', 1],
  ['Boise', 'ID', '837', 2],
  ['Idaho Falls', 'ID', '834', 1],
];

/** Education and its share of the customers. */
export const EDUCATIONS: readonly (readonly [string, number])[] = [
  ['Below High School', 6],
  ['High School', 28],
  ['Associate', 20],
  ['Bachelor', 30],
  ['Masters', 11],
  ['Advanced Degree', 5],
];

export const OCCUPATIONS = words(`
  Administrative Support, Armed Forces, Craft and Repair, Executive, Farming and Fishing, Handling and Cleaning,
  Machine Operation, Private Household, Professional Specialty, Protective Services, Retail, Sales, Technical Support,
  Transport, Other Services`);

/** Liability limits per person and per accident, in thousands of US dollars, and their share of the policies. */
export const LIABILITIES: readonly (readonly [string, number])[] = [
  ['15/30', 3],
  ['25/50', 6],
  ['30/60', 4],
  ['100/200', 2],
];

/** How much goes on at each hour of the day, from midnight on. */
export const HOURLY_TRAFFIC: readonly number[] = [
  2, 1, 1, 1, 1, 2, 4, 7, 8, 6, 5, 5, 6, 6, 6, 7, 9, 10, 9, 7, 5, 4, 4, 3,
];
