import { AskgraphError } from '../schema/errors.js';

const DEEPEST_CAUSE = 5;

/**
 * An error as a log may hold it where what people asked is nobody else's: where it came from and of which kind it is.
 * A message of ours loses what it quotes; an engine's or a library's is left out, since it may repeat the statement,
 * a literal or a value of a row.
 */
export function redactError(thrown: unknown): unknown {
  return redact(thrown, 0);
}

function redact(thrown: unknown, depth: number): unknown {
  if (!(thrown instanceof Error)) return thrown === undefined ? undefined : { type: typeof thrown };
  const { code } = thrown as { code?: unknown };
  const ours = thrown instanceof AskgraphError;
  return {
    type: thrown.name,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(ours ? { message: withoutQuotes(thrown.message), domain: thrown.domain } : {}),
    stack: framesOf(thrown),
    ...(thrown.cause === undefined || depth === DEEPEST_CAUSE
      ? {}
      : { cause: redact(thrown.cause, depth + 1) }),
  };
}

function withoutQuotes(message: string): string {
  return message.replace(/"[^"]*"|'[^']*'|“[^”]*”/g, '"…"');
}

/** The stack without its head, which repeats the message. */
function framesOf({ stack = '' }: Error): string {
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
}
