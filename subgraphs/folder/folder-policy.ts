import { z } from 'zod';
import { AskgraphError } from '../../schema/errors.js';
import type { SubgraphDefinition } from '../define-subgraph.js';

/** A folder's `policy.json`: its text, or why it can't be read. */
export type FolderPolicy = { readonly text: string } | { readonly problem: string };

const oneSelector = z.union([z.string(), z.strictObject({ tag: z.string(), value: z.string().optional() })]);
const selector = z.union([oneSelector, z.array(oneSelector)]);
const claimValue = z.union([z.string(), z.number(), z.boolean()]);
const limits = {
  masks: z.array(z.strictObject({ columns: selector, mask: z.string() })).optional(),
  // What stands in it, and the masks, are checked against the catalog.
  rows: z.record(z.string(), z.unknown()).optional(),
  aggregateOnly: z
    .strictObject({ columns: selector, individual: z.string(), minimumGroupSize: z.int() })
    .optional(),
};
const policy = z.strictObject({
  name: z.string().min(1),
  for: z.union([
    z.literal('everyone'),
    z.strictObject({
      roles: z.array(z.string()).optional(),
      claims: z.record(z.string(), z.union([claimValue, z.array(claimValue)])).optional(),
    }),
  ]),
  admit: z.array(z.strictObject({ tables: selector, columns: selector, ...limits })).optional(),
  restrict: z.array(z.strictObject({ tables: selector, hide: selector.optional(), ...limits })).optional(),
  nativeSql: z.literal('refused').optional(),
  maximumRows: z.int().optional(),
  rowsToModel: z.union([z.literal('none'), z.int()]).optional(),
});
const policyFile = z.strictObject({
  policies: z.array(policy),
  hiddenNames: z.enum(['unknown', 'notPermitted']).optional(),
});

/**
 * Reads a folder's `policy.json`: `{ "policies": […], "hiddenNames": … }`, of the same words as policies in code; that
 * they fit the catalog is checked where those are. Without one, the domain is open.
 * @throws CONFIGURATION_INVALID where it is none, so that a slip opens nothing.
 */
export function readFolderPolicy(
  domain: string,
  found: FolderPolicy | undefined,
): Pick<SubgraphDefinition, 'policy' | 'hiddenNames'> {
  if (found === undefined) return {};
  if ('problem' in found) throw invalid(domain, found.problem);
  const read = policyFile.safeParse(parseJson(domain, found.text));
  if (!read.success) {
    const [issue] = read.error.issues;
    throw invalid(domain, `${issue?.path.join('.') || 'the whole'}: ${issue?.message}`);
  }
  const { policies, hiddenNames } = read.data;
  return {
    policy: policies as NonNullable<SubgraphDefinition['policy']>,
    ...(hiddenNames === undefined ? {} : { hiddenNames }),
  };
}

function parseJson(domain: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw invalid(domain, 'it is not JSON', cause);
  }
}

function invalid(domain: string, problem: string, cause?: unknown): AskgraphError {
  return new AskgraphError(
    'CONFIGURATION_INVALID',
    `The policy.json of ${domain} is not valid: ${problem}.`,
    {
      domain,
      cause,
    },
  );
}
