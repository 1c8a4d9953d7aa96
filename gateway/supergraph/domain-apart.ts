import { Kind, parse } from 'graphql';
import type { DomainSdl } from '../../schema/print-sdl.js';
import { block, line, printDefinition } from '../../schema/sdl-text.js';

/**
 * A domain whose types no other subgraph speaks of: neither the composer nor the planner needs to know them. All that
 * its namespace leads to is its own, and one fetch of its subgraph.
 */
export interface DomainApart {
  readonly subgraph: string;
  readonly printed: DomainSdl;
}

/** A subgraph as it may be kept apart: a domain printed here, or any other SDL. */
export interface PossiblyApart {
  readonly name: string;
  /** Absent where the SDL was not printed here, or is answered elsewhere. */
  readonly printed: DomainSdl | undefined;
  readonly sdl: string;
}

/** The domains whose own types have names that stand in no other subgraph. */
export function findDomainsApart(subgraphs: readonly PossiblyApart[]): DomainApart[] {
  const owners = new Map<string, number>();
  const claim = (name: string) => owners.set(name, (owners.get(name) ?? 0) + 1);
  for (const { printed, sdl } of subgraphs) {
    if (printed === undefined) definedNames(sdl).forEach(claim);
    else {
      // What all domains have in common is composed; a table's type of such a name is not its domain's own.
      for (const name of printed.own.keys()) claim(name);
      for (const name of new Set(definedNames(printed.shared.join('\n')))) claim(name);
      claim(ofNamespace(printed));
    }
  }
  return subgraphs.flatMap(({ name, printed }) => {
    if (printed === undefined) return [];
    const isApart = [...printed.own.keys(), ofNamespace(printed)].every((own) => owners.get(own) === 1);
    return isApart ? [{ subgraph: name, printed }] : [];
  });
}

/** The part of a domain apart that is composed: the namespace, with nothing that it leads to, and the shared types. */
export function composedPart({ printed }: DomainApart): string {
  const { link, query, namespaceType, own, shared } = printed;
  const { description } = own.get(namespaceType) ?? {};
  const namespace = block('type', namespaceType, description ?? '', () => [line(`${PLACEHOLDER}: Boolean`)]);
  return [link, query, printDefinition(namespace), ...shared].join('\n\n');
}

const PLACEHOLDER = 'placeholder';

function ofNamespace({ namespaceField }: DomainSdl): string {
  return `Query.${namespaceField}`;
}

/** Types and extensions of types, and the fields of the query. */
function definedNames(sdl: string): string[] {
  const names = new Set<string>();
  for (const node of parse(sdl, { noLocation: true }).definitions) {
    if (!('name' in node) || node.name === undefined || node.kind === Kind.DIRECTIVE_DEFINITION) continue;
    names.add(node.name.value);
    if (node.name.value !== 'Query' || !('fields' in node)) continue;
    for (const field of node.fields ?? []) names.add(`Query.${field.name.value}`);
  }
  return [...names];
}
