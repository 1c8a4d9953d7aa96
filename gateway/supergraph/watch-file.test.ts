import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { watchText } from './watch-file.js';

let folder: string;
let file: string;
let told: string[];
let unwatch: () => void;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'askgraph-watch-'));
  file = path.join(folder, 'supergraph.graphql');
  told = [];
  unwatch = () => {};
});
afterEach(async () => {
  unwatch();
  await rm(folder, { recursive: true, force: true });
});

describe('a watched file', () => {
  it('is told of although it was changed before the watching began', async () => {
    await writeFile(file, 'second');
    watch('first');
    await toldAre(['second']);
  });

  it('is told of once a change, and not while it is gone, empty, or written again as it was', async () => {
    await writeFile(file, 'first');
    watch('first');
    for (const state of ['first', '']) {
      await setTimeout(60);
      await writeFile(file, state);
    }
    await setTimeout(60);
    await rm(file);
    await setTimeout(60);
    expect(told).toEqual([]);
    await writeFile(`${file}.next`, 'second');
    await rename(`${file}.next`, file);
    await toldAre(['second']);
  });

  it('is left alone once the watching is over', async () => {
    await writeFile(file, 'first');
    watch('first');
    unwatch();
    await writeFile(file, 'second');
    await setTimeout(60);
    expect(told).toEqual([]);
  });
});

function watch(known: string): void {
  unwatch = watchText(file, known, 10, (text) => told.push(text));
}

async function toldAre(expected: readonly string[]): Promise<void> {
  for (let tries = 0; tries < 200 && told.length < expected.length; tries++) await setTimeout(10);
  expect(told).toEqual(expected);
}
