/**
 * Messages to a PostgreSQL server (protocol 3.0), each a part of one buffer: written by themselves, every message
 * is a piece of its own to the socket, and a statement with its transaction takes a dozen.
 */

const UNNAMED = 0;
/** Of a message's length, which counts itself. */
const LENGTH_BYTES = 4;

/** A statement that returns nothing and takes no values: parsed, bound and executed. */
export function commandMessages(text: string): Buffer {
  return Buffer.concat([parseMessage(text), bindMessage([]), executeMessage(0)]);
}

/** One statement with its values; the server is asked to describe its columns, and for at most `rows` of its rows. */
export function queryMessages(text: string, values: readonly (string | null)[], rows: number): Buffer[] {
  return [parseMessage(text), bindMessage(values), DESCRIBE, executeMessage(rows)];
}

function parseMessage(text: string): Buffer {
  const bytes = Buffer.byteLength(text);
  const message = start('P', 1 + bytes + 1 + 2);
  let place = message.writeUInt8(UNNAMED, LENGTH_BYTES + 1);
  place += message.write(text, place);
  place = message.writeUInt8(0, place);
  // The server finds out the parameters' types.
  message.writeUInt16BE(0, place);
  return message;
}

function bindMessage(values: readonly (string | null)[]): Buffer {
  const sizes = values.map((value) => (value === null ? 0 : Buffer.byteLength(value)));
  const bytes = sizes.reduce((sum, size) => sum + LENGTH_BYTES + size, 0);
  const message = start('B', 2 + 2 + 2 + bytes + 2);
  // Portal and statement are the unnamed ones, and all values are text.
  let place = message.writeUInt16BE(UNNAMED, LENGTH_BYTES + 1);
  place = message.writeUInt16BE(0, place);
  place = message.writeUInt16BE(values.length, place);
  values.forEach((value, index) => {
    place = message.writeInt32BE(value === null ? -1 : sizes[index]!, place);
    if (value !== null) place += message.write(value, place);
  });
  message.writeUInt16BE(0, place);
  return message;
}

function executeMessage(rows: number): Buffer {
  const message = start('E', 1 + 4);
  message.writeUInt32BE(rows, message.writeUInt8(UNNAMED, LENGTH_BYTES + 1));
  return message;
}

function start(type: string, bytes: number): Buffer {
  const message = Buffer.allocUnsafe(1 + LENGTH_BYTES + bytes);
  message.writeUInt8(type.charCodeAt(0), 0);
  message.writeUInt32BE(LENGTH_BYTES + bytes, 1);
  return message;
}

function describePortal(): Buffer {
  const message = start('D', 2);
  message.writeUInt8('P'.charCodeAt(0), LENGTH_BYTES + 1);
  message.writeUInt8(UNNAMED, LENGTH_BYTES + 2);
  return message;
}

const DESCRIBE = describePortal();
export const SYNC = start('S', 0);
