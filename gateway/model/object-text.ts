import { jsonrepair } from 'jsonrepair';
import { AskgraphError } from '../../schema/errors.js';
import type { Message, ObjectRequest } from './model.js';

/** The longest text in which an object is looked for, in characters. */
const LONGEST_TEXT = 200_000;

/** The request to a model that calls no tools: the schema stands in the instructions, and JSON text is the reply. */
export function withSchemaInText(request: ObjectRequest): {
  instructions: string;
  messages: readonly Message[];
} {
  const { name, description, schema } = request.tool;
  const rule = [
    `Reply with one JSON object and nothing else: no explanation, no code fence. It is "${name}": ${description}`,
    `It keeps to this JSON Schema: ${JSON.stringify(schema)}`,
  ].join('\n');
  return { instructions: `${request.instructions}\n\n${rule}`, messages: request.messages };
}

/**
 * The one object in a model's text. Code fences and words around it are left out, and what JSON does not allow but
 * models write (comments, trailing commas, single quotes, an end that was cut off) is mended.
 * @throws MODEL_REPLY_INVALID where there is none.
 */
export function readObjectText(text: string): Readonly<Record<string, unknown>> {
  if (text.length > LONGEST_TEXT) throw invalid('The model replied with too long a text.');
  const start = text.indexOf('{');
  if (start < 0) throw invalid('The model replied with text where an object was asked for.');
  const end = text.lastIndexOf('}');
  const candidates = [text.slice(start, end + 1), text.slice(start).replace(/```\s*$/, '')];
  for (const candidate of candidates) {
    const value = parse(candidate);
    if (isObject(value)) return value;
  }
  throw invalid('The model replied with what is no JSON object.');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return repair(text);
  }
}

function repair(text: string): unknown {
  try {
    return JSON.parse(jsonrepair(text));
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalid(message: string): AskgraphError {
  return new AskgraphError('MODEL_REPLY_INVALID', message);
}
