// Lines of documents from differences between what is charged and what was billed.

import { type Decimal, decimal, formatDecimal, ZERO } from '../../model/decimal.ts';
import type { DocumentLine } from '../../model/document.ts';
import { absolute, type Currency } from '../../model/money.ts';
import type { RuleBook } from '../../model/rules.ts';
import { determineTax, taxOn } from '../tax/determine.ts';
import { type ChargeBalance, outstandingOf } from './balance.ts';
import { describeCharge, describeGoods, type ShipmentInWords } from './description.ts';

export type LineContext = {
  readonly shipment: ShipmentInWords;
  readonly legalEntity?: string;
  readonly rules: RuleBook;
};

/** The difference of one charge as a line; an increase, or as a positive amount a reduction. */
export function lineFor(balance: ChargeBalance, currency: Currency, context: LineContext): DocumentLine {
  const { code, order, line, charge } = balance;
  const differenceMinor = outstandingOf(balance);
  const amountMinor = absolute(differenceMinor);
  const goods = order === undefined ? undefined : quantitiesOf(balance, differenceMinor < 0n);
  const taxRate = taxRateFor(balance, differenceMinor < 0n, context);
  return {
    shipment: context.shipment.id,
    code,
    ...(goods === undefined ? {} : { order, line, ...goods }),
    amountMinor,
    taxRate,
    taxMinor: taxOn(amountMinor, taxRate, currency),
    description: goods ? describeGoods(balance, goods.quantity) : describeCharge(code, context.shipment),
    derivation: charge?.derivation() ?? ['no longer charged'],
  };
}

// What is taken back is taxed as it was; the rest as it is now.
function taxRateFor({ charge, last }: ChargeBalance, isReduction: boolean, context: LineContext): string {
  if (isReduction && last !== undefined) return last.taxRate;
  const answer = determineTax(context.rules.taxes, taxQuestion(charge?.taxCategory ?? 'freight', context));
  // One that is undetermined holds the shipment, so that no document is made of it.
  return answer.kind === 'rate' ? answer.rate : '0';
}

function taxQuestion(category: string, { shipment, legalEntity }: Omit<LineContext, 'rules'>) {
  const { country, region } = shipment.destination ?? {};
  return { legalEntity, country, region, category };
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
