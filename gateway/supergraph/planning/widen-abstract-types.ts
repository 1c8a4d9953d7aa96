import { type ConstDirectiveNode, type DocumentNode, Kind, type TypeDefinitionNode } from 'graphql';
import {
  type FieldedType,
  graphNames,
  graphsOfType,
  isFielded,
  joinsOf,
  makeJoin,
  nameOfType,
  ownTypesOf,
  resolversOf,
  typesOf,
  withTypes,
} from './joins.js';

/** A supergraph for the planner in which subgraphs seem to have more than they have. */
export interface WidenedSupergraph {
  readonly document: DocumentNode;
  /** Whether a subgraph only seems to have a type among those that an abstract type of its may be. */
  isInvented(subgraph: string, abstractType: string, member: string): boolean;
  /** The type that a subgraph gives a field, where that is not the type of the whole. */
  ownType(subgraph: string, type: string, field: string): string | undefined;
}

/**
 * Where several subgraphs resolve a field of an abstract type (@shareable) and have different members of it, the
 * planner (0.0.38) asks for the members alone that all of them have, and of interfaces asks one subgraph after the
 * other and mixes their lists. So it is told that each has the members of all. What it then asks a subgraph in vain is
 * taken out of the plan (narrow-plan.ts). Undefined where no field is like that.
 */
export function widenAbstractTypes(supergraph: DocumentNode): WidenedSupergraph | undefined {
  const widening = new Widening(typesOf(supergraph));
  const subgraphs = graphNames(widening.types);
  const ownTypes = new Map<string, string>();
  for (const type of widening.types.values()) {
    if (!isFielded(type)) continue;
    for (const field of type.fields ?? []) {
      const own = ownTypesOf(field);
      for (const [graph, name] of own) {
        ownTypes.set(`${subgraphs.get(graph) ?? graph} ${type.name.value} ${field.name.value}`, name);
      }
      const alike = [...resolversOf(type, field)].filter((graph) => !own.has(graph));
      widening.level(nameOfType(field.type), new Set(alike));
    }
  }
  if (widening.invented.size === 0) return undefined;
  const invented = new Set(
    [...widening.invented].map((key) => {
      const [graph = '', ...rest] = key.split(' ');
      return [subgraphs.get(graph) ?? graph, ...rest].join(' ');
    }),
  );
  return {
    document: withTypes(supergraph, widening.types),
    isInvented: (subgraph, abstractType, member) => invented.has(`${subgraph} ${abstractType} ${member}`),
    ownType: (subgraph, type, field) => ownTypes.get(`${subgraph} ${type} ${field}`),
  };
}

class Widening {
  /** `graph abstract-type member`. */
  readonly invented = new Set<string>();

  constructor(readonly types: Map<string, TypeDefinitionNode>) {}

  /** Makes graphs seem to have the same members of an abstract type. */
  level(name: string, graphs: ReadonlySet<string>): void {
    const type = this.types.get(name);
    if (type === undefined || graphs.size < 2 || isInterfaceObject(type)) return;
    const members = new Map([...graphs].map((graph) => [graph, this.#membersOf(type, graph)]));
    const all = new Set([...members.values()].flatMap((own) => [...own]));
    for (const [graph, own] of members) {
      for (const member of all) if (!own.has(member)) this.#addMember(type, member, graph);
    }
  }

  #membersOf(type: TypeDefinitionNode, graph: string): Set<string> {
    if (type.kind === Kind.UNION_TYPE_DEFINITION) {
      const joins = joinsOf(type, 'join__unionMember');
      return new Set(joins.flatMap((join) => (join.graph === graph && join.member ? [join.member] : [])));
    }
    if (type.kind !== Kind.INTERFACE_TYPE_DEFINITION) return new Set();
    const name = type.name.value;
    const isMember = (other: TypeDefinitionNode): boolean =>
      other.kind === Kind.OBJECT_TYPE_DEFINITION &&
      joinsOf(other, 'join__implements').some((join) => join.graph === graph && join.interface === name);
    return new Set([...this.types.values()].filter(isMember).map((member) => member.name.value));
  }

  #addMember(type: TypeDefinitionNode, member: string, graph: string): void {
    this.invented.add(`${graph} ${type.name.value} ${member}`);
    if (type.kind === Kind.UNION_TYPE_DEFINITION) {
      this.#add(type.name.value, makeJoin('join__unionMember', { graph, member: JSON.stringify(member) }));
    } else {
      const implemented = { graph, interface: JSON.stringify(type.name.value) };
      this.#add(member, makeJoin('join__implements', implemented));
    }
    this.#addType(member, graph);
  }

  /** Makes a graph seem to have a type with all its fields, and what they lead to. */
  #addType(name: string, graph: string): void {
    const type = this.types.get(name);
    if (type === undefined || graphsOfType(type).has(graph)) return;
    if (isFielded(type)) this.types.set(name, withResolver(type, graph));
    this.#add(name, makeJoin('join__type', { graph }));
    if (isFielded(type)) {
      for (const field of type.fields ?? []) this.#addType(nameOfType(field.type), graph);
    }
    if (type.kind === Kind.UNION_TYPE_DEFINITION || type.kind === Kind.INTERFACE_TYPE_DEFINITION) {
      const graphs = [...graphsOfType(type)];
      const members = new Set(graphs.flatMap((other) => [...this.#membersOf(type, other)]));
      for (const member of members) this.#addMember(type, member, graph);
    }
    if (type.kind === Kind.ENUM_TYPE_DEFINITION) {
      const join = makeJoin('join__enumValue', { graph });
      const values = (type.values ?? []).map((value) =>
        joinsOf(value, 'join__enumValue').length === 0
          ? value
          : { ...value, directives: [...(value.directives ?? []), join] },
      );
      this.types.set(name, { ...(this.types.get(name) as typeof type), values });
    }
  }

  #add(name: string, directive: ConstDirectiveNode): void {
    const type = this.types.get(name);
    if (type !== undefined) {
      this.types.set(name, { ...type, directives: [...(type.directives ?? []), directive] });
    }
  }
}

/** Fields that name those who resolve them, with one more that does. */
function withResolver(type: FieldedType, graph: string): FieldedType {
  const fields = (type.fields ?? []).map((field) =>
    joinsOf(field, 'join__field').length === 0
      ? field
      : { ...field, directives: [...(field.directives ?? []), makeJoin('join__field', { graph })] },
  );
  return { ...type, fields };
}

function isInterfaceObject(type: TypeDefinitionNode): boolean {
  return joinsOf(type, 'join__type').some((join) => join.isInterfaceObject === 'true');
}
