import type { Answer, Step } from '../questions/ask.js';

export type FollowedEvent =
  | { readonly __typename: 'AskStarted'; readonly answerId: string; readonly conversationId: string }
  | { readonly __typename: 'StepChanged'; readonly step: Step }
  | {
      readonly __typename: 'RowsArrived';
      readonly stepName: string;
      readonly columns: readonly { readonly name: string }[];
      readonly rows: readonly (readonly unknown[])[];
    }
  | { readonly __typename: 'TextDelta'; readonly text: string }
  | { readonly __typename: 'AskDone'; readonly answer: Answer }
  | {
      readonly __typename: 'AskFailed';
      readonly fault: { readonly code: string; readonly message: string; readonly requestId: string };
    };

export const FOLLOW = `subscription ($input: AskInput!) {
  ask(input: $input) {
    __typename
    ... on AskStarted { answerId conversationId }
    ... on StepChanged { step { name domain language query variables status attempt rows } }
    ... on RowsArrived { stepName columns { name } rows }
    ... on TextDelta { text }
    ... on AskDone {
      answer {
        id conversationId question status text restatement trust planner
        usage { modelCalls inputTokens outputTokens cost }
        table { columns { name label unit } rows totalRows truncated }
        claims { text cells { step row column } }
      }
    }
    ... on AskFailed { fault { code message requestId } }
  }
}`;

/** Subscribes to a question as a client of GraphQL over SSE does; the response is read by whoever asked for it. */
export function subscribe(
  url: string,
  input: object,
  init: { readonly headers?: Readonly<Record<string, string>>; readonly signal?: AbortSignal } = {},
): Promise<Response> {
  return fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...init.headers },
    body: JSON.stringify({ query: FOLLOW, variables: { input } }),
    signal: init.signal ?? AbortSignal.timeout(20_000),
  });
}

/** The messages of an event stream as they come, each with its event and its data. */
export async function* messagesOf(response: Response): AsyncGenerator<{ event: string; data: string }> {
  let text = '';
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const messages = text.split('\n\n');
    text = messages.pop() ?? '';
    for (const message of messages) {
      if (message.startsWith(':')) continue;
      const [, event = '', data = ''] = /^event: (\w+)\ndata:(?: (.*))?$/s.exec(message) ?? [];
      yield { event, data };
    }
  }
}

/** Follows a question to its end. */
export async function followed(response: Response): Promise<FollowedEvent[]> {
  const events: FollowedEvent[] = [];
  for await (const { event, data } of messagesOf(response)) {
    if (event !== 'next') continue;
    const { data: result, errors } = JSON.parse(data) as { data?: { ask: FollowedEvent }; errors?: unknown };
    if (result === undefined) throw new Error(JSON.stringify(errors));
    events.push(result.ask);
  }
  return events;
}

/** The events of one kind. */
export function ofKind<Kind extends FollowedEvent['__typename']>(
  events: readonly FollowedEvent[],
  kind: Kind,
): Extract<FollowedEvent, { __typename: Kind }>[] {
  return events.filter(
    (event): event is Extract<FollowedEvent, { __typename: Kind }> => event.__typename === kind,
  );
}
