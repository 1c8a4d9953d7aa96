import { expect, it } from 'vitest';
import type { EarlierTurn } from '../planner.js';
import { subjectOf } from './subject-of.js';

const turn = (question: string, restatement: string): EarlierTurn => ({
  question,
  plan: {
    kind: 'plan',
    steps: [{ name: 'found', domain: 'shop', language: 'SQL', query: 'SELECT 1', dependsOn: [] }],
    restatement,
    columns: [],
    assumptions: [],
    sources: [],
    confidence: 1,
  },
});

it('a question is about what it goes on from, however many went on before it', () => {
  const earlier = [
    turn('How many tickets?', 'number of tickets'),
    turn('and in 2007?', 'number of tickets in 2007'),
  ];
  expect(subjectOf('by month', earlier)).toContain('tickets');
  expect(subjectOf('Which venue has the most seats?', earlier)).toBe('Which venue has the most seats?');
  expect(subjectOf('by month', undefined)).toBe('by month');
});
