/** A statement asks for the rows of at most so many parents or entities at a time. */
export const BATCH = 1_000;
/** And reads at most so many rows of a relation for them all. */
export const MAXIMUM_BATCH_ROWS = 100_000;
