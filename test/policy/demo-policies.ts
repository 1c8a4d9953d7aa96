import type { SubgraphDefinition } from '../../subgraphs/define-subgraph.js';
import { type LoadedDefinition, listSubgraphs } from '../../subgraphs/list.js';
import { claim, type Policy } from '../../subgraphs/policy/policy.js';

/** Policies on the demo's domains, for callers of the roles `analyst`, `hr` and `clerk`. */
const POLICIES: Readonly<Record<string, readonly Policy[]>> = {
  sales: [
    {
      name: 'everyone sees what is sold',
      for: 'everyone',
      admit: [{ tables: ['event', 'venue', 'category', 'date', 'sales', 'listing'], columns: '*' }],
    },
    {
      name: 'users by state',
      for: { roles: ['clerk'] },
      admit: [
        {
          tables: 'users',
          columns: ['userid', 'username', 'firstname', 'city', 'state', 'phone'],
          rows: { state: { in: claim('states') } },
          masks: [
            { columns: 'phone', mask: 'lastFour' },
            { columns: 'username', mask: 'hash' },
          ],
        },
      ],
      nativeSql: 'refused',
      maximumRows: 50,
    },
    {
      name: 'analysts see users',
      for: { roles: ['analyst'] },
      admit: [{ tables: 'users', columns: '*' }],
      rowsToModel: 'none',
    },
  ],
  hr: [
    { name: 'people', for: { roles: ['hr'] }, admit: [{ tables: '*', columns: '*' }] },
    {
      name: 'pay in figures',
      for: { roles: ['analyst'] },
      admit: [
        {
          tables: ['employees', 'departments', 'dept_emp', 'titles'],
          columns: '*',
          masks: [{ columns: 'birth_date', mask: 'year' }],
        },
        {
          tables: 'salaries',
          columns: '*',
          aggregateOnly: { columns: 'salary', individual: 'emp_no', minimumGroupSize: 5 },
        },
      ],
    },
  ],
  finance: [{ name: 'open', for: 'everyone', admit: [{ tables: '*', columns: '*' }] }],
  legal: [{ name: 'nobody yet', for: { roles: ['legal'] }, admit: [{ tables: '*', columns: '*' }] }],
  product: [{ name: 'analysts', for: { roles: ['analyst'] }, admit: [{ tables: '*', columns: '*' }] }],
};

/** @param changes what else the domains' files say, by domain */
export async function demoWithPolicies(
  changes: Readonly<Record<string, Partial<SubgraphDefinition>>> = {},
): Promise<LoadedDefinition[]> {
  return (await listSubgraphs()).map((loaded) => ({
    ...loaded,
    definition: {
      ...loaded.definition,
      policy: POLICIES[loaded.definition.name]!,
      ...changes[loaded.definition.name],
    } as SubgraphDefinition,
  }));
}

/** The claims of the callers' tokens. */
export const CALLERS = {
  analyst: { sub: 'ann', roles: ['analyst'] },
  hr: { sub: 'hal', roles: ['hr'] },
  clerk: { sub: 'cyd', roles: ['clerk'], states: ['NY'] },
  clerkOfTexas: { sub: 'tex', roles: ['clerk'], states: ['TX'] },
  clerkWithoutStates: { sub: 'cas', roles: ['clerk'] },
  nobody: { sub: 'nil', roles: [] },
} as const;
export type CallerName = keyof typeof CALLERS;
