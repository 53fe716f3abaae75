// A difference that an approver refused is waived: it stays what it is, and is neither billed nor asked for again.

import type { Standing } from '../../model/decision.ts';
import { type BillingDocument, type ChargedFor, chargeKey } from '../../model/document.ts';
import type { Currency } from '../../model/money.ts';

/** By currency and charge: what was waived so far, signed minor units. */
export type Waived = ReadonlyMap<Currency, ReadonlyMap<string, bigint>>;

export function waivedIn({ waived = {} }: Standing): Waived {
  return new Map(
    Object.entries(waived).map(([currency, charges]) => [
      currency,
      new Map(Object.entries(charges).map(([charge, amountMinor]) => [charge, BigInt(amountMinor)])),
    ]),
  );
}

/** A refusal is of a difference: where less of it is left now, so much less is waived, and none where it has turned. */
export function leftOf(refusedMinor: bigint, differenceMinor: bigint): bigint {
  if (refusedMinor > 0n) return lesser(refusedMinor, differenceMinor > 0n ? differenceMinor : 0n);
  return -lesser(-refusedMinor, differenceMinor < 0n ? -differenceMinor : 0n);
}

function lesser(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

type Left = {
  readonly currency: Currency;
  readonly charges: readonly (ChargedFor & { readonly refusedMinor: bigint })[];
};

/** The standing with what is left of the refusals; what is over once is not waived again. */
export function withLeft(standing: Standing, balances: readonly Left[]): Standing {
  const { waived, ...others } = standing;
  if (waived === undefined) return standing;
  const left = new Map<Currency, Map<string, bigint>>();
  for (const { currency, charges } of balances) {
    for (const charge of charges) if (charge.refusedMinor !== 0n) add(left, currency, charge, charge.refusedMinor);
  }
  return left.size === 0 ? others : { ...others, waived: inTexts(left) };
}

/** The standing after these adjustments were refused. */
export function withWaived(standing: Standing, refused: readonly BillingDocument[]): Standing {
  const waived = new Map([...waivedIn(standing)].map(([currency, charges]) => [currency, new Map(charges)]));
  for (const { kind, currency, lines } of refused) {
    for (const line of lines) {
      add(waived, currency, line, kind === 'credit-note' ? -line.amountMinor : line.amountMinor);
    }
  }
  return { ...standing, waived: inTexts(waived) };
}

type Sums = Map<Currency, Map<string, bigint>>;

function add(sums: Sums, currency: Currency, charged: ChargedFor, amountMinor: bigint): void {
  const charges = sums.get(currency) ?? new Map<string, bigint>();
  sums.set(currency, charges);
  const key = chargeKey(charged);
  charges.set(key, (charges.get(key) ?? 0n) + amountMinor);
}

function inTexts(sums: Sums): NonNullable<Standing['waived']> {
  const inText = (charges: ReadonlyMap<string, bigint>) =>
    Object.fromEntries([...charges].map(([charge, amountMinor]) => [charge, String(amountMinor)]));
  return Object.fromEntries([...sums].map(([currency, charges]) => [currency, inText(charges)]));
}
