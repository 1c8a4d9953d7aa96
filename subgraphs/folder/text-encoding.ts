import { isUtf8 } from 'node:buffer';
import { createReadStream, createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** What a text file is written in. DuckDB reads UTF-8, with or without its mark. */
export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** The encoding of a text: as its mark says; without one UTF-8 if it is that, and else what Windows writes. */
export async function encodingOf(path: string): Promise<TextEncoding> {
  const mark = await firstBytes(path, 2);
  if (mark[0] === 0xff && mark[1] === 0xfe) return 'utf-16le';
  if (mark[0] === 0xfe && mark[1] === 0xff) return 'utf-16be';
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(path)) {
    const text = Buffer.concat([rest, chunk as Buffer]);
    const whole = text.length - unfinishedBytes(text);
    if (!isUtf8(text.subarray(0, whole))) return 'windows-1252';
    rest = text.subarray(whole);
  }
  return rest.length === 0 ? 'utf-8' : 'windows-1252';
}

/** Writes a text file anew in UTF-8. */
export async function writeAsUtf8(from: string, to: string, encoding: TextEncoding): Promise<void> {
  const decoder = new TextDecoder(encoding);
  const decode = new Transform({
    transform: (chunk: Buffer, _, done) => done(null, decoder.decode(chunk, { stream: true })),
    flush: (done) => done(null, decoder.decode()),
  });
  await pipeline(createReadStream(from), decode, createWriteStream(to));
}

async function firstBytes(path: string, count: number): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(count), 0, count, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** How many bytes at the end begin a letter whose other bytes come with the next piece. */
function unfinishedBytes(text: Buffer): number {
  for (let back = 1; back <= Math.min(3, text.length); back++) {
    const byte = text[text.length - back]!;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return lengthOf(byte) > back ? back : 0;
  }
  return 0;
}

function lengthOf(first: number): number {
  if (first >= 0xf0) return 4;
  return first >= 0xe0 ? 3 : 2;
}
