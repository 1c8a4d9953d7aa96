import type { AuditEvent } from './audit-event.js';

const TEXTS = ['chain', 'at', 'kind', 'decision', 'requestId', 'subject', 'previous', 'hash'] as const;

/** Undefined for what is not an event, whatever it says. */
export function parseEvent(line: string): AuditEvent | undefined {
  try {
    const value = JSON.parse(line) as Record<string, unknown> | null;
    if (typeof value !== 'object' || value === null || value.version !== 1) return undefined;
    const isWhole =
      TEXTS.every((key) => typeof value[key] === 'string') && Number.isSafeInteger(value.sequence);
    return isWhole ? (value as unknown as AuditEvent) : undefined;
  } catch {
    return undefined;
  }
}
