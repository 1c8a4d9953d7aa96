const WORDS: ReadonlyMap<number, string> = new Map(
  (
    [
      ['mainly clear', [1]],
      ['partly cloudy', [2]],
      ['overcast', [3]],
      ['fog', [45, 48]],
      ['drizzle', [51, 53, 55]],
      ['freezing drizzle', [56, 57]],
      ['rain', [61, 63, 65]],
      ['freezing rain', [66, 67]],
      ['snow', [71, 73, 75, 77]],
      ['rain showers', [80, 81, 82]],
      ['snow showers', [85, 86]],
      ['thunderstorm', [95]],
      ['thunderstorm with hail', [96, 99]],
    ] as const
  ).flatMap(([words, codes]) => codes.map((code) => [code, words] as const)),
);

/** What a WMO weather code means, in words; null for a code that Open-Meteo does not document. */
export function conditionsOf(code: number | null, light: 'day' | 'night'): string | null {
  if (code === null) return null;
  if (code === 0) return light === 'day' ? 'sun' : 'clear';
  return WORDS.get(code) ?? null;
}
