import { EventStreamCodec } from '@smithy/core/event-streams';

const codec = new EventStreamCodec(
  (bytes) => Buffer.from(bytes as Uint8Array).toString('utf8'),
  (text) => Buffer.from(text, 'utf8'),
);

/** One message of AWS's binary event stream. */
export function eventMessage(type: string, value: unknown): Uint8Array {
  return message({ ':message-type': 'event', ':event-type': type }, value);
}

/** What AWS sends where a stream that has begun well fails. */
export function exceptionMessage(type: string, value: unknown): Uint8Array {
  return message({ ':message-type': 'exception', ':exception-type': type }, value);
}

function message(names: Readonly<Record<string, string>>, value: unknown): Uint8Array {
  const bytes = value instanceof Uint8Array;
  const headers = {
    ...names,
    ':content-type': bytes ? 'application/octet-stream' : 'application/json',
  };
  return codec.encode({
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, text]) => [name, { type: 'string' as const, value: text }]),
    ),
    body: bytes ? value : Buffer.from(JSON.stringify(value)),
  });
}
