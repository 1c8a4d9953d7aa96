/** What the tests read of an Answer. */
export interface Answer {
  readonly id: string;
  readonly conversationId: string;
  readonly question: string;
  readonly status: string;
  readonly text: string;
  readonly restatement: string | null;
  readonly trust: string | null;
  readonly planner: string;
  readonly usage: {
    readonly modelCalls: number;
    readonly inputTokens: number;
    readonly outputTokens: number;
    readonly cost: string | null;
  };
  readonly table: {
    readonly columns: readonly {
      readonly name: string;
      readonly label: string;
      readonly unit: string | null;
    }[];
    readonly rows: readonly (readonly unknown[])[];
    readonly totalRows: number | null;
    readonly truncated: boolean;
  } | null;
  readonly facts: readonly {
    readonly label: string;
    readonly value: unknown;
    readonly unit: string | null;
  }[];
  readonly steps: readonly Step[];
  readonly sources: readonly {
    readonly domain: string;
    readonly table: string;
    readonly columns: readonly string[];
    readonly dataThrough: string | null;
  }[];
  readonly claims: readonly {
    readonly text: string;
    readonly cells: readonly { readonly step: string; readonly row: number; readonly column: string }[];
  }[];
  readonly assumptions: readonly string[];
  readonly clarification: {
    readonly prompt: string;
    readonly choices: readonly { readonly id: string; readonly label: string }[];
  } | null;
}

export interface Step {
  readonly name: string;
  readonly domain: string | null;
  readonly language: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>> | null;
  readonly status: string;
  readonly attempt: number;
  readonly rows: number | null;
}

export interface AskInput {
  readonly question: string;
  readonly asOf?: string;
  readonly choiceId?: string;
  readonly maxRows?: number;
}

export interface GraphqlResponse<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

const ASK = `query ($input: AskInput!) {
  ask(input: $input) {
    id conversationId question status text restatement trust planner
    usage { modelCalls inputTokens outputTokens cost }
    table { columns { name label unit } rows totalRows truncated }
    facts { label value unit }
    steps { name domain language query variables status attempt rows }
    sources { domain table columns dataThrough }
    claims { text cells { step row column } }
    assumptions
    clarification { prompt choices { id label } }
  }
}`;

/** Posts an operation to a gateway, as any client does. */
export async function post<Data>(
  url: string,
  query: string,
  variables: Readonly<Record<string, unknown>> | null,
): Promise<GraphqlResponse<Data>> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: variables ?? undefined }),
  });
  return (await response.json()) as GraphqlResponse<Data>;
}

/** Asks in a conversation of its own, and hands over whatever comes. */
export function tryAsk(url: string, input: AskInput): Promise<GraphqlResponse<{ ask: Answer | null }>> {
  return post(url, ASK, { input });
}

/** Asks in a conversation of its own; an error is thrown. */
export async function ask(url: string, input: AskInput): Promise<Answer> {
  const { data, errors } = await tryAsk(url, input);
  if (errors !== undefined || !data?.ask) {
    throw new Error(`${JSON.stringify(input)} → ${JSON.stringify(errors ?? data)}`);
  }
  return data.ask;
}
