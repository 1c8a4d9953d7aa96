import { AskgraphError } from '../../schema/errors.js';
import { bedrockModel } from './bedrock.js';
import type { Model } from './model.js';
import type { ModelSettings } from './model-settings.js';
import { openaiModel } from './openai.js';
import { recordingModel, replayModel } from './replay.js';
import { retryingModel } from './retrying.js';
import { sagemakerModel } from './sagemaker.js';

const RETRY_MILLISECONDS = 300;

/**
 * The model that a name such as `bedrock:…` stands for, sent again what fails for the moment. Nothing is loaded or
 * called before its first request. Throws CONFIGURATION_INVALID.
 */
export function openModel(name: string, settings: ModelSettings): Model {
  const { ASKGRAPH_MODEL_EXCHANGES: exchanges = '' } = settings;
  const folder = exchanges.slice(exchanges.indexOf(':') + 1);
  if (exchanges.startsWith('replay:')) return replayModel(name, folder);
  const model = retryingModel(provide(name, settings), {
    retries: settings.ASKGRAPH_MODEL_RETRIES,
    retryMilliseconds: RETRY_MILLISECONDS,
  });
  return exchanges === '' ? model : recordingModel(model, folder);
}

function provide(name: string, settings: ModelSettings): Model {
  const at = name.indexOf(':');
  const [provider, model] = [name.slice(0, at), name.slice(at + 1)];
  const { ASKGRAPH_MODEL_URL: url, ASKGRAPH_MODEL_REGION: region } = settings;
  const place = {
    ...(region === undefined ? {} : { region }),
    ...(url === undefined ? {} : { endpoint: url }),
  };
  switch (provider) {
    case 'bedrock': {
      const [id, version] = settings.ASKGRAPH_MODEL_GUARDRAIL?.split(':') ?? [];
      const guardrail = id === undefined || version === undefined ? {} : { guardrail: { id, version } };
      const instructions = settings.ASKGRAPH_MODEL_CACHE;
      return bedrockModel({ modelId: model, instructions, ...place, ...guardrail });
    }
    case 'sagemaker':
      return sagemakerModel({ endpointName: model, format: settings.ASKGRAPH_MODEL_FORMAT, ...place });
    case 'openai':
      return openaiModel({
        model,
        // Servers on one's own machine want none, but the client wants to send one.
        apiKey: settings.ASKGRAPH_MODEL_API_KEY ?? 'none',
        ...(url === undefined ? {} : { baseUrl: url }),
      });
    default:
      throw new AskgraphError('CONFIGURATION_INVALID', `"${name}" names no provider of models.`);
  }
}
