/** The parts of a prompt, each between tags of its name. */
type Fence = 'data' | 'verified' | 'conversation' | 'question';

const TAG = /<(?=\s*\/?\s*(data|verified|conversation|question)\b)/gi;

export function inFence(fence: Fence, text: string): string {
  return `<${fence}>\n${text}\n</${fence}>`;
}

/** A text that can neither end the fence round it nor begin another. */
export function withoutFences(text: string): string {
  return text.replace(TAG, '‹');
}
