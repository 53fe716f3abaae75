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
 * The difference of one charge: an increase, or with positive amounts what a reduction takes back from one legal entity's documents.
 * One line, but of a reduction one for each rate that it was taxed at, for a line of an ERP bears one rate.
 */
export function linesFor(
  balance: ChargeBalance,
  currency: Currency,
  context: LineContext,
  legalEntity?: string,
): DocumentLine[] {
  const differenceMinor = outstandingOf(balance);
  const goods = balance.order === undefined ? undefined : quantitiesOf(balance, differenceMinor < 0n);
  if (differenceMinor > 0n) {
    const answer = taxOnIncrease(balance, differenceMinor, currency, context);
    return [lineOf(balance, differenceMinor, answer, goods, context)];
  }
  const { engine, place } = context.taxDesk;
  return partsOf(balance).flatMap((part, index) => {
    if (part.legalEntity !== legalEntity) return [];
    const answer = engine.refund({ place, currency, ...part });
    // The quantity is taken back once.
    const shown = index === 0 ? goods : goods && { unitPrice: goods.unitPrice };
    return [lineOf(balance, part.amountMinor, answer, shown, context)];
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

type Part = { readonly amountMinor: bigint; readonly original: TaxRecord; readonly legalEntity: string | undefined };

// What is taken back is taxed as it was, by whom it was.
function partsOf(balance: ChargeBalance): Part[] {
  const { taken } = takenBack(balance.billed, -outstandingOf(balance));
  const alike = Map.groupBy(taken, ({ line, document }) => `${line.taxRate} ${document.legalEntity}`);
  return [...alike.values()].map((some) => ({
    amountMinor: some.reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
    original: recordOf(some[0]?.line),
    legalEntity: some[0]?.document.legalEntity,
  }));
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
