// Lines of documents from differences between what is charged and what was billed.

import { type Decimal, decimal, formatDecimal, ZERO } from '../../model/decimal.ts';
import type { DocumentLine, KnownDocument, KnownLine } from '../../model/document.ts';
import type { Currency } from '../../model/money.ts';
import type { TaxRecord } from '../../model/tax.ts';
import type { TaxDesk } from '../tax/desk.ts';
import type { TaxDetermined } from '../tax/engine.ts';
import { type ChargeBalance, outstandingOf, takenBack } from './balance.ts';
import { describeCharge, describeGoods, type ShipmentInWords } from './description.ts';

export type LineContext = {
  readonly shipment: ShipmentInWords;
  readonly taxDesk: TaxDesk;
};

/**
 * The difference of one charge: an increase, or with positive amounts a reduction. One line, but of a reduction one for each rate at
 * which what it takes back was taxed, for a line of an ERP bears one rate.
 */
export function linesFor(balance: ChargeBalance, currency: Currency, context: LineContext): DocumentLine[] {
  const differenceMinor = outstandingOf(balance);
  const goods = balance.order === undefined ? undefined : quantitiesOf(balance, differenceMinor < 0n);
  if (differenceMinor > 0n) {
    const answer = taxOnIncrease(balance, differenceMinor, currency, context);
    return [lineOf(balance, differenceMinor, answer, goods, context)];
  }
  const { engine, place } = context.taxDesk;
  return partsByRate(balance).map(({ amountMinor, original }, index) => {
    const answer = engine.refund({ place, amountMinor, currency, original });
    return lineOf(balance, amountMinor, answer, index === 0 ? goods : goods && { unitPrice: goods.unitPrice }, context);
  });
}

/** The documents that billed what a reduction takes back. */
export function takenBackFrom(balance: ChargeBalance): KnownDocument[] {
  return takenBack(balance.billed, -outstandingOf(balance)).taken.map(({ document }) => document);
}

function lineOf(
  { code, order, line, charge, last }: ChargeBalance,
  amountMinor: bigint,
  { taxMinor, record }: TaxDetermined,
  goods: GoodsQuantities | undefined,
  { shipment }: LineContext,
): DocumentLine {
  return {
    shipment: shipment.id,
    code,
    ...(goods === undefined ? {} : { order, line, ...goods }),
    amountMinor,
    taxRate: record.rate,
    taxMinor,
    taxedBy: record,
    description: goods ? describeGoods({ order, line, charge, last }, goods.quantity) : describeCharge(code, shipment),
    derivation: charge?.derivation() ?? ['no longer charged'],
  };
}

// One that is undetermined holds the shipment, so that no document is made of it.
function taxOnIncrease(
  { charge, last }: ChargeBalance,
  amountMinor: bigint,
  currency: Currency,
  { taxDesk: { engine, place } }: LineContext,
): TaxDetermined {
  const answer = engine.commit({ place, category: charge?.taxCategory ?? 'freight', amountMinor, currency });
  return answer.kind === 'determined'
    ? answer
    : engine.refund({ place, amountMinor, currency, original: recordOf(last) });
}

type Part = { readonly amountMinor: bigint; readonly original: TaxRecord };

// What is taken back is taxed as it was.
function partsByRate(balance: ChargeBalance): Part[] {
  const wholeMinor = -outstandingOf(balance);
  const { taken } = takenBack(balance.billed, wholeMinor);
  const parts = [...Map.groupBy(taken, ({ line }) => line.taxRate).values()].map((same) => ({
    amountMinor: same.reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
    original: recordOf(same[0]?.line),
  }));
  const knownMinor = parts.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  // Never more than was billed; were it so, no amount is lost.
  if (knownMinor < wholeMinor) parts.push({ amountMinor: wholeMinor - knownMinor, original: recordOf(balance.last) });
  return parts;
}

function recordOf(last: KnownLine | undefined): TaxRecord {
  const { taxedBy, taxRate } = last ?? { taxRate: '0' };
  return taxedBy ?? { engine: 'table', stage: 'commit', rate: taxRate, basis: 'the rate of what it takes back' };
}

type GoodsQuantities = Pick<DocumentLine, 'quantity' | 'quantityDelta' | 'unitPrice'>;

// The quantity is shown where the price is that of the line's last document, or nothing is left.
function quantitiesOf({ charge, documentedQuantity, last }: ChargeBalance, isReduction: boolean): GoodsQuantities {
  const now: Decimal = charge?.goods === undefined ? ZERO : decimal(charge.goods.quantity);
  const grows = now.minus(documentedQuantity);
  const delta = formatDecimal(isReduction ? grows.times(-1) : grows);
  const unitPrice = charge?.goods?.unitPrice ?? last?.unitPrice;
  const isShown = last === undefined || now.eq(ZERO) || isSamePrice(last.unitPrice, unitPrice);
  return { quantityDelta: delta, unitPrice, ...(isShown ? { quantity: delta } : {}) };
}

function isSamePrice(before: string | undefined, now: string | undefined): boolean {
  return before === undefined || now === undefined ? before === now : decimal(before).eq(now);
}
