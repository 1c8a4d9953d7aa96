import { setTimeout } from 'node:timers/promises';
import { asAskgraphError } from '../../schema/errors.js';
import { withDeadline } from '../../schema/signals.js';
import type { OpenSubgraph } from '../../subgraphs/open-subgraph.js';
import { SAMPLER } from '../../subgraphs/own-callers.js';
import type { CallModel } from '../ask/asker.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import { tableText } from '../knowledge/meaning/table-text.js';
import type { EmbeddingModel } from '../model/embedding.js';
import { openVectorCache, type VectorCache } from './vector-cache.js';

/** How tables get their vectors. */
export interface TableEmbedding {
  readonly model: EmbeddingModel;
  /** On record; on nobody's account. */
  readonly callModel: CallModel;
  /** Where vectors are kept. */
  readonly folder: string;
  /** Tells the vectors of the model from those of the same model with other settings. */
  readonly variant: string;
}

export interface EmbedTablesOptions extends TableEmbedding {
  readonly subgraphs: readonly OpenSubgraph[];
  readonly report: (message: string) => void;
  readonly signal: AbortSignal;
  readonly now: () => Date;
}

/** Texts that are sent and kept at a time. */
const AT_A_TIME = 192;
const TIMEOUT_MILLISECONDS = 120_000;
const FIRST_WAIT_MILLISECONDS = 30_000;
const LONGEST_WAIT_MILLISECONDS = 600_000;

/**
 * Gives the tables of a knowledge their vectors: what was kept at once, the others by the model, again after a while
 * where it does not answer. Nothing that a policy holds back from anybody is sent. Ends when all have one, or the signal
 * aborts.
 */
export async function embedTables(knowledge: Knowledge, options: EmbedTablesOptions): Promise<void> {
  const { model, folder, variant, report, signal } = options;
  const tables = tablesByText(knowledge, options.subgraphs);
  const cache = await openVectorCache(folder, `${model.name} ${variant}`);
  for (
    let wait = FIRST_WAIT_MILLISECONDS;
    !signal.aborted;
    wait = Math.min(2 * wait, LONGEST_WAIT_MILLISECONDS)
  ) {
    try {
      await embedAll(knowledge, tables, cache, options);
      await cache.keepOnly(tables.keys());
      return;
    } catch (thrown) {
      if (signal.aborted) return;
      const { code, message } = asAskgraphError(thrown, 'INTERNAL', 'The vectors could not be kept.');
      report(`Some tables are found by words alone: ${code}: ${message}`);
      await setTimeout(wait, undefined, { signal, ref: false }).catch(() => {});
    }
  }
}

/** Tables of the same text have the same vector. */
function tablesByText({ view }: Knowledge, subgraphs: readonly OpenSubgraph[]): Map<string, number[]> {
  const { domains, tableStarts } = view.index;
  const open = new Map(subgraphs.map((subgraph) => [subgraph.name, subgraph]));
  const tables = new Map<string, number[]>();
  domains.forEach((domain, number) => {
    const permissions = open.get(domain.name)?.permissions;
    domain.tables.forEach((table, index) => {
      const text = tableText(
        domain,
        table,
        (column) => table.operation === undefined && permissions?.isHeldBack(table.name, column) !== false,
      );
      tables.set(text, [...(tables.get(text) ?? []), tableStarts[number]! + index]);
    });
  });
  return tables;
}

async function embedAll(
  { meanings }: Knowledge,
  tables: ReadonlyMap<string, readonly number[]>,
  cache: VectorCache,
  { model, callModel, signal, now }: EmbedTablesOptions,
): Promise<void> {
  const put = (text: string, vector: Float32Array) => {
    for (const table of tables.get(text) ?? []) meanings?.put(table, vector);
  };
  const missing: string[] = [];
  for (const text of tables.keys()) {
    const known = cache.get(text);
    if (known === undefined) missing.push(text);
    else put(text, known);
  }
  for (let at = 0; at < missing.length && !signal.aborted; at += AT_A_TIME) {
    const texts = missing.slice(at, at + AT_A_TIME);
    const context = { requestId: 'embedding', caller: SAMPLER, signal, asOf: now() };
    const call = { model: model.name, purpose: 'embed', prompt: texts.join('\n'), maximumTokens: 0 } as const;
    const { vectors } = await callModel(call, context, () =>
      model.embed({ texts, purpose: 'document', signal: withDeadline(signal, TIMEOUT_MILLISECONDS) }),
    );
    texts.forEach((text, index) => {
      put(text, vectors[index]!);
    });
    await cache.add(new Map(texts.map((text, index) => [text, vectors[index]!])));
  }
}
