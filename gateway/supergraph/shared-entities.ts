import {
  type ConstDirectiveNode,
  type InterfaceTypeDefinitionNode,
  type InterfaceTypeExtensionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
} from 'graphql';
import { compositionFailed, parseSubgraph, type SubgraphSource } from './compose.js';

type EntityNode =
  | ObjectTypeDefinitionNode
  | ObjectTypeExtensionNode
  | InterfaceTypeDefinitionNode
  | InterfaceTypeExtensionNode;

/**
 * Federation merges two entity types of one name silently: two domains that happen to call different things the same
 * would become one. So, of the subgraphs that define an entity, one owns it and every other must say that it adds to
 * another's: with `extend type` or @extends, an @external field, @interfaceObject, or keys that are only references
 * (`resolvable: false`). Throws COMPOSITION_FAILED naming every type that more than one subgraph claims.
 *
 * Plain federation knows no such rule: it is for subgraphs that are made here, not for foreign ones.
 */
export function assertEntitiesHaveOneOwner(subgraphs: readonly SubgraphSource[]): void {
  const owners = new Map<string, string[]>();
  for (const { name, sdl } of subgraphs) {
    for (const entity of ownedEntities(parseSubgraph(name, sdl).definitions.filter(isEntityNode))) {
      owners.set(entity, [...(owners.get(entity) ?? []), name]);
    }
  }
  const claimed = [...owners].filter(([, names]) => names.length > 1);
  if (claimed.length === 0) return;
  throw compositionFailed(
    claimed.map(
      ([type, names]) =>
        `Entity "${type}" is defined by ${names.map((name) => `"${name}"`).join(' and ')}. Rename one, or write ` +
        '"extend type" in the subgraph that adds to it.',
    ),
  );
}

function isEntityNode(node: { readonly kind: string }): node is EntityNode {
  return (
    node.kind === Kind.OBJECT_TYPE_DEFINITION ||
    node.kind === Kind.OBJECT_TYPE_EXTENSION ||
    node.kind === Kind.INTERFACE_TYPE_DEFINITION ||
    node.kind === Kind.INTERFACE_TYPE_EXTENSION
  );
}

function ownedEntities(nodes: readonly EntityNode[]): Set<string> {
  const keyed = new Set<string>();
  const contributed = new Set<string>();
  for (const node of nodes) {
    const name = node.name.value;
    const keys = directivesOf(node, 'key');
    if (keys.length > 0) keyed.add(name);
    if (isContribution(node, keys)) contributed.add(name);
  }
  return new Set([...keyed].filter((name) => !contributed.has(name)));
}

function isContribution(node: EntityNode, keys: readonly ConstDirectiveNode[]): boolean {
  const isExtension = node.kind === Kind.OBJECT_TYPE_EXTENSION || node.kind === Kind.INTERFACE_TYPE_EXTENSION;
  return (
    // An extension without a key may only add to a type that the same subgraph defines.
    (isExtension && keys.length > 0) ||
    directivesOf(node, 'extends').length > 0 ||
    directivesOf(node, 'interfaceObject').length > 0 ||
    (node.fields ?? []).some((field) => directivesOf(field, 'external').length > 0) ||
    (keys.length > 0 && keys.every(isReferenceOnly))
  );
}

function isReferenceOnly(key: ConstDirectiveNode): boolean {
  const resolvable = key.arguments?.find((argument) => argument.name.value === 'resolvable')?.value;
  return resolvable?.kind === Kind.BOOLEAN && !resolvable.value;
}

/** The directives of a federation name, imported (`@key`) or not (`@federation__key`). */
function directivesOf(
  node: { readonly directives?: readonly ConstDirectiveNode[] | undefined },
  name: string,
): readonly ConstDirectiveNode[] {
  return (node.directives ?? []).filter(
    (directive) => directive.name.value === name || directive.name.value === `federation__${name}`,
  );
}
