import { AskgraphError, asAskgraphError } from '../schema/errors.js';
import { reasonOf } from './postgres/reasons.js';
import { nameOfPlace, type StorePlace } from './store-place.js';

/** Runs what needs the database; whatever it throws without a code is the store's not answering. */
export async function reach<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (thrown) {
    throw asAskgraphError(thrown, 'STORE_UNAVAILABLE', `The store of ${what} does not answer.`);
  }
}

/** Opens something of the store; whatever goes wrong without a code is the store's not opening. */
export async function opening<Opened>(place: StorePlace, open: () => Promise<Opened>): Promise<Opened> {
  try {
    return await open();
  } catch (thrown) {
    const reason = place.engine === 'postgres' ? reasonOf(thrown) : undefined;
    const why = reason === undefined ? '' : `: ${reason}`;
    const message = `The store at ${nameOfPlace(place)} cannot be opened${why}.`;
    throw asAskgraphError(thrown, 'STORE_UNAVAILABLE', message);
  }
}

/** The same whether it is another's or not there at all, so that nobody can find out which. */
export function notFound(kind: 'answer' | 'conversation', id: string): AskgraphError {
  return new AskgraphError('NOT_FOUND', `You have no ${kind} "${id}".`, { details: { kind, id } });
}

/** Whether Prisma says that a row refers to one that is not there. */
export function isMissingReference(thrown: unknown): boolean {
  return hasCode(thrown, 'P2003');
}

/** Whether Prisma says that there is such a row already. */
export function isDuplicate(thrown: unknown): boolean {
  return hasCode(thrown, 'P2002');
}

function hasCode(thrown: unknown, code: string): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === code;
}
