export type Groups = Readonly<Record<string, string | undefined>>;

/**
 * Hands over what a form finds in a text, and gives the text with blanks in the place of what was taken of it. (Not by
 * `replace`: Node 20 there gives a group without a match as '' instead of undefined, in some texts.)
 */
export function take(
  text: string,
  form: RegExp,
  read: (written: string, groups: Groups, at: number) => 'taken' | 'left',
): string {
  return [...text.matchAll(form)]
    .filter(
      ({ 0: written, groups = {}, index }) => written !== '' && read(written, groups, index) === 'taken',
    )
    .reduce((left, { 0: written, index }) => blank(left, index, written.length), text);
}

export function blank(text: string, at: number, length: number): string {
  return text.slice(0, at) + ' '.repeat(length) + text.slice(at + length);
}
