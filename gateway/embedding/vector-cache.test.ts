import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openVectorCache } from './vector-cache.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'askgraph-vectors-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const vector = (...numbers: number[]) => Float32Array.from(numbers);
const fileOf = () => join(folder, readdirSync(folder)[0]!);

describe('vectors that are kept', () => {
  it('are there again, of each model apart, and hold none of their texts', async () => {
    const cache = await openVectorCache(folder, 'm');
    await cache.add(new Map([['secret tables', vector(0.5, -0.25, 3)]]));
    await cache.add(new Map([['others', vector(1, 0, 0)]]));
    const again = await openVectorCache(folder, 'm');
    expect(again.get('secret tables')).toEqual(vector(0.5, -0.25, 3));
    expect(again.get('others')).toEqual(vector(1, 0, 0));
    expect(again.get('more')).toBeUndefined();
    expect(readFileSync(fileOf()).toString('latin1')).not.toContain('secret');
    expect((await openVectorCache(folder, 'n')).get('others')).toBeUndefined();
  });

  it('are those before the place where a file was cut off', async () => {
    const cache = await openVectorCache(folder, 'm');
    await cache.add(new Map([['a', vector(1, 2)]]));
    await cache.add(new Map([['b', vector(3, 4)]]));
    writeFileSync(fileOf(), readFileSync(fileOf()).subarray(0, -3));
    const again = await openVectorCache(folder, 'm');
    expect(again.get('a')).toEqual(vector(1, 2));
    expect(again.get('b')).toBeUndefined();
  });

  it('are whole again once more is kept behind the place where a file was cut off', async () => {
    const cache = await openVectorCache(folder, 'm');
    await cache.add(new Map([['a', vector(1, 2)]]));
    await cache.add(new Map([['b', vector(3, 4)]]));
    writeFileSync(fileOf(), readFileSync(fileOf()).subarray(0, -3));
    await (await openVectorCache(folder, 'm')).add(new Map([['c', vector(5, 6)]]));
    const again = await openVectorCache(folder, 'm');
    expect(again.get('a')).toEqual(vector(1, 2));
    expect(again.get('b')).toBeUndefined();
    expect(again.get('c')).toEqual(vector(5, 6));
  });

  it('are bounded by those that are used', async () => {
    const cache = await openVectorCache(folder, 'm');
    const texts = Array.from({ length: 1_500 }, (_, index) => `text ${index}`);
    await cache.add(new Map(texts.map((text, index) => [text, vector(index, 1)])));
    const { size } = statSync(fileOf());
    await cache.keepOnly(texts.slice(0, 600));
    expect(statSync(fileOf()).size).toBe(size);
    await cache.keepOnly(texts.slice(0, 200));
    expect(statSync(fileOf()).size).toBe((size * 200) / 1_500);
    const again = await openVectorCache(folder, 'm');
    expect(again.get('text 7')).toEqual(vector(7, 1));
    expect(again.get('text 700')).toBeUndefined();
  });
});
