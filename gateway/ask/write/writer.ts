import type { Model } from '../../model/model.js';

/** The model that words answers. */
export interface Writer {
  readonly model: Model;
  /** How long one text may wait for it, all calls and repetitions together. */
  readonly timeoutMilliseconds: number;
}
