import { everydayQuestions } from './everyday-questions.js';
import { financeQuestions } from './finance-questions.js';
import { harderQuestions } from './harder-questions.js';
import { hrQuestions } from './hr-questions.js';
import { legalQuestions } from './legal-questions.js';
import { productQuestions } from './product-questions.js';
import type { Question } from './question.js';
import { salesQuestions } from './sales-questions.js';
import { spokenQuestions } from './spoken-questions.js';

/** Everything that is asked of the demo domains, each with the SQL that finds its rows. */
export const demoQuestions: readonly Question[] = [
  ...salesQuestions,
  ...hrQuestions,
  ...financeQuestions,
  ...legalQuestions,
  ...productQuestions,
  ...spokenQuestions,
  ...harderQuestions,
  ...everydayQuestions,
];
