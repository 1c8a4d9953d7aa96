import { serialize } from 'node:v8';
import type { ObjectTypeDefinitionNode } from 'graphql';
import { describe, expect, it } from 'vitest';
import { parseSdl } from './parse-sdl.js';

/** How V8 keeps a text: its serialisation of one byte a letter is marked `"`, of two bytes `c`. */
function bytesOfLetters(text: string): 1 | 2 {
  const mark = serialize(text).toString('latin1').match(/["c]/)?.[0];
  return mark === '"' ? 1 : 2;
}

function names(sdl: string): string[] {
  const type = parseSdl(sdl).definitions[0] as ObjectTypeDefinitionNode;
  return [type.name.value, ...(type.fields ?? []).map((field) => field.name.value)];
}

describe('the names of a schema', () => {
  const sdl = (comment: string) =>
    `type Sale {\n  "${comment}"\n  aFieldOfSomeLength: Int\n  anotherOfSuchLength: String\n}`;

  it.each([
    ['ASCII', 'Its number.'],
    ['Latin-1', 'Größe'],
    ['any other letters', 'Nummer – 番号'],
  ])('take one byte a letter, with comments in %s', (_, comment) => {
    const found = names(sdl(comment));
    expect(found).toEqual(['Sale', 'aFieldOfSomeLength', 'anotherOfSuchLength']);
    expect(found.map(bytesOfLetters)).toEqual([1, 1, 1]);
  });

  it('take one byte where the text itself takes two', () => {
    const wide = `–${sdl('Its number.')}`.slice(1);
    expect(bytesOfLetters(wide)).toBe(2);
    expect(names(wide).map(bytesOfLetters)).toEqual([1, 1, 1]);
  });

  it('leave comments as they are', () => {
    const type = parseSdl(sdl('Nummer – 番号')).definitions[0] as ObjectTypeDefinitionNode;
    expect(type.fields?.[0]?.description?.value).toBe('Nummer – 番号');
  });
});
