/** The root fields of queries that are the gateway's own: no domain is called so, and no step of an answer asks for one. */
export const OWN_QUERY_FIELDS: readonly string[] = [
  'ask',
  'answer',
  'conversation',
  'conversations',
  'feedbackToReview',
  'verifiedQueries',
];
