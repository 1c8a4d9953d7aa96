import { type DirectiveNode, Kind } from 'graphql';

type Conditional = { readonly directives?: readonly DirectiveNode[] | undefined };

/** Whether @skip and @include let a selection in, given the values of the operation's variables. */
export function isIncluded(node: Conditional, variables: Readonly<Record<string, unknown>>): boolean {
  return (node.directives ?? []).every((directive) => {
    const condition = readCondition(directive);
    if (condition === undefined) return true;
    const holds = typeof condition.if === 'string' ? variables[condition.if] === true : condition.if;
    return holds === condition.includes;
  });
}

/** A condition on a selection: what is compared is a literal, or a variable's name. */
export interface SelectionCondition {
  readonly if: boolean | string;
  /** What `if` must be for the selection to be in. */
  readonly includes: boolean;
}

/** Reads @skip and @include; undefined for any other directive. */
export function readCondition(directive: DirectiveNode): SelectionCondition | undefined {
  const name = directive.name.value;
  if (name !== 'skip' && name !== 'include') return undefined;
  const value = directive.arguments?.find((argument) => argument.name.value === 'if')?.value;
  const includes = name === 'include';
  if (value?.kind === Kind.VARIABLE) return { if: value.name.value, includes };
  return { if: value?.kind === Kind.BOOLEAN && value.value, includes };
}
