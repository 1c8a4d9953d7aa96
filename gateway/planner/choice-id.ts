/** The choices of a model's question back hold what they mean themselves: nothing of them has to be kept. */
const MARK = 'says.';
const LONGEST = 300;

export function writeChoiceId(label: string): string {
  return MARK + Buffer.from(label.slice(0, LONGEST), 'utf8').toString('base64url');
}

/** What the asker meant, in words; undefined for what is no such id. They are believed as little as the question. */
export function readChoiceId(id: string): string | undefined {
  if (!id.startsWith(MARK) || id.length > LONGEST * 6) return undefined;
  const label = Buffer.from(id.slice(MARK.length), 'base64url').toString('utf8').trim();
  return label === '' || label.length > LONGEST ? undefined : label;
}
