import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { composeSupergraph } from './compose.js';
import { testContext } from './conformance/test-context.js';
import { overridesByRules, readLabelRules } from './label-rules.js';
import { progressiveOverrides } from './progressive-override.js';

const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@override"]) type Query';
const supergraph = parse(
  await composeSupergraph([
    { name: 'old', sdl: `${link} { a: Int b: Int c: Int d: Int e: Int }`, url: 'http://old.test' },
    {
      name: 'new',
      sdl: `${link} {
        a: Int @override(from: "old", label: "percent(50)")
        b: Int @override(from: "old", label: "percent(0.5)")
        c: Int @override(from: "old", label: "percent(50)")
        d: Int @override(from: "old", label: "moved")
      }`,
      url: 'http://new.test',
    },
  ]),
);

/** What holds for a request that draws a percentage. */
function drawing(percentage: number) {
  const rules = { holds: () => false, chance: () => percentage / 100 };
  return progressiveOverrides(supergraph, rules)(testContext());
}

describe('percentages', () => {
  it('hold together for requests between the same two of them, which share their plans', () => {
    const draws = [0, 0.4, 0.5, 7, 49.9, 50, 99];
    const outcomes = draws.map((percentage) => drawing(percentage));
    expect(outcomes.map(({ percentage }) => percentage)).toEqual([0, 0, 0.5, 0.5, 0.5, 50, 50]);
    expect(new Set(outcomes.map(({ key }) => key)).size).toBe(3);
  });

  it('are drawn once for a request, however many there are', () => {
    let draws = 0;
    const chance = () => {
      draws += 1;
      return 0;
    };
    progressiveOverrides(supergraph, { holds: () => false, chance })(testContext());
    expect(draws).toBe(1);
  });
});

describe('labels', () => {
  const headers = (headers: Record<string, string | string[]>) =>
    testContext({
      http: { headers, trace: { traceparent: '', tracestate: undefined }, onAnswer: () => {} },
    });
  const labelsOf = (rules: string, context = testContext()) =>
    progressiveOverrides(supergraph, { ...overridesByRules(readLabelRules(rules)), chance: () => 0 })(context)
      .labels;

  it('hold by the role of the caller', () => {
    expect(labelsOf('moved = role(reader)')).toEqual(['moved']);
    expect(labelsOf('moved = role(writer)')).toEqual([]);
  });

  it('hold by one of the values of a header', () => {
    expect(labelsOf('moved = x-beta: on', headers({ 'x-beta': ['off', 'on'] }))).toEqual(['moved']);
    expect(labelsOf('moved = x-beta: on', headers({ 'x-beta': ['off'] }))).toEqual([]);
  });

  it('that no field has make no outcomes', () => {
    expect(labelsOf('another = role(reader)')).toEqual([]);
  });
});

it('a supergraph without labels asks nobody, and has one outcome', () => {
  const unasked = () => expect.unreachable('There is nothing to decide.');
  const overrides = progressiveOverrides(parse('type Query { a: Int }'), { holds: unasked, chance: unasked });
  expect(overrides(testContext())).toEqual({ labels: [], percentage: 0, key: '' });
});
