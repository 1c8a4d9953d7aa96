/** An exact decimal number: `units` tenths, hundredths … as `scale` says. Cells hold more digits than a float keeps. */
export interface Decimal {
  readonly units: bigint;
  /** Digits after the point; negative for whole tens, hundreds and so on. */
  readonly scale: number;
}

const WRITTEN = /^([-+]?)(\d*)(?:\.(\d*))?(?:e([-+]?\d+))?$/i;
/** A figure with more digits than these is none that a text tells. */
const MOST_DIGITS = 400;

/** Undefined for what is no number: `1721448.00`, `-0.5`, `1e21` are ones. */
export function readDecimal(text: string): Decimal | undefined {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = WRITTEN.exec(text) ?? [];
  const digits = whole + fraction;
  if (digits === '' || digits.length > MOST_DIGITS || Math.abs(Number(exponent)) > MOST_DIGITS)
    return undefined;
  const units = BigInt(digits);
  return { units: sign === '-' ? -units : units, scale: fraction.length - Number(exponent) };
}

/** Times a power of ten. */
export function shift({ units, scale }: Decimal, places: number): Decimal {
  return { units, scale: scale - places };
}

export function absolute({ units, scale }: Decimal): Decimal {
  return { units: units < 0n ? -units : units, scale };
}

export function isEqual(a: Decimal, b: Decimal): boolean {
  const [left, right] = aligned(a, b);
  return left === right;
}

/** One in so many that a rounded figure may be off, however coarsely it is written: 3 is no rounding of 2.6. */
const MOST_OFF = 20n;

/** Whether `written`, whose last digit stands for 10^`place`, is what `exact` is when rounded there. */
export function isRounding(written: Decimal, exact: Decimal, place: number): boolean {
  const [left, right, half] = aligned(written, exact, { units: 5n, scale: 1 - place });
  const off = left > right ? left - right : right - left;
  const size = right < 0n ? -right : right;
  return off === 0n || (off <= half && off * MOST_OFF <= size);
}

/** In units of the finest of them. */
function aligned(a: Decimal, b: Decimal, c: Decimal = a): [bigint, bigint, bigint] {
  const scale = Math.max(a.scale, b.scale, c.scale);
  const at = (decimal: Decimal) => decimal.units * 10n ** BigInt(scale - decimal.scale);
  return [at(a), at(b), at(c)];
}
