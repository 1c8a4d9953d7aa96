import { z } from 'zod';

export function wholeNumber(least: number, most: number) {
  const error = `must be a whole number from ${least} to ${most}`;
  return z.coerce.number({ error }).int({ error }).min(least, { error }).max(most, { error });
}

/** A list of words, separated by commas. */
export function listOf(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** An http or https address. */
export const address = z
  .string()
  .refine((text) => URL.canParse(text) && /^https?:/.test(text), 'is not an http or https URL');
