import type { ResponseStream, SageMakerRuntimeClient } from '@aws-sdk/client-sagemaker-runtime';
import { checkedStream } from './checked-stream.js';
import type { Model } from './model.js';
import { modelError } from './model-errors.js';
import { readObjectText, withSchemaInText } from './object-text.js';
import { readReply, readStream, type SagemakerFormat, writeRequest } from './sagemaker-formats.js';

export interface SagemakerOptions {
  readonly endpointName: string;
  /** Of an endpoint that serves several models: which one. */
  readonly inferenceComponent?: string;
  readonly format: SagemakerFormat;
  readonly region?: string;
  /** Where SageMaker answers, if not at its own address. */
  readonly endpoint?: string;
}

/** A model behind a SageMaker endpoint, such as one of JumpStart. It is asked for JSON text, since few containers force tools. */
export function sagemakerModel(options: SagemakerOptions): Model {
  const name = `sagemaker:${options.endpointName}`;
  let client: Promise<SageMakerRuntimeClient> | undefined;
  const connected = () => {
    client ??= makeClient(options);
    return client;
  };
  const inputOf = (body: string) => ({
    EndpointName: options.endpointName,
    ContentType: 'application/json',
    Body: new TextEncoder().encode(body),
    ...(options.inferenceComponent === undefined
      ? {}
      : { InferenceComponentName: options.inferenceComponent }),
  });

  return {
    name,
    async generate(request) {
      try {
        const { InvokeEndpointCommand } = await import('@aws-sdk/client-sagemaker-runtime');
        const body = writeRequest({ ...request, ...withSchemaInText(request) }, options.format, 'whole');
        const reply = await (await connected()).send(new InvokeEndpointCommand(inputOf(body)), {
          abortSignal: request.signal,
        });
        const { text, ...end } = readReply(new TextDecoder().decode(reply.Body));
        return { value: readObjectText(text), ...end };
      } catch (error) {
        throw modelError(error, name, request.signal);
      }
    },
    stream: (request) =>
      checkedStream(name, request, async function* (signal) {
        const { InvokeEndpointWithResponseStreamCommand } = await import('@aws-sdk/client-sagemaker-runtime');
        const body = writeRequest(request, options.format, 'streamed');
        const command = new InvokeEndpointWithResponseStreamCommand(inputOf(body));
        const { Body = [] } = await (await connected()).send(command, { abortSignal: signal });
        yield* readStream(bytesOf(Body as AsyncIterable<ResponseStream>));
      }),
  };
}

async function makeClient({ region, endpoint }: SagemakerOptions): Promise<SageMakerRuntimeClient> {
  const { SageMakerRuntimeClient } = await import('@aws-sdk/client-sagemaker-runtime');
  return new SageMakerRuntimeClient({
    // Requests are sent again by what is around this, which knows the deadline.
    maxAttempts: 1,
    ...(region === undefined ? {} : { region }),
    ...(endpoint === undefined ? {} : { endpoint }),
  });
}

async function* bytesOf(events: AsyncIterable<ResponseStream>): AsyncIterable<Uint8Array> {
  for await (const event of events) {
    if (event.PayloadPart?.Bytes !== undefined) yield event.PayloadPart.Bytes;
    const failure = event.ModelStreamError ?? event.InternalStreamFailure;
    if (failure !== undefined) throw failure;
  }
}
