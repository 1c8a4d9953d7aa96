/** The words of a list over lines. */
export function words(text: string): string[] {
  return text.trim().split(/\s+/);
}
