import { isContent, tokenize } from '../../knowledge/text/tokenize.js';

/** How a question begins that goes on from another: "and in 2007?", "what about Chicago?", "as a chart by month". */
const LEADING =
  /^(and|but|or|also|then|now|only|just|again|the same|same|what about|how about|as an?|instead|excluding|except|break|split|chart|plot|graph|draw|make)\b/i;
/** "In 2007?" goes on; "In 2007, how many were sold?" does not. */
const PREPOSITION = /^(by|per|for each|in|on|at|from|for|since|before|after|until|during|with|without)\b/i;
const ASKING = /\b(how (many|much)|what|which|who|whose|when|where|list|show|count)\b/i;
/** Words that can only speak of what was said before, and such as may also speak of what the question says itself. */
const BACKWARD = /\b(the (same|previous|above)|instead|again)\b|^(it|they|those|these|this|that)\b/i;
const PRONOUN = /\b(it|its|they|them|their|theirs|those|these)\b/i;
/** A whole question says more. */
const FEWEST_WORDS = 3;

/** Whether a question speaks of what was asked before it. */
export function leansBack(question: string): boolean {
  const text = question.trim();
  return LEADING.test(text) || BACKWARD.test(text) || (PREPOSITION.test(text) && !ASKING.test(text));
}

/** Whether a question may need what was asked before it to be understood, by its own words. */
export function goesOn(question: string): boolean {
  return (
    leansBack(question) ||
    PRONOUN.test(question) ||
    tokenize(question).filter(isContent).length < FEWEST_WORDS
  );
}
