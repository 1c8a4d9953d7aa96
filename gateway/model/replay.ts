import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AskgraphError } from '../../schema/errors.js';
import type { Model, ModelRequest, ObjectReply, ObjectRequest, StreamPart } from './model.js';

/** Passes every request on to a model and keeps the exchange in a folder, one file each, named by the request. */
export function recordingModel(model: Model, folder: string): Model {
  return {
    name: model.name,
    async generate(request) {
      const reply = await model.generate(request);
      await keep(folder, request, { reply });
      return reply;
    },
    async *stream(request) {
      const parts: StreamPart[] = [];
      for await (const part of model.stream(request)) {
        parts.push(part);
        yield part;
      }
      await keep(folder, request, { parts });
    },
  };
}

/**
 * Replies from what was recorded, and knows nothing else: a request that differs in anything from the recorded one,
 * such as a changed prompt, is refused with MODEL_UNAVAILABLE, which says which file was looked for.
 */
export function replayModel(name: string, folder: string): Model {
  return {
    name,
    async generate(request) {
      const { reply } = await find(folder, request);
      if (reply === undefined) throw missing(folder, request);
      return reply;
    },
    async *stream(request) {
      const { parts } = await find(folder, request);
      if (parts === undefined) throw missing(folder, request);
      for (const part of parts) {
        request.signal.throwIfAborted();
        yield part;
      }
    },
  };
}

interface Exchange {
  readonly reply?: ObjectReply;
  readonly parts?: readonly StreamPart[];
}

async function keep(folder: string, request: ModelRequest, exchange: Exchange): Promise<void> {
  await mkdir(folder, { recursive: true });
  const content = { request: contentOf(request), ...exchange };
  await writeFile(join(folder, fileName(request)), `${JSON.stringify(content, null, 2)}\n`);
}

async function find(folder: string, request: ModelRequest): Promise<Exchange> {
  try {
    return JSON.parse(await readFile(join(folder, fileName(request)), 'utf8')) as Exchange;
  } catch (cause) {
    throw missing(folder, request, cause);
  }
}

function missing(folder: string, request: ModelRequest, cause?: unknown): AskgraphError {
  const file = fileName(request);
  return new AskgraphError(
    'MODEL_UNAVAILABLE',
    `No exchange was recorded for this request: ${file} is not in ${folder}. Record again if the prompt was meant to change.`,
    { cause, details: { file, transient: false } },
  );
}

function fileName(request: ModelRequest): string {
  const digest = createHash('sha256')
    .update(JSON.stringify(contentOf(request)))
    .digest('hex');
  return `${digest.slice(0, 24)}.json`;
}

/** What makes two requests the same. */
function contentOf(request: ModelRequest | ObjectRequest) {
  const { instructions, messages, maximumTokens } = request;
  return { instructions, messages, maximumTokens, ...('tool' in request ? { tool: request.tool } : {}) };
}
