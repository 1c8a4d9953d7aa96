import { compileHeaderRules, type HeaderRule } from './header-rules.js';

/** What one answer to a client carries of the headers of its subgraphs' answers. */
export interface ReturnedHeaders {
  /** Takes the headers of one subgraph's answer. */
  add(headers: Readonly<Record<string, string | readonly string[] | undefined>>, subgraph: string): void;
  /** By name in lower case; a list where there are several, which only cookies may have. */
  entries(): [string, string | string[]][];
}

/**
 * Gathers what the rules let back to the client. Where several answers carry one header their different values are
 * joined, in the order in which they came; cookies stay apart.
 */
export function returnedHeaders(rules: readonly HeaderRule[]): ReturnedHeaders {
  const returned = new Map<string, Set<string>>();
  return {
    add(headers, subgraph) {
      if (rules.length === 0) return;
      const own = compileHeaderRules(rules, subgraph)(headers);
      for (const [name, value] of Object.entries(own)) {
        const cookies = name === 'set-cookie' ? headers['set-cookie'] : undefined;
        const values = Array.isArray(cookies) ? (cookies as string[]) : [value];
        returned.set(name, new Set([...(returned.get(name) ?? []), ...values]));
      }
    },
    entries: () =>
      [...returned].map(([name, values]) => [
        name,
        name === 'set-cookie' ? [...values] : [...values].join(', '),
      ]),
  };
}
