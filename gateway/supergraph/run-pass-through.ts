import type { ExecutionResult } from 'graphql';
import type { Execution } from './execution.js';
import { subgraphError, transportError } from './fetch-errors.js';
import { isJsonObject, type JsonObject } from './json.js';
import type { PassThrough } from './pass-through.js';
import { ResultErrors } from './result-errors.js';
import { type FetchRequest, send, sendForText } from './send.js';
import { pickVariables } from './variables.js';

/** A result, or the text of one that has data and nothing else. */
export type PassedAnswer = ExecutionResult | { readonly text: string };

/**
 * Runs a fetch whose answer is the client's. As text it is passed on unread where it has no errors; what has errors is
 * read, and they are told as those of any fetch. `emptyAnswer` makes the data of an answer that has none.
 */
export async function runPassThrough(
  pass: PassThrough,
  execution: Execution,
  form: 'text' | 'values',
  emptyAnswer: (errors: ResultErrors) => JsonObject | null,
): Promise<PassedAnswer> {
  const errors = new ResultErrors();
  const request: FetchRequest = {
    query: pass.operation,
    operationName: pass.operationName,
    variables: pickVariables(execution.variables, pass.variableUsages),
    variablesJson: undefined,
  };
  try {
    const answer = form === 'text' ? await sendForText(pass.serviceName, request, execution) : undefined;
    if (answer !== undefined && hasDataAlone(answer.text)) return { text: answer.text };
    const result = answer === undefined ? await send(pass.serviceName, request, execution) : answer.read();
    if (result.errors === undefined && isJsonObject(result.data)) return { data: result.data };
    for (const error of result.errors ?? []) {
      const paths = error.path === undefined ? pass.rootFields.map((field) => [field]) : [error.path];
      for (const path of paths) errors.add(subgraphError(error, pass.serviceName, path), path);
    }
    const data = isJsonObject(result.data) ? result.data : emptyAnswer(errors);
    return { errors: errors.list, data };
  } catch (thrown) {
    for (const field of pass.rootFields)
      errors.add(transportError(thrown, pass.serviceName, [field]), [field]);
    const data = emptyAnswer(errors);
    return { errors: errors.list, data };
  }
}

/**
 * Whether an answer is seen, without being read, to have an object as its data and no errors. Inside a string a
 * quotation mark has a backslash before it, so these words in quotation marks can only be names: where a field has
 * such a name, the answer is read.
 */
function hasDataAlone(text: string): boolean {
  return (
    text.startsWith('{"data":{') &&
    text.endsWith('}}') &&
    !text.includes('"errors"') &&
    !text.includes('"extensions"')
  );
}
