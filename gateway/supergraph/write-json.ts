/** As long as a string is no longer, looking at each character is faster than calling JSON.stringify. */
const SHORT = 100;

/** Writes a value as JSON; what JSON has no word for is null. */
export function writeJson(value: unknown): string {
  if (typeof value === 'string') return value.length <= SHORT ? writeShort(value) : JSON.stringify(value);
  if (typeof value === 'boolean' || Number.isFinite(value)) return `${value}`;
  return JSON.stringify(value) ?? 'null';
}

/** A string in quotation marks, where no character of it has to be escaped. */
function writeShort(value: string): string {
  for (let index = 0; index < value.length; index++) {
    const code = value.charCodeAt(index);
    // Control characters, the quotation mark, the backslash, and surrogates, which may stand alone.
    if (code < 0x20 || code === 0x22 || code === 0x5c || (code >= 0xd800 && code <= 0xdfff)) {
      return JSON.stringify(value);
    }
  }
  return `"${value}"`;
}
