import { parseSync } from 'vite';

/** A source file with what the rules of the house look at. */
export interface Source {
  /** From the project's root, with slashes: `schema/names.ts`. */
  readonly path: string;
  readonly lines: number;
  readonly imports: readonly Import[];
  /** Places where something is used that only some files may use. */
  readonly uses: readonly Use[];
  readonly comments: readonly Use[];
  readonly strings: readonly Use[];
}

export interface Import {
  /** As it is written; COMPUTED for an `import()` of what only the running program knows. */
  readonly specifier: string;
  readonly line: number;
  /** `types` is gone when the program runs; `dynamic` is loaded when it is first needed. */
  readonly kind: 'types' | 'static' | 'dynamic';
  /** Names that are imported, as the other file exports them. */
  readonly names: readonly string[];
}

/** A text and the line it stands on: a comment, a string, or a name such as `process.env`. */
export interface Use {
  readonly text: string;
  readonly line: number;
}

export const COMPUTED = '(computed)';

type Node = { readonly type: string; readonly start: number; readonly [key: string]: unknown };

/** Reads TypeScript or JavaScript by its syntax: an import in a comment or in a string is none. */
export function scan(path: string, text: string): Source {
  const parsed = parseSync(path, text);
  const [error] = parsed.errors;
  if (error !== undefined) throw new Error(`${path} cannot be parsed: ${error.message}`);
  const lineAt = (position: number) => text.slice(0, position).split('\n').length;
  const uses: Use[] = [];
  const strings: Use[] = [];
  for (const node of nodesIn(parsed.program)) {
    const use = watched(node);
    if (use !== undefined) uses.push({ text: use, line: lineAt(node.start) });
    if (node.type === 'Literal' && typeof node.value === 'string')
      strings.push({ text: node.value, line: lineAt(node.start) });
    if (node.type === 'TemplateElement')
      strings.push({ text: (node.value as { raw: string }).raw, line: lineAt(node.start) });
  }
  const { staticImports, staticExports, dynamicImports } = parsed.module;
  const kindOf = (start: number) =>
    /^(import|export)\s+type\s+(?!from\s|,)/.test(text.slice(start, start + 100)) ? 'types' : 'static';
  return {
    path,
    lines: text.replace(/\n$/, '').split('\n').length,
    uses,
    strings,
    comments: parsed.comments.map((comment) => ({ text: comment.value, line: lineAt(comment.start) })),
    imports: [
      ...staticImports.map(({ moduleRequest, entries, start }) => ({
        specifier: moduleRequest.value,
        line: lineAt(start),
        kind: kindOf(start),
        names: entries.map(({ importName }) => importName.name ?? importName.kind),
      })),
      ...staticExports.flatMap(({ entries, start }) =>
        entries.flatMap(({ moduleRequest, importName }) =>
          moduleRequest === null
            ? []
            : [
                {
                  specifier: moduleRequest.value,
                  line: lineAt(start),
                  kind: kindOf(start),
                  names: [importName.name ?? importName.kind],
                },
              ],
        ),
      ),
      ...dynamicImports.map(({ moduleRequest, start }) => ({
        specifier:
          /^(['"`])(.*)\1$/.exec(text.slice(moduleRequest.start, moduleRequest.end))?.[2] ?? COMPUTED,
        line: lineAt(start),
        kind: 'dynamic' as const,
        names: [],
      })),
    ].toSorted((a, b) => a.line - b.line) as readonly Import[],
  };
}

function* nodesIn(value: unknown): Generator<Node> {
  if (Array.isArray(value)) {
    for (const item of value) yield* nodesIn(item);
  } else if (typeof value === 'object' && value !== null) {
    if ('type' in value && typeof value.type === 'string') yield value as Node;
    for (const inner of Object.values(value)) yield* nodesIn(inner);
  }
}

/** The name of what a node uses, for those that a rule is about. */
function watched(node: Node): string | undefined {
  switch (node.type) {
    case 'MemberExpression': {
      const [object, property] = [node.object as Node, node.property as Node];
      return object.type === 'Identifier' && property.type === 'Identifier'
        ? `${object.name}.${property.name}`
        : undefined;
    }
    case 'NewExpression':
      return (node.callee as Node).name === 'Date' && (node.arguments as unknown[]).length === 0
        ? 'new Date()'
        : undefined;
    case 'TSAnyKeyword':
      return 'any';
    case 'TSAsExpression': {
      const type = node.typeAnnotation as Node;
      return type.type === 'TSTypeReference' ? `as ${(type.typeName as Node).name}` : undefined;
    }
    default:
      return undefined;
  }
}
