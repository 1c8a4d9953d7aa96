import { AskgraphError, isErrorCode } from '../../schema/errors.js';
import type { Answer } from '../ask/answer-types.js';
import { type AskOptions, instant } from './ask-options.js';

const FAULT = 'code message domain retryable requestId';
const COLUMN = 'name label type unit masked';
const DOCUMENT = `query Ask($input: AskInput!) { ask(input: $input) {
  id conversationId question createdAt status text restatement trust planner assumptions followUps chart
  table { columns { ${COLUMN} } rows totalRows truncated }
  facts { label value unit }
  steps { name dependsOn domain engine language query variables executedSql status attempt rows bytesScanned milliseconds error { ${FAULT} } }
  sources { domain table columns dataThrough }
  claims { text cells { step row column } }
  missing { domain fault { ${FAULT} } }
  clarification { prompt choices { id label } }
  usage { modelCalls inputTokens outputTokens cost currency milliseconds }
} }`;

/** Asks a gateway over HTTP. */
export async function askRemote(
  url: string,
  question: string,
  options: AskOptions,
  credential: Readonly<Record<string, string>>,
): Promise<Answer> {
  if (!URL.canParse(url))
    throw new AskgraphError(
      'BAD_USER_INPUT',
      `"${url}" is not an address; write one such as http://127.0.0.1:4000.`,
    );
  const input = {
    question,
    ...(options.asOf === undefined ? {} : { asOf: instant(options.asOf) }),
    ...(options.domain === undefined ? {} : { domains: options.domain }),
  };
  const response = await fetch(new URL('/graphql', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...credential },
    body: JSON.stringify({ query: DOCUMENT, variables: { input } }),
    // The credential is for this address.
    redirect: 'manual',
  }).catch((cause: unknown) => {
    throw new AskgraphError('SUBGRAPH_UNAVAILABLE', `No gateway answers at ${url}.`, { cause });
  });
  if (response.status >= 300 && response.status < 400)
    throw new AskgraphError('BAD_USER_INPUT', `${url} leads elsewhere. Give the gateway's own address.`);
  const body = (await response.json().catch(() => ({}))) as {
    data?: { ask?: Answer | null };
    errors?: { message: string; extensions?: { code?: unknown } }[];
  };
  const [error] = body.errors ?? [];
  if (error !== undefined)
    throw new AskgraphError(
      isErrorCode(error.extensions?.code) ? error.extensions.code : 'QUERY_FAILED',
      error.message,
    );
  if (body.data?.ask == null)
    throw new AskgraphError(
      'QUERY_FAILED',
      `What answers at ${url} is no Askgraph gateway (HTTP ${response.status}).`,
    );
  return body.data.ask;
}
