import type { Tags } from '../../schema/catalog.js';
import { unknownName } from '../../schema/did-you-mean.js';
import type { Selector } from './policy.js';

interface Named {
  readonly name: string;
  readonly tags?: Tags;
}

/** Whether a table or column is one of those that a selector names. */
export function isSelected(selector: Selector, { name, tags }: Named): boolean {
  return listOf(selector).some((one) =>
    typeof one === 'string'
      ? matches(one, name)
      : tags !== undefined &&
        Object.hasOwn(tags, one.tag) &&
        (one.value === undefined || tags[one.tag] === one.value),
  );
}

/** @throws UNKNOWN_NAME for a name that is no pattern and not there. Patterns and tags may find nothing yet. */
export function checkSelector(
  selector: Selector,
  kind: string,
  where: string,
  known: readonly Named[],
): void {
  for (const one of listOf(selector)) {
    if (typeof one !== 'string' || one.includes('*') || known.some(({ name }) => name === one)) continue;
    throw unknownName(
      kind,
      one,
      where,
      known.map(({ name }) => name),
    );
  }
}

function listOf(selector: Selector): readonly (string | { readonly tag: string; readonly value?: string })[] {
  return Array.isArray(selector) ? selector : ([selector] as Exclude<Selector, readonly unknown[]>[]);
}

function matches(pattern: string, name: string): boolean {
  if (!pattern.includes('*')) return pattern === name;
  const expression = pattern.split('*').map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${expression.join('.*')}$`, 's').test(name);
}
