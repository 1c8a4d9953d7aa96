import { createHash } from 'node:crypto';
import { appendFile, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Vectors of texts, kept in a file for each model: a text is sent to it once. */
export interface VectorCache {
  get(text: string): Float32Array | undefined;
  add(vectors: ReadonlyMap<string, Float32Array>): Promise<void>;
  /** Forgets the vectors of all other texts, once they are most of the file. */
  keepOnly(texts: Iterable<string>): Promise<void>;
}

const DIGEST_BYTES = 32;
const LENGTH_BYTES = 4;
const NUMBER_BYTES = 4;
const MOST_NUMBERS = 16_384;
/** A file of so few vectors more than are used is left as it is. */
const FEW = 1_000;

/**
 * Opens the file of one model, which its `name` tells from all others, in a folder. A record is the SHA-256 of its text,
 * the number of numbers, and these as 32-bit floats. What was cut off in the middle is taken out: what is added behind it
 * would be read as its rest.
 */
export async function openVectorCache(folder: string, name: string): Promise<VectorCache> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${digestOf(name).subarray(0, 12).toString('hex')}.vectors`);
  const { records, rest } = readRecords(await readIfThere(path));
  const keyOf = (text: string) => digestOf(text).toString('base64');
  /** Whoever reads meanwhile reads the old file or the new one, each whole. */
  const writeAnew = async () => {
    const kept = [...records].map(([key, vector]) => recordOf(Buffer.from(key, 'base64'), vector));
    const apart = await mkdtemp(join(folder, 'new-'));
    await writeFile(join(apart, 'vectors'), Buffer.concat(kept));
    await rename(join(apart, 'vectors'), path);
    await rm(apart, { recursive: true });
  };
  if (rest > 0) await writeAnew();
  return {
    get: (text) => records.get(keyOf(text)),
    async add(vectors) {
      for (const [text, vector] of vectors) records.set(keyOf(text), vector);
      const added = [...vectors].map(([text, vector]) => recordOf(digestOf(text), vector));
      await appendFile(path, Buffer.concat(added));
    },
    async keepOnly(texts) {
      const used = new Set([...texts].map(keyOf));
      if (records.size <= 2 * used.size + FEW) return;
      for (const key of records.keys()) if (!used.has(key)) records.delete(key);
      await writeAnew();
    },
  };
}

async function readIfThere(path: string): Promise<Buffer> {
  return readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  });
}

/** The records of a file, and how many bytes behind them are none. */
function readRecords(file: Buffer): { records: Map<string, Float32Array>; rest: number } {
  const records = new Map<string, Float32Array>();
  let at = 0;
  while (at + DIGEST_BYTES + LENGTH_BYTES <= file.length) {
    const key = file.subarray(at, at + DIGEST_BYTES).toString('base64');
    const numbers = file.readUInt32LE(at + DIGEST_BYTES);
    const start = at + DIGEST_BYTES + LENGTH_BYTES;
    const end = start + numbers * NUMBER_BYTES;
    if (numbers === 0 || numbers > MOST_NUMBERS || end > file.length) break;
    // A copy: the numbers in the file do not stand where an array of floats may begin.
    records.set(key, new Float32Array(Uint8Array.from(file.subarray(start, end)).buffer));
    at = end;
  }
  return { records, rest: file.length - at };
}

function recordOf(digest: Buffer, vector: Float32Array): Buffer {
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32LE(vector.length);
  return Buffer.concat([digest, length, Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength)]);
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
