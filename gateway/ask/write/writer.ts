import type { Model } from '../../model/model.js';
import type { ModelSettings } from '../../model/model-settings.js';
import { openModel } from '../../model/open-model.js';

/** The model that words answers, and how long one text may wait for it. */
export interface Writer {
  readonly model: Model;
  readonly timeoutMilliseconds: number;
}

/** Undefined where the settings name no model, or want answers by template. */
export function openWriter(settings: ModelSettings): Writer | undefined {
  const { ASKGRAPH_WRITER_MODEL: name = settings.ASKGRAPH_MODEL } = settings;
  if (name === undefined || name === 'off') return undefined;
  return { model: openModel(name, settings), timeoutMilliseconds: settings.ASKGRAPH_MODEL_TIMEOUT_MS };
}
