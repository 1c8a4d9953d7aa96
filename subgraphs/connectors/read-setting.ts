import { AskgraphError } from '../../schema/errors.js';

/** Variables of the environment, handed down by `main.ts`. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** @throws CONFIGURATION_INVALID for what is no whole number above 0. */
export function wholeNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  return Number.isSafeInteger(number) && number > 0
    ? number
    : refuseSetting(`${name} is a whole number above 0, not "${text}".`);
}

export function refuseSetting(message: string): never {
  throw new AskgraphError('CONFIGURATION_INVALID', message);
}
