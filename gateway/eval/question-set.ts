import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { AskgraphError } from '../../schema/errors.js';

const result = z.object({
  columns: z.array(z.string()).optional(),
  rows: z.array(z.array(z.unknown())),
  ranks: z.array(z.number()).optional(),
  ordered: z.boolean().optional(),
});

const goldenQuestion = z.object({
  id: z.string(),
  question: z.string().min(1),
  ordered: z.boolean().default(false),
  expected: result.optional(),
  expected_any: z.array(result).min(1).optional(),
  difficulty: z.string().optional(),
  /** The day that the expected result was computed for. */
  today: z.string().optional(),
});

/** A question with the result, or the results, that answer it. */
export type GoldenQuestion = z.infer<typeof goldenQuestion>;

export interface QuestionSet {
  /** The folder's name. */
  readonly name: string;
  readonly questions: readonly GoldenQuestion[];
}

const QUESTIONS = 'questions.json';

/**
 * The question sets of a folder: its own `questions.json`, else one for each of its folders that has one.
 * @throws BAD_USER_INPUT where there is none, or where one can't be read; the message names the file.
 */
export async function readQuestionSets(folder: string): Promise<QuestionSet[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    throw new AskgraphError('BAD_USER_INPUT', `The folder ${folder} can't be read.`, { cause });
  });
  if (entries.some((entry) => entry.name === QUESTIONS)) return [await readSet(folder)];
  const sets: QuestionSet[] = [];
  for (const entry of entries.toSorted((a, b) => a.name.localeCompare(b.name))) {
    if (!entry.isDirectory()) continue;
    const inner = await readdir(join(folder, entry.name));
    if (inner.includes(QUESTIONS)) sets.push(await readSet(join(folder, entry.name)));
  }
  if (sets.length > 0) return sets;
  throw new AskgraphError('BAD_USER_INPUT', `Neither ${folder} nor a folder in it holds a ${QUESTIONS}.`);
}

async function readSet(folder: string): Promise<QuestionSet> {
  const file = join(folder, QUESTIONS);
  let json: unknown;
  try {
    json = JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new AskgraphError('BAD_USER_INPUT', `${file} is not JSON.`, { cause });
  }
  const parsed = z.array(goldenQuestion).safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new AskgraphError(
      'BAD_USER_INPUT',
      `${file}, at ${issue?.path.join('.') || 'its top'}: ${issue?.message}`,
    );
  }
  const lost = parsed.data.find(
    (question) => question.expected === undefined && question.expected_any === undefined,
  );
  if (lost !== undefined)
    throw new AskgraphError(
      'BAD_USER_INPUT',
      `${file}: the question ${lost.id} has neither "expected" nor "expected_any".`,
    );
  return { name: basename(folder), questions: parsed.data };
}
