import { getEventListeners } from 'node:events';
import { expect, it } from 'vitest';
import { onAbort } from './on-abort.js';

it('tells all who wait and have not left, by one listener of the signal', () => {
  const controller = new AbortController();
  const told: string[] = [];
  onAbort(controller.signal, () => told.push('first'));
  const leave = onAbort(controller.signal, () => told.push('left'));
  onAbort(controller.signal, () => told.push('last'));
  leave();
  expect(getEventListeners(controller.signal, 'abort')).toHaveLength(1);
  controller.abort();
  expect(told).toEqual(['first', 'last']);
});
