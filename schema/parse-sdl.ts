import { type DocumentNode, Kind, parse } from 'graphql';

/**
 * Parses a schema whose names become keys of answers. JavaScript keeps a text in two bytes a letter as soon as one of
 * its letters is beyond Latin-1, be it in a comment, and so it keeps each name that is cut from it, and the JSON of each
 * answer that has such a name: it is twice as long, and takes twice as long to write and to send. So names are kept in
 * one byte a letter here, wherever they come from.
 */
export function parseSdl(text: string): DocumentNode {
  if (!BEYOND_LATIN_1.test(text)) return parse(oneByte(text), { noLocation: true });
  const document = parse(text, { noLocation: true });
  shortenNames(document);
  return document;
}

const BEYOND_LATIN_1 = /[^\0-\xff]/;

/** The same text in one byte a letter; all its letters are of Latin-1. */
function oneByte(text: string): string {
  return Buffer.from(text, 'latin1').toString('latin1');
}

function shortenNames(node: object): void {
  for (const part of Object.values(node)) {
    if (typeof part !== 'object' || part === null) continue;
    if (part.kind === Kind.NAME) part.value = oneByte(part.value);
    else shortenNames(part);
  }
}
