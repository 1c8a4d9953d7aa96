import { type Logger, pino, stdSerializers, stdTimeFunctions } from 'pino';
import pretty from 'pino-pretty';
import { redactError } from './redact-error.js';

/** Whether logs may hold what people asked and what engines said of it. */
export type LogTexts = 'redacted' | 'full';

/** Structured logs to standard error, as lines of JSON; to a terminal, as lines for people. */
export function makeLogger(level: string, texts: LogTexts): Logger {
  const options = {
    level,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    // Without it an error is logged as its own enumerable properties, which leave out message, stack and cause.
    serializers: { error: texts === 'full' ? stdSerializers.err : redactError },
    redact: ['req.headers.authorization', 'req.headers.cookie'],
  };
  return process.stderr.isTTY
    ? pino(
        options,
        pretty({
          destination: 2,
          sync: true,
          singleLine: true,
          ignore: 'pid,hostname',
          translateTime: 'HH:MM:ss',
        }),
      )
    : pino(options, pino.destination(2));
}
