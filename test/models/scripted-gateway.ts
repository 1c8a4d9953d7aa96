import { startBedrockServer } from '../fakes/models/bedrock-server.js';
import type { FakeModelServer, Script, ScriptedReply } from '../fakes/models/scripted-model.js';
import { type StartedGateway, startGateway } from '../start-gateway.js';

export const MODEL = 'bedrock:vendor.model-1';

export interface ScriptedGateway {
  readonly url: string;
  readonly gateway: StartedGateway;
  readonly model: FakeModelServer;
  close(): Promise<void>;
}

/** A gateway whose every question a scripted model plans, over Bedrock's own protocol; nobody else words the answers. */
export async function startScripted(
  script: Script,
  settings: Readonly<Record<string, string>> = {},
  domains?: Parameters<typeof startGateway>[1],
): Promise<ScriptedGateway> {
  process.env.AWS_ACCESS_KEY_ID = 'AKIDFAKEFAKEFAKEFAKE';
  process.env.AWS_SECRET_ACCESS_KEY = 'secret';
  const model = await startBedrockServer(script);
  const always = {
    ASKGRAPH_MODEL: MODEL,
    ASKGRAPH_MODEL_URL: model.url,
    ASKGRAPH_MODEL_REGION: 'eu-west-1',
    ASKGRAPH_PLANNER: 'model',
    ASKGRAPH_MODEL_RETRIES: '0',
  };
  const gateway = await startGateway({ ...always, ...settings }, domains);
  return {
    url: gateway.url,
    gateway,
    model,
    async close() {
      await gateway.close();
      await model.close();
    },
  };
}

export interface ScriptedStep {
  readonly name: string;
  readonly domain: string;
  readonly language: 'SQL' | 'GRAPHQL';
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly dependsOn?: readonly string[];
}

/** A step in the SQL of the demo's engine. */
export function sqlStep(domain: string, query: string, name = 'found'): ScriptedStep {
  return { name, domain, language: 'SQL', query };
}

/** What a model replies that has planned. */
export function planReply(steps: readonly ScriptedStep[], more: object = {}): ScriptedReply {
  return { kind: 'object', value: { kind: 'plan', restatement: 'what was asked', steps, ...more } };
}
