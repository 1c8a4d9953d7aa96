/** The two media types that an answer may have; they differ in what its status says. */
export type AnswerType = 'application/graphql-response+json' | 'application/json';

const MODERN: AnswerType = 'application/graphql-response+json';
const PLAIN: AnswerType = 'application/json';

/**
 * Which media type a client takes, by its Accept header. One that says nothing, or takes anything, gets
 * application/json, which every client understands. Undefined: it takes neither.
 */
export function chooseAnswerType(accept: string | undefined): AnswerType | undefined {
  if (accept === undefined || accept === '' || accept === '*/*' || accept === PLAIN) return PLAIN;
  let chosen: AnswerType | undefined;
  let best = 0;
  for (const range of accept.split(',')) {
    const [name, ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const type = name === MODERN ? MODERN : isPlain(name) ? PLAIN : undefined;
    const quality = qualityOf(parameters);
    if (type !== undefined && quality > best) {
      chosen = type;
      best = quality;
    }
  }
  return chosen;
}

function isPlain(name: string | undefined): boolean {
  return name === PLAIN || name === 'application/*' || name === '*/*';
}

function qualityOf(parameters: readonly string[]): number {
  const given = parameters.find((parameter) => parameter.startsWith('q='));
  const quality = given === undefined ? 1 : Number(given.slice(2));
  return Number.isNaN(quality) ? 0 : quality;
}

/** Whether a request's Content-Type is JSON in UTF-8. */
export function isJsonBody(contentType: string | undefined): boolean {
  if (contentType === 'application/json') return true;
  const [name, ...parameters] = (contentType ?? '').split(';').map((part) => part.trim().toLowerCase());
  return (
    name === 'application/json' &&
    parameters.every(
      (parameter) => !parameter.startsWith('charset=') || /^charset="?utf-?8"?$/.test(parameter),
    )
  );
}
