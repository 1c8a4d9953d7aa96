import { type PriceOf, readPrice, type TokenPrice } from './ask/prices.js';
import type { Writer } from './ask/write/writer.js';
import type { ModelSettings } from './model/model-settings.js';
import { openModel } from './model/open-model.js';

/** The model that words answers; undefined where the settings name no model, or want answers by template. */
export function openWriter(settings: ModelSettings): Writer | undefined {
  const { ASKGRAPH_WRITER_MODEL: name = settings.ASKGRAPH_MODEL } = settings;
  if (name === undefined || name === 'off') return undefined;
  return { model: openModel(name, settings), timeoutMilliseconds: settings.ASKGRAPH_MODEL_TIMEOUT_MS };
}

/** The prices that the settings name. */
export function readPrices(settings: ModelSettings): PriceOf {
  const {
    ASKGRAPH_MODEL: model,
    ASKGRAPH_MODEL_PRICE: price,
    ASKGRAPH_WRITER_MODEL: writer,
    ASKGRAPH_WRITER_PRICE: writerPrice,
    ASKGRAPH_EMBEDDING_MODEL: embedding,
    ASKGRAPH_EMBEDDING_PRICE: embeddingPrice,
  } = settings;
  const prices = new Map<string, TokenPrice>();
  if (writer !== undefined && writerPrice !== undefined) prices.set(writer, readPrice(writerPrice));
  if (embedding !== undefined && embeddingPrice !== undefined)
    prices.set(embedding, readPrice(embeddingPrice));
  if (model !== undefined && price !== undefined) prices.set(model, readPrice(price));
  return (name) => prices.get(name);
}
