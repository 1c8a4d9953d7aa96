import { expect, it } from 'vitest';
import { writeJson } from './write-json.js';

it.each([
  '',
  'plain',
  'a "quote", a \\ and a\nline',
  '\u0000\u001f\u007f\u2028',
  'Zürich 東京 👩',
  '\ud83d alone',
  'alone \udc69',
  'x'.repeat(5000),
  `${'x'.repeat(5000)}"`,
  0,
  -0,
  1.5e300,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  true,
  false,
  null,
  [1, 'a"', { b: null }],
  { a: undefined, date: new Date(0) },
  new Date(0),
])('writes %j as JSON.stringify does', (value) => {
  expect(writeJson(value)).toBe(JSON.stringify(value));
});

it('writes null for what JSON has no word for', () => {
  expect([undefined, () => 1, Symbol('s')].map(writeJson)).toEqual(['null', 'null', 'null']);
});
