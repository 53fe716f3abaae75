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

/** Text must be a plain decimal (`isDecimalText`); anything else is a bug of the caller and throws. */
export function decimal(value: string | number | bigint | Decimal): Decimal {
  return new ExactBig(typeof value === 'bigint' ? value.toString() : value);
}

export const ZERO: Decimal = decimal(0);

/** Shortest plain form: `"480"`, `"0.185"`; no exponent, no trailing zeros. */
export function formatDecimal(value: Decimal): string {
  return value.toFixed();
}
