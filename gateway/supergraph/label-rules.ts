import { AskgraphError } from '../../schema/errors.js';
import type { RequestContext } from '../../subgraphs/request-context.js';
import type { OverrideRules } from './progressive-override.js';

/** For which requests the overrides with a label hold: those with a header, or those of callers who have a role. */
export type LabelRule =
  | {
      readonly label: string;
      /** In lower case. */
      readonly header: string;
      /** What it has to say; absent: anything. */
      readonly value: string | undefined;
    }
  | { readonly label: string; readonly role: string };

const RULE = /^([a-z][\w\-:./]*)\s*=\s*(?:role\(\s*([^()]+?)\s*\)|([\w.-]+)(?:\s*:\s*(\S.*))?)$/i;

/**
 * Reads rules as an operator writes them, separated by commas: `beta = x-beta`, `beta = x-tenant: acme`,
 * `beta = role(tester)`. A label of several rules holds where one of them does. Throws CONFIGURATION_INVALID.
 */
export function readLabelRules(text: string): LabelRule[] {
  return text
    .split(',')
    .map((rule) => rule.trim())
    .filter((rule) => rule !== '')
    .map((rule) => {
      const [, label, role, header, value] = RULE.exec(rule) ?? [];
      if (label !== undefined && role !== undefined) return { label, role };
      if (label !== undefined && header !== undefined) return { label, header: header.toLowerCase(), value };
      throw new AskgraphError(
        'CONFIGURATION_INVALID',
        `"${rule}" is no rule for a label. Write "label = header", "label = header: value" or "label = role(name)".`,
      );
    });
}

/** Decides over labels by rules. A label without any holds for nobody. */
export function overridesByRules(rules: readonly LabelRule[]): OverrideRules {
  return {
    holds: (label, context) => rules.some((rule) => rule.label === label && meets(context, rule)),
    chance: Math.random,
  };
}

/** The headers that rules look at: an answer depends on them. */
export function headersOf(rules: readonly LabelRule[]): string[] {
  return rules.flatMap((rule) => ('header' in rule ? [rule.header] : []));
}

function meets({ caller, http }: RequestContext, rule: LabelRule): boolean {
  if ('role' in rule) return caller.roles.includes(rule.role);
  const said = http?.headers[rule.header];
  if (said === undefined || rule.value === undefined) return said !== undefined;
  return typeof said === 'string' ? said === rule.value : said.includes(rule.value);
}
