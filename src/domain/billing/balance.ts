// What a shipment's charges come to against its documents, code by code, in one currency.

import type { RatedCharge } from '../../model/decision.ts';
import type { KnownDocument } from '../../model/document.ts';
import type { Currency } from '../../model/money.ts';

export type CodeBalance = {
  readonly code: string;
  /** As rated now. */
  readonly chargedMinor: bigint;
  /** On documents so far, net of credit notes. */
  readonly documentedMinor: bigint;
  /** On documents that the ERP holds, net of credit notes. */
  readonly inErpMinor: bigint;
};

export type CurrencyBalance = {
  readonly currency: Currency;
  readonly codes: readonly CodeBalance[];
  readonly documents: readonly KnownDocument[];
};

/** Ascending by currency and code: the lesser currency code has the lesser document number. */
export function balancesOf(
  shipment: string,
  charges: readonly RatedCharge[],
  documents: readonly KnownDocument[],
): CurrencyBalance[] {
  const currencies = new Set([...charges, ...documents].map(({ currency }) => currency));
  return [...currencies].sort().map((currency) => {
    const ofCurrency = documents.filter((document) => document.currency === currency);
    const charged = charges.filter((charge) => charge.currency === currency);
    return { currency, codes: codesOf(shipment, charged, ofCurrency), documents: ofCurrency };
  });
}

function codesOf(
  shipment: string,
  charges: readonly RatedCharge[],
  documents: readonly KnownDocument[],
): CodeBalance[] {
  const codes = new Map<string, { chargedMinor: bigint; documentedMinor: bigint; inErpMinor: bigint }>();
  const at = (code: string) => {
    const known = codes.get(code) ?? { chargedMinor: 0n, documentedMinor: 0n, inErpMinor: 0n };
    codes.set(code, known);
    return known;
  };
  for (const { code, amountMinor } of charges) at(code).chargedMinor += amountMinor;
  for (const document of documents) {
    const sign = document.kind === 'credit-note' ? -1n : 1n;
    for (const line of document.lines) {
      if (line.shipment !== shipment) continue;
      const balance = at(line.code);
      balance.documentedMinor += sign * line.amountMinor;
      if (document.inErp) balance.inErpMinor += sign * line.amountMinor;
    }
  }
  return [...codes].map(([code, sums]) => ({ code, ...sums })).sort((a, b) => (a.code < b.code ? -1 : 1));
}
