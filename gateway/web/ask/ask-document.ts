/** The one operation that the page sends. */
export const ASK_DOCUMENT = `subscription Ask($input: AskInput!) {
  ask(input: $input) {
    __typename
    ... on StepChanged { step { name domain status } }
    ... on RowsArrived { stepName columns { name label type unit masked } rows }
    ... on TextDelta { text }
    ... on AskDone { answer { ...Answer } }
    ... on AskFailed { fault { code message requestId } }
  }
}

fragment Answer on Answer {
  id
  conversationId
  status
  text
  restatement
  trust
  table {
    columns { name label type unit masked }
    rows
    totalRows
    truncated
  }
  facts { label value unit }
  steps {
    name
    domain
    engine
    language
    query
    variables
    executedSql
    status
    rows
    milliseconds
    error { code message requestId }
  }
  sources { domain table columns dataThrough }
  assumptions
  followUps
  missing { domain fault { code message requestId } }
  clarification { prompt choices { id label } }
  planner
  usage { modelCalls inputTokens outputTokens cost currency milliseconds }
}`;
