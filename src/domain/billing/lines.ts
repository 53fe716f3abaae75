// Lines of documents from differences between what is charged and what was billed.

import { type Decimal, decimal, formatDecimal, ZERO } from '../../model/decimal.ts';
import type { DocumentLine, KnownLine } from '../../model/document.ts';
import { absolute, type Currency } from '../../model/money.ts';
import type { TaxRecord } from '../../model/tax.ts';
import type { TaxDesk } from '../tax/desk.ts';
import type { TaxDetermined } from '../tax/engine.ts';
import { type ChargeBalance, outstandingOf } from './balance.ts';
import { describeCharge, describeGoods, type ShipmentInWords } from './description.ts';

export type LineContext = {
  readonly shipment: ShipmentInWords;
  readonly taxDesk: TaxDesk;
};

/** The difference of one charge as a line; an increase, or as a positive amount a reduction. */
export function lineFor(balance: ChargeBalance, currency: Currency, context: LineContext): DocumentLine {
  const { code, order, line, charge } = balance;
  const differenceMinor = outstandingOf(balance);
  const amountMinor = absolute(differenceMinor);
  const goods = order === undefined ? undefined : quantitiesOf(balance, differenceMinor < 0n);
  const { taxMinor, record } = taxFor(balance, amountMinor, currency, context);
  return {
    shipment: context.shipment.id,
    code,
    ...(goods === undefined ? {} : { order, line, ...goods }),
    amountMinor,
    taxRate: record.rate,
    taxMinor,
    taxedBy: record,
    description: goods ? describeGoods(balance, goods.quantity) : describeCharge(code, context.shipment),
    derivation: charge?.derivation() ?? ['no longer charged'],
  };
}

// What is taken back is taxed as it was; the rest as it is now.
function taxFor(
  balance: ChargeBalance,
  amountMinor: bigint,
  currency: Currency,
  { taxDesk }: LineContext,
): TaxDetermined {
  const { engine, place } = taxDesk;
  const { charge, last } = balance;
  if (outstandingOf(balance) > 0n) {
    const answer = engine.commit({ place, category: charge?.taxCategory ?? 'freight', amountMinor, currency });
    // One that is undetermined holds the shipment, so that no document is made of it.
    if (answer.kind === 'determined') return answer;
  }
  return engine.refund({ place, amountMinor, currency, original: recordOf(last) });
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
