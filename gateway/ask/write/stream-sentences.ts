import { AskgraphError } from '../../../schema/errors.js';
import type { StopReason, StreamPart, TokenUsage } from '../../model/model.js';
import { takeSentences } from '../ground/sentences.js';

/** An answer is a few sentences: what goes on for longer is none. */
const LONGEST_TEXT = 4_000;

export interface StreamedText {
  /** All that was written. */
  readonly text: string;
  readonly usage: TokenUsage;
}

/**
 * Reads a model's text and hands over each sentence as soon as it is complete, as plain text; one that was cut off is left
 * out. Throws MODEL_REPLY_INVALID for a text that does not end or is stopped by a filter.
 */
export async function streamSentences(
  model: string,
  parts: AsyncIterable<StreamPart>,
  onSentence: (sentence: string) => void,
): Promise<StreamedText> {
  let text = '';
  let rest = '';
  const take = (sentences: readonly string[]) =>
    sentences
      .map(asPlainText)
      .filter((sentence) => sentence !== '')
      .forEach(onSentence);
  for await (const part of parts) {
    if (part.kind === 'end') {
      if (part.stopReason === 'filtered') throw noText(model, part.stopReason);
      if (part.stopReason === 'complete') take([rest]);
      return { text, usage: part.usage };
    }
    text += part.text;
    if (text.length > LONGEST_TEXT) throw noText(model, 'length');
    const taken = takeSentences(rest + part.text);
    rest = taken.rest;
    take(taken.sentences);
  }
  throw noText(model, 'length');
}

/** Without the marks that some models cannot leave, and without what no text should hold. */
function asPlainText(sentence: string): string {
  return sentence
    .replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .replace(/\*\*|__|`+/g, '')
    .replace(/^(?:#{1,6}|[-*•])\s+/, '')
    .replace(/\s+/g, ' ')
    .trim();
}

function noText(model: string, stopReason: StopReason): AskgraphError {
  return new AskgraphError('MODEL_REPLY_INVALID', `The model ${model} wrote no answer.`, {
    details: { model, stopReason },
  });
}
