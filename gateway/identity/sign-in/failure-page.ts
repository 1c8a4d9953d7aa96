import type { AskgraphError } from '../../../schema/errors.js';

/** The page runs nothing and loads nothing. */
export const PAGE_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'";

/** What a browser is told whose sign-in did not succeed. Nothing in it comes from the request. */
export function failurePage({ code, message }: AskgraphError, requestId: string): string {
  return `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8" /><title>Sign-in – Askgraph</title></head>
  <body>
    <h1>You are not signed in</h1>
    <p>${escaped(message)}</p>
    <p>Code <code>${escaped(code)}</code>, request <code>${escaped(requestId)}</code></p>
    <p><a href="/sign-in">Sign in</a> · <a href="/">Askgraph</a></p>
  </body>
</html>
`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
