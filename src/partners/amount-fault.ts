// Which amount of a payment or a carrier's bill cannot be one of its currency.
//
// A schema sees decimals; how many places a currency has, and that nobody pays less than nothing, it does not see. Passed on,
// such an amount would be cut or lost in silence.

import type { CanonicalEvent } from '../model/event.ts';
import { minorExponent, parseMinor } from '../model/money.ts';

export type AmountFault = {
  /** In the event's data, such as `lines[2].amount`. */
  readonly path: string;
  /** What is wrong with it, in words. */
  readonly reason: string;
};

/** A hundred million millions, in cents: sums of many such still fit what the database keeps. */
const BEYOND_MINOR = 10n ** 16n;

/** The first of them; `undefined` when all can be taken as they are, or the event has none. */
export function amountFault(event: CanonicalEvent): AmountFault | undefined {
  switch (event.type) {
    case 'payment.received': {
      const { amount, currency, remittance = [] } = event.data;
      return (
        faultOf('amount', amount, currency) ??
        belowZero(amount, currency) ??
        firstFault('remittance', remittance, currency)
      );
    }
    case 'payment.reversed':
      return faultOf('amount', event.data.amount, event.data.currency);
    case 'carrier.invoice':
      return firstFault('lines', event.data.lines, event.data.currency);
    default:
      return undefined;
  }
}

function belowZero(amount: string, currency: string): AmountFault | undefined {
  if ((parseMinor(amount, currency) ?? 0n) >= 0n) return undefined;
  return {
    path: 'amount',
    reason: `is ${amount}, and nobody pays less than nothing: what a bank took back is a payment.reversed`,
  };
}

function firstFault(list: string, rows: readonly { readonly amount: string }[], currency: string) {
  for (const [index, { amount }] of rows.entries()) {
    const fault = faultOf(`${list}[${index}].amount`, amount, currency);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function faultOf(path: string, amount: string, currency: string): AmountFault | undefined {
  const minor = parseMinor(amount, currency);
  if (minor === undefined) {
    return { path, reason: `is ${amount}, which is no amount of ${currency}: it has ${placesOf(currency)}` };
  }
  return minor < BEYOND_MINOR && minor > -BEYOND_MINOR
    ? undefined
    : { path, reason: `is ${amount}, more than can be kept` };
}

function placesOf(currency: string): string {
  const places = minorExponent(currency);
  return places === 0 ? 'no decimals' : `${places} decimals`;
}
