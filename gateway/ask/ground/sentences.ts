const ABBREVIATION =
  /(?:^|[\s("“])(?:St|Mr|Mrs|Ms|Dr|Prof|Jr|Sr|Inc|Ltd|Co|Corp|No|vs|approx|e\.g|i\.e|U\.S|\p{Lu})\.$/u;
const END = /(?<=[.!?]["”’)]*)\s+(?=[\p{Lu}\p{N}“"$€£(-])|\s*\n\s*/gu;

/** The sentences of a text, trimmed, in their order. */
export function sentencesOf(text: string): string[] {
  const { sentences, rest } = takeSentences(text);
  return rest.trim() === '' ? sentences : [...sentences, rest.trim()];
}

/** The sentences that are complete, and what more text may still go on with. */
export function takeSentences(text: string): { readonly sentences: string[]; readonly rest: string } {
  const sentences: string[] = [];
  let from = 0;
  for (const { index, 0: gap } of text.matchAll(END)) {
    const sentence = text.slice(from, index);
    if (!gap.includes('\n') && ABBREVIATION.test(sentence)) continue;
    if (sentence.trim() !== '') sentences.push(sentence.trim());
    from = index + gap.length;
  }
  return { sentences, rest: text.slice(from) };
}
