// Amounts of money: whole minor units of a currency, never floats.
//
// Rates stay decimals until a charge is rounded, once, to the minor unit (contract section 2: "Each charge is
// rounded to the currency's minor unit").

import { type Decimal, decimal } from './decimal.ts';

/** ISO 4217 code, upper case. */
export type Currency = string;

export type Rounding = 'half-up' | 'half-even';

// ISO 4217 (amendment 177): currencies whose minor unit is not the hundredth.
const EXPONENTS: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' ').map((code) => [code, 0]),
  ),
  ...Object.fromEntries('BHD IQD JOD KWD LYD OMR TND'.split(' ').map((code) => [code, 3])),
  CLF: 4,
  UYW: 4,
};

const KNOWN_CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

export function isCurrency(code: string): boolean {
  return KNOWN_CURRENCIES.has(code);
}

/** Decimal places of a currency's minor unit: USD 2, JPY 0, KWD 3. */
export function minorExponent(currency: Currency): number {
  return EXPONENTS[currency] ?? 2;
}

/** An exact decimal amount in major units → minor units, rounded by the agreement's rule (half away from zero for `half-up`). */
export function toMinor(amount: Decimal, currency: Currency, rounding: Rounding = 'half-up'): bigint {
  const places = minorExponent(currency);
  const { s: sign, e: exponent, c: digits } = amount.round(places, rounding === 'half-up' ? 1 : 2);
  // A decimal is its digits, the first of them worth ten to the exponent; rounded, no digit is worth less than a minor unit.
  const magnitude = BigInt(digits.join('').padEnd(exponent + places + 1, '0'));
  return sign < 0 ? -magnitude : magnitude;
}

/** Minor units → an exact decimal in major units. */
export function toMajor(amountMinor: bigint, currency: Currency): Decimal {
  return decimal(formatMinor(amountMinor, currency));
}

/** `"128.40"` → 12840n. `undefined` when the text is no decimal or has more places than the currency. */
export function parseMinor(text: string, currency: Currency): bigint | undefined {
  const match = /^(-?)(\d{1,18})(?:\.(\d+))?$/.exec(text);
  if (match === null) return undefined;
  const places = minorExponent(currency);
  const fraction = match[3] ?? '';
  if (/[1-9]/.test(fraction.slice(places))) return undefined;
  const magnitude = BigInt(`${match[2]}${fraction.slice(0, places).padEnd(places, '0')}`);
  return match[1] === '-' ? -magnitude : magnitude;
}

/** A limit, `"150.005"` USD → 15000n: what is finer than the currency is cut off, for no amount lies between. */
export function limitMinor(limit: string, currency: Currency): bigint {
  return toMinor(decimal(limit).round(minorExponent(currency), 0), currency);
}

/** 12840n, USD → `"128.40"`; 500n, JPY → `"500"`. */
export function formatMinor(amountMinor: bigint, currency: Currency): string {
  const places = minorExponent(currency);
  const digits = absolute(amountMinor)
    .toString()
    .padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const sign = amountMinor < 0n ? '-' : '';
  return places === 0 ? `${sign}${whole}` : `${sign}${whole}.${digits.slice(-places)}`;
}

export function absolute(amountMinor: bigint): bigint {
  return amountMinor < 0n ? -amountMinor : amountMinor;
}

/**
 * Splits an amount by weights so that the parts add up to it exactly. Each part is within one minor unit of its exact share;
 * the units left over go to the largest remainders, of equal ones to the first.
 * Weights are not negative and not all zero.
 */
export function allocate(amountMinor: bigint, weights: readonly bigint[]): bigint[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0n);
  if (total <= 0n || weights.some((weight) => weight < 0n)) throw new RangeError('weights must be ≥ 0 and not all 0');
  const magnitude = absolute(amountMinor);
  const shares = weights.map((weight, index) => ({
    index,
    part: (magnitude * weight) / total,
    remainder: (magnitude * weight) % total,
  }));
  let left = magnitude - shares.reduce((sum, share) => sum + share.part, 0n);
  const byRemainder = [...shares].sort((a, b) =>
    a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1,
  );
  for (const share of byRemainder) {
    if (left === 0n) break;
    share.part += 1n;
    left -= 1n;
  }
  return shares.map((share) => (amountMinor < 0n ? -share.part : share.part));
}
