import { describe, expect, it } from 'vitest';
import { dayInZone, zoneName } from './day-in-zone.js';

describe('a day in a zone', () => {
  it('is the one that its clocks show, whichever zone was asked before', () => {
    const instant = new Date('2024-03-05T23:30:00Z');
    expect(dayInZone(instant, 'UTC')).toBe('2024-03-05');
    expect(dayInZone(instant, 'Asia/Tokyo')).toBe('2024-03-06');
    expect(dayInZone(instant, 'America/New_York')).toBe('2024-03-05');
    expect(dayInZone(new Date('2024-03-05T02:00:00Z'), 'America/New_York')).toBe('2024-03-04');
  });

  it('knows zones by the name they go by, and no others', () => {
    expect(zoneName('europe/berlin')).toBe('Europe/Berlin');
    expect(() => zoneName('Europe/Atlantis')).toThrow(RangeError);
    expect(() => zoneName('Europe/Atlantis')).toThrow(RangeError);
  });
});
