// An invoice, credit note or bill of an Odoo → what the ERP says of our document. What is neither ours nor credits
// something of ours is the accountant's own.
import { decimal, formatDecimal } from '../../model/decimal.ts';
import type { CanonicalEvent } from '../../model/event.ts';
import { linkLabel, numberOf, type OdooInvoice, textOf } from './records.ts';

type Stated = Extract<CanonicalEvent, { type: 'document.stated' }>;
type Envelope = Pick<Stated, 'id' | 'source'> & { readonly time: string };

/** Nothing for a draft of ours, which says nothing of payment. */
export function statementFrom(
  { invoice, key, corrects }: OdooInvoice,
  envelope: Envelope,
  isGone: boolean,
): Stated | undefined {
  const currency = linkLabel(invoice.currency_id) ?? '';
  const open = amount(invoice.amount_residual);
  const paymentState = textOf(invoice.payment_state);
  if (key !== undefined) {
    if (invoice.state === 'draft' && !isGone) return undefined;
    const state = isGone ? 'deleted' : invoice.state === 'cancel' ? 'cancelled' : 'posted';
    const words = paymentState === undefined ? {} : { paymentState };
    return { ...envelope, type: 'document.stated', data: { document: key, state, currency, open, ...words } };
  }
  if (corrects === undefined || !invoice.move_type.endsWith('_refund')) return undefined;
  const creditedBy = {
    erpNumber: textOf(invoice.name) ?? `account.move/${invoice.id}`,
    amount: amount(invoice.amount_total),
    isPosted: invoice.state === 'posted' && !isGone,
    record: String(invoice.id),
    ...(invoice.amount_untaxed === undefined ? {} : { subtotal: amount(invoice.amount_untaxed) }),
    ...(invoice.amount_tax === undefined ? {} : { tax: amount(invoice.amount_tax) }),
  };
  return {
    ...envelope,
    type: 'document.stated',
    data: { document: corrects, state: 'posted', currency, open, creditedBy },
  };
}

function amount(value: unknown): string {
  return formatDecimal(decimal(numberOf(value)).abs());
}
