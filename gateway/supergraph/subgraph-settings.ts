import { z } from 'zod';
import { AskgraphError } from '../../schema/errors.js';
import { type HeaderRule, readHeaderRules, readReturnRules } from './header-rules.js';
import { type LabelRule, readLabelRules } from './label-rules.js';
import type { ResilienceOptions } from './resilient.js';

function wholeNumber(least: number, most: number) {
  const error = `must be a whole number from ${least} to ${most}`;
  return z.coerce.number({ error }).int({ error }).min(least, { error }).max(most, { error });
}

/** How subgraphs are asked, by the names of the environment variables: those of the gateway and of the plain gateway. */
export const subgraphSettings = {
  /** How long one request to a remote subgraph may take. */
  SUBGRAPH_TIMEOUT_MS: wholeNumber(1, 3_600_000).default(20_000),
  /** The largest answer of a remote subgraph, in bytes. */
  SUBGRAPH_LIMIT_BYTES: wholeNumber(1, 2_000_000_000).default(100_000_000),
  /** How many requests to one remote subgraph may be under way at once, and how many more may wait. */
  SUBGRAPH_CONCURRENCY: wholeNumber(1, 1_000_000).default(500),
  SUBGRAPH_QUEUE: wholeNumber(0, 1_000_000).default(5_000),
  /** How often a read is sent again after a connection has failed. */
  SUBGRAPH_RETRIES: wholeNumber(0, 10).default(2),
  /** How long a subgraph that fails more often than not is left alone before it is tried again. */
  SUBGRAPH_REST_MS: wholeNumber(1, 3_600_000).default(2_000),
  /** Headers that subgraphs get of the client's request: `authorization, x-tenant -> x-customer, x-key @ billing`. */
  FORWARD_HEADERS: z.string().default(''),
  /** Headers that the client gets of the subgraphs' answers, in the same words. */
  RETURN_HEADERS: z.string().default(''),
  /** For which requests labelled overrides hold: `beta = x-beta: on, beta = role(tester)`. */
  OVERRIDE_LABELS: z.string().default(''),
  /** Whether reads of one caller that are the same and under way at once are sent once. */
  DEDUPLICATION: z.enum(['on', 'off']).default('off'),
};

/** How subgraphs are asked. */
export interface SubgraphTraffic {
  readonly timeoutMilliseconds: number;
  readonly maximumResponseBytes: number;
  readonly resilience: Omit<ResilienceOptions, 'subgraph'>;
  readonly forwardRules: readonly HeaderRule[];
  readonly returnRules: readonly HeaderRule[];
  readonly labelRules: readonly LabelRule[];
  readonly deduplication: 'on' | 'off';
}

type Values = z.infer<z.ZodObject<typeof subgraphSettings>>;

/** How long is waited before a request is sent again for the first time. */
const RETRY_MILLISECONDS = 50;

/** Reads the checked settings; what is wrong with the rules is a `problem`. */
export function readSubgraphTraffic(values: Values, problem: (message: string) => void): SubgraphTraffic {
  type RuleSetting = 'FORWARD_HEADERS' | 'RETURN_HEADERS' | 'OVERRIDE_LABELS';
  const rules = <Rule>(read: (text: string) => Rule[], name: RuleSetting): Rule[] => {
    try {
      return read(values[name]);
    } catch (error) {
      if (!(error instanceof AskgraphError)) throw error;
      problem(`${name}: ${error.message}`);
      return [];
    }
  };
  return {
    timeoutMilliseconds: values.SUBGRAPH_TIMEOUT_MS,
    maximumResponseBytes: values.SUBGRAPH_LIMIT_BYTES,
    resilience: {
      concurrentRequests: values.SUBGRAPH_CONCURRENCY,
      waitingRequests: values.SUBGRAPH_QUEUE,
      retries: values.SUBGRAPH_RETRIES,
      retryMilliseconds: RETRY_MILLISECONDS,
      restMilliseconds: values.SUBGRAPH_REST_MS,
    },
    forwardRules: rules(readHeaderRules, 'FORWARD_HEADERS'),
    returnRules: rules(readReturnRules, 'RETURN_HEADERS'),
    labelRules: rules(readLabelRules, 'OVERRIDE_LABELS'),
    deduplication: values.DEDUPLICATION,
  };
}
