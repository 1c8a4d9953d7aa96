import { AskgraphError } from '../../schema/errors.js';

/** Lets one header on: of the client's request to subgraphs, or of their answers to the client. Names are in lower case. */
export interface HeaderRule {
  readonly from: string;
  readonly to: string;
  /** The only subgraph that gets or gives it; absent: every one. */
  readonly subgraph?: string;
}

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Headers that belong to one connection or one body, which are never another's. */
const NEVER = new Set([
  'accept',
  'accept-encoding',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'expect',
  'host',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'traceparent',
  'tracestate',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Headers of an answer that are the gateway's own. */
const NEVER_BACK = new Set([...NEVER, 'cache-control', 'vary', 'www-authenticate', 'x-request-id']);

/**
 * Reads rules for what subgraphs' answers give back to the client. Throws CONFIGURATION_INVALID.
 */
export function readReturnRules(text: string): HeaderRule[] {
  return readRules(text, (name) => NEVER_BACK.has(name) || name.startsWith('access-control-'));
}

/**
 * Reads rules as an operator writes them, separated by commas: `authorization`, `x-tenant -> x-customer`,
 * `x-secret @ billing`. Throws CONFIGURATION_INVALID.
 */
export function readHeaderRules(text: string): HeaderRule[] {
  return readRules(text, (name) => NEVER.has(name));
}

function readRules(text: string, isRefused: (name: string) => boolean): HeaderRule[] {
  return text
    .split(',')
    .map((rule) => rule.trim())
    .filter((rule) => rule !== '')
    .map((rule) => readRule(rule, isRefused));
}

function readRule(rule: string, isRefused: (name: string) => boolean): HeaderRule {
  const parts = /^([\w.-]+)(?:\s*->\s*([\w.-]+))?(?:\s*@\s*(\S+))?$/.exec(rule);
  const from = parts?.[1]?.toLowerCase();
  const to = parts?.[2]?.toLowerCase() ?? from;
  if (from === undefined || to === undefined) {
    throw new AskgraphError(
      'CONFIGURATION_INVALID',
      `"${rule}" is no header rule. Write "name", "name -> other-name" or "name @ subgraph".`,
    );
  }
  if (isRefused(from) || isRefused(to)) {
    throw new AskgraphError(
      'CONFIGURATION_INVALID',
      `The header rule "${rule}" names a header that belongs to one connection or is the gateway's own.`,
    );
  }
  const subgraph = parts?.[3];
  return subgraph === undefined ? { from, to } : { from, to, subgraph };
}

/** What the rules let on to one subgraph. */
export function compileHeaderRules(
  rules: readonly HeaderRule[],
  subgraph: string,
): (headers: Headers) => Record<string, string> {
  const own = rules.filter((rule) => rule.subgraph === undefined || rule.subgraph === subgraph);
  return (headers) => {
    const forwarded: Record<string, string> = {};
    for (const { from, to } of own) {
      const value = headers[from];
      if (value !== undefined) forwarded[to] = typeof value === 'string' ? value : value.join(', ');
    }
    return forwarded;
  };
}
