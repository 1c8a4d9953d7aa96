import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { anySignal, withDeadline } from './signals.js';

setFlagsFromString('--expose_gc');
const collectGarbage = runInNewContext('gc') as () => void;

describe('a deadline', () => {
  it('comes although garbage is collected before it', async () => {
    const signal = withDeadline(new AbortController().signal, 200);
    await collected();
    await setTimeout(300);
    expect(signal.aborted).toBe(true);
    expect(signal.reason).toMatchObject({ name: 'TimeoutError' });
  });

  it('comes through a signal that was made of it', async () => {
    const signal = ofDeadline(200);
    await collected();
    await setTimeout(300);
    expect(signal.reason).toMatchObject({ name: 'TimeoutError' });
  });

  it('is told to whoever listens, also where nobody holds the signal', async () => {
    const told = new Promise((resolve) => {
      ofDeadline(200).addEventListener('abort', () => resolve('told'));
    });
    await collected();
    expect(await Promise.race([told, setTimeout(2_000, 'not told')])).toBe('told');
  });

  it('does not come before what aborts first', () => {
    const gone = new AbortController();
    const signal = withDeadline(gone.signal, 60_000);
    expect(signal.aborted).toBe(false);
    gone.abort(new Error('gone'));
    expect(signal.reason).toEqual(new Error('gone'));
  });
});

/** The signal in the middle is held by nothing else. */
function ofDeadline(milliseconds: number): AbortSignal {
  return anySignal([withDeadline(new AbortController().signal, milliseconds), new AbortController().signal]);
}

async function collected(): Promise<void> {
  for (let times = 0; times < 3; times++) {
    await setTimeout(20);
    collectGarbage();
  }
}
