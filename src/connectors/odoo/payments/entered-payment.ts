// Has somebody entered this payment in Odoo already? A bookkeeper types in what the bank shows, or Odoo's own bank feed does:
// then our bank file tells of the same payment, and registering it would pay the invoice twice.
//
// Odoo knows no name that both have. A payment of the same amount on the same invoice, which is none of ours, is taken for it;
// an invoice on which less is open than the payment has is not paid once more, whoever paid it.
import { formatMinor } from '../../../model/money.ts';
import type { PaymentAct } from '../../contract.ts';
import type { Move } from '../documents/invoice.ts';
import type { Odoo } from '../odoo.ts';

/** What is said of a part that need not or must not be registered. */
export type Entered =
  | { readonly entered: 'as'; readonly id: number; readonly name: string }
  /** The invoice is paid there whole, in whatever way. */
  | { readonly entered: 'settled' }
  /** Less is open than would be registered. */
  | { readonly entered: 'partly'; readonly openMinor: bigint };

/** `undefined`: nobody has; it is to be registered. */
export async function enteredPayment(odoo: Odoo, act: PaymentAct, move: Move): Promise<Entered | undefined> {
  const same = await samePayment(odoo, act, move);
  if (same !== undefined) return { entered: 'as', id: same.id, name: same.name || '' };
  if (move.residualMinor <= 0n) return { entered: 'settled' };
  if (move.residualMinor < act.amountMinor) return { entered: 'partly', openMinor: move.residualMinor };
  return undefined;
}

type Candidate = {
  readonly id: number;
  readonly name: string | false;
  readonly currency_id: readonly [id: number, code: string];
  readonly reconciled_invoice_ids: readonly number[];
};

const MOST_CANDIDATES = 200;

async function samePayment(odoo: Odoo, act: PaymentAct, move: Move): Promise<Candidate | undefined> {
  // Most invoices have nothing paid on them when we come: one look at what is open is enough.
  if (move.residualMinor === move.totalMinor || move.partner === undefined) return undefined;
  const { bookedPaymentStates } = await odoo.version();
  const domain = [
    ['payment_type', '=', 'inbound'],
    ['partner_id', 'in', await payersOf(odoo, move.partner.id)],
    ['amount', '=', Number(formatMinor(act.amountMinor, act.currency))],
    ['state', 'in', bookedPaymentStates],
  ];
  const args = {
    domain,
    fields: ['name', 'currency_id', 'reconciled_invoice_ids'],
    order: 'id desc',
    limit: MOST_CANDIDATES,
  };
  const found = (await odoo.call({ model: 'account.payment', method: 'search_read', args })) as Candidate[];
  const others = new Set(act.others);
  const onInvoice = found.filter(
    ({ id, currency_id: [, currency], reconciled_invoice_ids: invoices }) =>
      currency === act.currency && invoices.includes(move.id) && !others.has(String(id)),
  );
  const ours = await namedByUs(odoo, onInvoice);
  return onInvoice.find(({ id }) => !ours.has(id));
}

/** A payment names the company that an invoice's contact belongs to. */
async function payersOf({ call }: Odoo, partnerId: number): Promise<number[]> {
  const args = { fields: ['commercial_partner_id'] };
  const partners = (await call({ model: 'res.partner', method: 'read', ids: [partnerId], args })) as {
    commercial_partner_id: [number, string] | false;
  }[];
  const company = partners[0]?.commercial_partner_id;
  return company ? [...new Set([partnerId, company[0]])] : [partnerId];
}

/** Those that were made under a name of ours, also where the answer was lost. */
async function namedByUs({ call, ids }: Odoo, payments: readonly Candidate[]): Promise<Set<number>> {
  if (payments.length === 0) return new Set();
  const names = (await call({
    model: 'account.payment',
    method: 'get_external_id',
    ids: payments.map(({ id }) => id),
    args: {},
  })) as Record<string, string>;
  return new Set(payments.map(({ id }) => id).filter((id) => names[id]?.startsWith(`${ids.module}.`)));
}
