// Exact decimals for rates and quantities, by the library big.js.
//
// Additions and products are exact. Quotients carry 40 places: far beyond any rate, so that rounding to
// a minor unit is never decided by the cut.

import Big from 'big.js';

const ExactBig = Big();
ExactBig.DP = 40;
ExactBig.strict = false;

export type Decimal = Big;

const TEXT = /^-?\d{1,24}(\.\d{1,24})?$/;

export function isDecimalText(text: string): boolean {
  return TEXT.test(text);
}

const PARSED = new Map<string, Decimal>();

/** Text must be a plain decimal (`isDecimalText`); anything else is a bug of the caller and throws. */
export function decimal(value: string | number | bigint | Decimal): Decimal {
  if (typeof value !== 'string') return new ExactBig(typeof value === 'bigint' ? value.toString() : value);
  // Rates and usual quantities come again with every decision, and a decimal never changes. Bounded: messages may say anything.
  let parsed = PARSED.get(value);
  if (parsed === undefined) {
    parsed = new ExactBig(value);
    if (PARSED.size >= 4_096) PARSED.clear();
    PARSED.set(value, parsed);
  }
  return parsed;
}

export const ZERO: Decimal = decimal(0);

/** Shortest plain form: `"480"`, `"0.185"`; no exponent, no trailing zeros. */
export function formatDecimal(value: Decimal): string {
  return value.toFixed();
}
