import { readFile } from 'node:fs/promises';
import { AskgraphError } from '../../../schema/errors.js';
import { isJsonObject } from '../json.js';
import { sha256 } from './persisted-queries.js';

/**
 * Reads a safelist: JSON, an object of operation texts by their SHA-256 in hex, or a list of texts.
 * Throws CONFIGURATION_INVALID.
 */
export async function readSafelist(path: string): Promise<Map<string, string>> {
  const entries = readEntries(path, await readJson(path));
  const safelist = new Map<string, string>();
  for (const [hash, text] of entries) {
    if (typeof text !== 'string' || sha256(text) !== hash) {
      throw invalid(path, `the hash "${hash}" is not the SHA-256 of its text`);
    }
    safelist.set(hash, text);
  }
  return safelist;
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw invalid(path, 'it cannot be read as JSON', cause);
  }
}

function readEntries(path: string, value: unknown): (readonly [string, unknown])[] {
  if (isJsonObject(value)) return Object.entries(value);
  if (!Array.isArray(value)) throw invalid(path, 'it must be an object or a list');
  return value.map((text: unknown) => [typeof text === 'string' ? sha256(text) : '', text]);
}

function invalid(path: string, why: string, cause?: unknown): AskgraphError {
  return new AskgraphError('CONFIGURATION_INVALID', `The safelist "${path}" is not valid: ${why}.`, {
    cause,
  });
}
