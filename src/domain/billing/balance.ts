// What a shipment's charges come to against its documents, charge by charge, in one currency.

import { type Decimal, decimal, ZERO } from '../../model/decimal.ts';
import type { RatedCharge } from '../../model/decision.ts';
import { type ChargedFor, chargeKey, type KnownDocument, type KnownLine } from '../../model/document.ts';
import type { Currency } from '../../model/money.ts';
import { leftOf, type Waived } from './waive.ts';

export type ChargeBalance = ChargedFor & {
  /** As rated now; `undefined` when it is no longer charged. */
  readonly charge?: RatedCharge;
  readonly chargedMinor: bigint;
  /** On documents so far, net of credit notes. */
  readonly documentedMinor: bigint;
  /** On documents that the ERP holds, net of credit notes. */
  readonly inErpMinor: bigint;
  /** Written off, or refused by an approver: neither billed nor asked for. */
  readonly waivedMinor: bigint;
  /** What of that was refused. */
  readonly refusedMinor: bigint;
  /** Goods: the quantity on documents so far, net of credit notes. */
  readonly documentedQuantity: Decimal;
  /** The line of the last document that has this charge. */
  readonly last?: KnownLine;
  /** What is billed and not taken back, by the lines that billed it, the oldest first. */
  readonly billed: readonly Billed[];
};

export type Billed = { readonly document: KnownDocument; readonly line: KnownLine; readonly amountMinor: bigint };

export type CurrencyBalance = {
  readonly currency: Currency;
  readonly customer: string;
  readonly charges: readonly ChargeBalance[];
  readonly documents: readonly KnownDocument[];
};

/** What is still to be billed, or below zero to be taken back. */
export function outstandingOf({ chargedMinor, documentedMinor, waivedMinor }: ChargeBalance): bigint {
  return chargedMinor - documentedMinor - waivedMinor;
}

export type Question = {
  readonly shipment: string;
  /** Who is charged. Documents of another customer, who had the shipment before, are to be taken back whole. */
  readonly customer: string;
  readonly charges: readonly RatedCharge[];
  readonly documents: readonly KnownDocument[];
  readonly refused?: Waived;
  readonly writtenOff?: Waived;
};

/** Ascending by currency: the lesser currency code has the lesser document number. Charges by code, order and line. */
export function balancesOf({ charges, ...question }: Question): CurrencyBalance[] {
  const { customer, documents } = question;
  const currencies = new Set([...charges, ...documents].map(({ currency }) => currency));
  return [...currencies].sort().flatMap((currency) => {
    const ofCurrency = documents.filter((document) => document.currency === currency);
    const charged = charges.filter((charge) => charge.currency === currency);
    const customers = new Set(ofCurrency.map((document) => document.customer));
    if (charged.length > 0) customers.add(customer);
    return [...customers].sort().map((each) => {
      const own = ofCurrency.filter((document) => document.customer === each);
      const asked =
        each === customer ? { ...question, charges: charged } : { ...question, charges: [], writtenOff: undefined };
      return { currency, customer: each, charges: balanced(currency, own, asked), documents: own };
    });
  });
}

type Sums = { -readonly [Key in keyof ChargeBalance]: ChargeBalance[Key] } & { billed: Billed[] };

function balanced(
  currency: Currency,
  documents: readonly KnownDocument[],
  { shipment, charges, refused, writtenOff }: Pick<Question, 'shipment' | 'charges' | 'refused' | 'writtenOff'>,
): ChargeBalance[] {
  const sums = new Map<string, Sums>();
  const at = (charged: ChargedFor) => {
    const key = chargeKey(charged);
    const known = sums.get(key) ?? nothingOf(charged);
    sums.set(key, known);
    return known;
  };
  for (const charge of charges) {
    const sum = at(charge);
    sum.charge = charge;
    sum.chargedMinor += charge.amountMinor;
  }
  for (const document of documents) {
    if (document.isCancelled) continue;
    for (const line of document.lines) if (line.shipment === shipment) addLine(at(line), line, document);
  }
  for (const [key, sum] of sums) {
    const writtenOffMinor = writtenOff?.get(currency)?.get(key) ?? 0n;
    const differenceMinor = sum.chargedMinor - sum.documentedMinor - writtenOffMinor;
    sum.refusedMinor = leftOf(refused?.get(currency)?.get(key) ?? 0n, differenceMinor);
    sum.waivedMinor = writtenOffMinor + sum.refusedMinor;
  }
  return [...sums.values()].sort(byCode);
}

function nothingOf({ code, order, line }: ChargedFor): Sums {
  const nothing = { chargedMinor: 0n, documentedMinor: 0n, inErpMinor: 0n, waivedMinor: 0n, refusedMinor: 0n };
  const sums = { code, ...nothing, documentedQuantity: ZERO, billed: [] };
  return order === undefined ? sums : { ...sums, order, line };
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
  if (isCredit) sum.billed = takenBack(sum.billed, line.amountMinor, (each) => each.line.taxRate === line.taxRate).left;
  else sum.billed.push({ document, line, amountMinor });
}

type TakenBack = { readonly taken: readonly Billed[]; readonly left: Billed[] };

/** What a credit of so much takes back: what was billed last goes first. `taken` is the newest first. */
export function takenBack(
  billed: readonly Billed[],
  amountMinor: bigint,
  isMeant: (each: Billed) => boolean = () => true,
): TakenBack {
  const taken: Billed[] = [];
  const left: Billed[] = [];
  let restMinor = amountMinor;
  for (const each of billed.toReversed()) {
    const takenMinor = !isMeant(each) ? 0n : each.amountMinor < restMinor ? each.amountMinor : restMinor;
    restMinor -= takenMinor;
    if (takenMinor > 0n) taken.push({ ...each, amountMinor: takenMinor });
    if (takenMinor < each.amountMinor) left.unshift({ ...each, amountMinor: each.amountMinor - takenMinor });
  }
  return { taken, left };
}

export function byCode(a: ChargedFor, b: ChargedFor): number {
  if (a.code !== b.code) return a.code < b.code ? -1 : 1;
  if (a.order !== b.order) return (a.order ?? '') < (b.order ?? '') ? -1 : 1;
  return (a.line ?? 0) - (b.line ?? 0);
}
