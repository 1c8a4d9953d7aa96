import { AskgraphError, assertNever } from '../../schema/errors.js';
import type { EmbeddingModel } from '../model/embedding.js';
import type { ModelSettings } from '../model/model-settings.js';
import { openModel } from '../model/open-model.js';
import { goingOn } from './conversation/going-on.js';
import { embeddedPlanner } from './embedded/embedded-planner.js';
import { firstEmbedded } from './first-embedded.js';
import { byMeaning, type MeaningOptions } from './model/by-meaning.js';
import { modelPlanner } from './model/model-planner.js';
import type { Planner } from './planner.js';

/** The planner that the settings ask for. Throws CONFIGURATION_INVALID where they ask for a model and name none. */
export function openPlanner(
  settings: ModelSettings,
  embedding: EmbeddingModel | undefined,
  warn: MeaningOptions['warn'],
): Planner {
  const { ASKGRAPH_MODEL: name, ASKGRAPH_PLANNER: wanted = name === undefined ? 'embedded' : 'both' } =
    settings;
  const embedded = goingOn(embeddedPlanner);
  if (wanted === 'embedded') return embedded;
  if (name === undefined) {
    throw new AskgraphError(
      'CONFIGURATION_INVALID',
      `ASKGRAPH_PLANNER is "${wanted}", but ASKGRAPH_MODEL names no model.`,
    );
  }
  const byWords = modelPlanner({
    model: openModel(name, settings),
    timeoutMilliseconds: settings.ASKGRAPH_MODEL_TIMEOUT_MS,
  });
  // Only a model can make something of a table that says none of a question's words.
  const timeoutMilliseconds = settings.ASKGRAPH_EMBEDDING_TIMEOUT_MS;
  const planner =
    embedding === undefined ? byWords : byMeaning(byWords, { model: embedding, timeoutMilliseconds, warn });
  switch (wanted) {
    case 'model':
      return planner;
    case 'both':
      return firstEmbedded(embedded, planner);
    default:
      return assertNever(wanted);
  }
}
