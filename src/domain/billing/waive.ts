// A difference that an approver refused is waived: it stays what it is, and is neither billed nor asked for again.

import type { Standing } from '../../model/decision.ts';
import { type BillingDocument, chargeKey } from '../../model/document.ts';
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

/** The standing after these adjustments were refused. */
export function withWaived(standing: Standing, refused: readonly BillingDocument[]): Standing {
  const waived = new Map([...waivedIn(standing)].map(([currency, charges]) => [currency, new Map(charges)]));
  for (const { kind, currency, lines } of refused) {
    const charges = waived.get(currency) ?? new Map<string, bigint>();
    waived.set(currency, charges);
    for (const line of lines) {
      const amountMinor = kind === 'credit-note' ? -line.amountMinor : line.amountMinor;
      charges.set(chargeKey(line), (charges.get(chargeKey(line)) ?? 0n) + amountMinor);
    }
  }
  const texts = [...waived].map(([currency, charges]) => [
    currency,
    Object.fromEntries([...charges].map(([charge, amountMinor]) => [charge, String(amountMinor)])),
  ]);
  return { ...standing, waived: Object.fromEntries(texts) };
}
