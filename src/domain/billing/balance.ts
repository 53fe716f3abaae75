// What a shipment's charges come to against its documents, charge by charge, in one currency.

import { type Decimal, decimal, ZERO } from '../../model/decimal.ts';
import type { RatedCharge } from '../../model/decision.ts';
import { type ChargedFor, chargeKey, type KnownDocument, type KnownLine } from '../../model/document.ts';
import type { Currency } from '../../model/money.ts';
import type { Waived } from './waive.ts';

export type ChargeBalance = ChargedFor & {
  /** As rated now; `undefined` when it is no longer charged. */
  readonly charge?: RatedCharge;
  readonly chargedMinor: bigint;
  /** On documents so far, net of credit notes. */
  readonly documentedMinor: bigint;
  /** On documents that the ERP holds, net of credit notes. */
  readonly inErpMinor: bigint;
  /** Differences that were refused: neither billed nor asked for. */
  readonly waivedMinor: bigint;
  /** Goods: the quantity on documents so far, net of credit notes. */
  readonly documentedQuantity: Decimal;
  /** The line of the last document that has this charge. */
  readonly last?: KnownLine;
};

export type CurrencyBalance = {
  readonly currency: Currency;
  readonly charges: readonly ChargeBalance[];
  readonly documents: readonly KnownDocument[];
};

/** What is still to be billed, or below zero to be taken back. */
export function outstandingOf({ chargedMinor, documentedMinor, waivedMinor }: ChargeBalance): bigint {
  return chargedMinor - documentedMinor - waivedMinor;
}

/** Ascending by currency: the lesser currency code has the lesser document number. Charges by code, order and line. */
export function balancesOf(
  shipment: string,
  charges: readonly RatedCharge[],
  documents: readonly KnownDocument[],
  waived: Waived = new Map(),
): CurrencyBalance[] {
  const currencies = new Set([...charges, ...documents].map(({ currency }) => currency));
  return [...currencies].sort().map((currency) => {
    const ofCurrency = documents.filter((document) => document.currency === currency);
    const charged = charges.filter((charge) => charge.currency === currency);
    return { currency, charges: balanced(shipment, charged, ofCurrency, waived.get(currency)), documents: ofCurrency };
  });
}

type Sums = { -readonly [Key in keyof ChargeBalance]: ChargeBalance[Key] };

function balanced(
  shipment: string,
  charges: readonly RatedCharge[],
  documents: readonly KnownDocument[],
  waived: ReadonlyMap<string, bigint> = new Map(),
): ChargeBalance[] {
  const sums = new Map<string, Sums>();
  const at = (charged: ChargedFor) => {
    const key = chargeKey(charged);
    const known = sums.get(key) ?? nothingOf(charged, waived.get(key));
    sums.set(key, known);
    return known;
  };
  for (const charge of charges) {
    const sum = at(charge);
    sum.charge = charge;
    sum.chargedMinor += charge.amountMinor;
  }
  for (const document of documents) {
    for (const line of document.lines) if (line.shipment === shipment) addLine(at(line), line, document);
  }
  return [...sums.values()].sort(byCode);
}

function nothingOf({ code, order, line }: ChargedFor, waivedMinor = 0n): Sums {
  const nothing = { chargedMinor: 0n, documentedMinor: 0n, inErpMinor: 0n, waivedMinor, documentedQuantity: ZERO };
  return order === undefined ? { code, ...nothing } : { code, order, line, ...nothing };
}

function addLine(sum: Sums, line: KnownLine, document: KnownDocument): void {
  const isCredit = document.kind === 'credit-note';
  const amountMinor = isCredit ? -line.amountMinor : line.amountMinor;
  sum.documentedMinor += amountMinor;
  if (document.inErp) sum.inErpMinor += amountMinor;
  if (line.quantityDelta !== undefined) {
    const quantity = decimal(line.quantityDelta);
    sum.documentedQuantity = isCredit ? sum.documentedQuantity.minus(quantity) : sum.documentedQuantity.plus(quantity);
  }
  sum.last = line;
}

export function byCode(a: ChargedFor, b: ChargedFor): number {
  if (a.code !== b.code) return a.code < b.code ? -1 : 1;
  if (a.order !== b.order) return (a.order ?? '') < (b.order ?? '') ? -1 : 1;
  return (a.line ?? 0) - (b.line ?? 0);
}
