import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type StartedGateway, startGateway } from '../start-gateway.js';
import { type DemoData, openDemoData } from './demo-data.js';
import { demoQuestions } from './demo-questions.js';
import { judge, type Verdict } from './judge.js';
import { MUST_ANSWER } from './must-answer.js';

describe('a question to the demo domains is answered right or not at all', () => {
  const verdicts: Verdict[] = [];
  let gateway: StartedGateway;
  let data: DemoData;

  beforeAll(async () => {
    gateway = await startGateway();
    data = await openDemoData();
  });
  afterAll(async () => {
    console.info(summarise(verdicts));
    data.close();
    await gateway.close();
  });

  it.each(demoQuestions)('$id: $question', async (question) => {
    const verdict = await judge(gateway.url, data, question);
    verdicts.push(verdict);
    const told = `read as “${verdict.answer.restatement ?? ''}”: ${verdict.reason}`;
    expect(verdict.outcome, told).not.toBe('wrong');
    if (MUST_ANSWER.includes(question.id)) expect(verdict.outcome, told).toBe('right');
  });

  it('asks every question once, under an id of its own', () => {
    const ids = demoQuestions.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(MUST_ANSWER.filter((id) => !ids.includes(id))).toEqual([]);
    expect(new Set(demoQuestions.map(({ question, asOf }) => `${question} ${asOf}`)).size).toBe(ids.length);
  });
});

function summarise(verdicts: readonly Verdict[]): string {
  const count = (outcome: Verdict['outcome']) =>
    verdicts.filter((verdict) => verdict.outcome === outcome).length;
  const [right, wrong] = [count('right'), count('wrong')];
  const percent = (part: number, whole: number) => `${((100 * part) / Math.max(1, whole)).toFixed(1)}%`;
  return (
    `${verdicts.length} questions: coverage ${percent(right + wrong, verdicts.length)}, ` +
    `precision ${percent(right, right + wrong)} (${right} right, ${wrong} wrong, ${count('abstained')} abstained)`
  );
}
