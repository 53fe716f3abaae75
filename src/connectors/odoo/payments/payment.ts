// Payments into Odoo, each exactly once: load, post, reconcile with its invoice. And out of it again.
//
// The wizard that people use (account.payment.register) has no key: the same call twice pays twice. A payment that is made by
// `load` carries an external id, and every further step is seen in the record: its state, and whether it is reconciled. So an
// act that got half way is taken from where it stands. Measured on 17, 18 and 19: an unreconciled payment without a journal
// entry (18 and later, where its method has no outstanding account) shows its invoice as paid whole, whatever its amount; such
// a one is left a draft. What somebody entered there before us is taken as it is: `entered-payment.ts`.
import { formatMinor } from '../../../model/money.ts';
import type { PaymentAct, SendResult } from '../../contract.ts';
import type { Move } from '../documents/invoice.ts';
import { recordBehind, resolveMoves } from '../documents/resolve.ts';
import { resultFrom } from '../documents/result.ts';
import { classifyRead } from '../doors/classify.ts';
import { loadRecords } from '../load.ts';
import type { Odoo } from '../odoo.ts';
import { verdictOn } from '../together.ts';
import { type Entered, enteredPayment } from './entered-payment.ts';

type Payment = {
  readonly id: number;
  readonly name: string | false;
  readonly state: string;
  readonly amount: number;
  readonly move_id: readonly [number, string] | false;
  readonly is_reconciled: boolean;
  readonly outstanding_account_id: readonly [number, string] | false;
};

const FIELDS = ['name', 'state', 'amount', 'move_id', 'is_reconciled', 'outstanding_account_id'];
const CANCELLED: ReadonlySet<string> = new Set(['cancel', 'canceled', 'rejected']);

/** Sending again is always safe. */
export async function payInOdoo(odoo: Odoo, act: PaymentAct): Promise<SendResult> {
  try {
    const known = await paymentOf(odoo, act.key);
    return act.act === 'register' ? await register(odoo, act, known) : await undo(odoo, act, known);
  } catch (error) {
    return resultFrom(act.key, verdictOn(error));
  }
}

async function paymentOf(odoo: Odoo, key: string): Promise<Payment | undefined> {
  const id = await recordBehind(odoo.call, odoo.ids.payment(key));
  return id === undefined ? undefined : readPayment(odoo, id);
}

async function readPayment({ call }: Odoo, id: number): Promise<Payment | undefined> {
  const records = await call({ model: 'account.payment', method: 'read', ids: [id], args: { fields: FIELDS } });
  return (records as Payment[])[0];
}

async function register(odoo: Odoo, act: PaymentAct, known: Payment | undefined): Promise<SendResult> {
  const { key, invoice } = act;
  const move = (await resolveMoves(odoo.call, odoo.ids, [invoice])).get(invoice);
  if (move?.state !== 'posted') {
    return { key, outcome: 'retry', scope: 'document', reason: `${invoice} is not posted in Odoo yet` };
  }
  const entered = known === undefined ? await enteredPayment(odoo, act, move) : undefined;
  if (entered !== undefined) return answerTo(act, entered);
  const made = known ?? (await make(odoo, act, move.id));
  if ('outcome' in made) return made;
  if (CANCELLED.has(made.state)) {
    const sentence = `Somebody cancelled payment ${made.name || key} of ${invoice} in Odoo; register it there, or undo it here`;
    return refused(key, 'cancelled-by-hand', sentence);
  }
  const booked = made.state === 'draft' ? await post(odoo, act, made) : made;
  if ('outcome' in booked) return booked;
  const settled = booked.is_reconciled ? booked : await reconcile(odoo, booked, move.id);
  if (settled?.is_reconciled !== true) {
    const sentence = `Odoo did not set payment ${booked.name || key} off against ${invoice}; look at both there`;
    return refused(key, 'rejected', sentence);
  }
  return confirmed(act, settled);
}

function answerTo({ key, invoice, currency, amountMinor }: PaymentAct, entered: Entered): SendResult {
  const confirmation = { key, outcome: 'confirmed', storedTotalMinor: amountMinor } as const;
  switch (entered.entered) {
    case 'as':
      return { ...confirmation, externalId: String(entered.id), erpNumber: entered.name };
    case 'settled':
      return { ...confirmation, externalId: '', erpNumber: '' };
    case 'partly': {
      const [open, paid] = [entered.openMinor, amountMinor].map((minor) => formatMinor(minor, currency));
      const sentence = `Odoo has only ${open} ${currency} open on ${invoice}, less than the ${paid} that were paid: somebody entered a payment there; if it is this one, correct its amount there, then send this again`;
      return refused(key, 'rejected', sentence);
    }
  }
}

async function make(odoo: Odoo, act: PaymentAct, moveId: number): Promise<Payment | SendResult> {
  const { call, ids } = odoo;
  const { key, amountMinor, currency, receivedOn, reference } = act;
  const fields = ['partner_id', 'currency_id', 'company_id'];
  const [move] = (await call({ model: 'account.move', method: 'read', ids: [moveId], args: { fields } })) as {
    partner_id: [number, string];
    currency_id: [number, string];
    company_id: [number, string];
  }[];
  if (move === undefined)
    return { key, outcome: 'retry', scope: 'document', reason: 'the invoice was deleted in Odoo' };
  const journalId = await journalOf(odoo, act.journal, move.company_id[0]);
  if (journalId === undefined) {
    return refused(
      key,
      'rejected',
      `Odoo has no bank or cash journal with the code ${act.journal}; create it, or correct entities.json`,
    );
  }
  const { paymentMemoField } = await odoo.version();
  const cells: readonly (readonly [string, string])[] = [
    ['id', ids.payment(key)],
    ['payment_type', 'inbound'],
    ['partner_type', 'customer'],
    ['partner_id/.id', String(move.partner_id[0])],
    ['currency_id/.id', String(move.currency_id[0])],
    ['amount', formatMinor(amountMinor, currency)],
    ['date', receivedOn],
    ['journal_id/.id', String(journalId)],
    [paymentMemoField, reference],
  ];
  const table = { fields: cells.map(([name]) => name), data: [cells.map(([, text]) => text)] };
  const context = { allowed_company_ids: [move.company_id[0]] };
  const [id] = await loadRecords(call, 'account.payment', table, context);
  const made = id === undefined ? undefined : await readPayment(odoo, id);
  return made ?? { key, outcome: 'retry', scope: 'document', reason: 'the payment was deleted in Odoo' };
}

async function journalOf({ call }: Odoo, code: string, companyId: number): Promise<number | undefined> {
  const domain = [
    ['code', '=', code],
    ['type', 'in', ['bank', 'cash']],
    ['company_id', '=', companyId],
  ];
  const args = { domain, fields: ['id'], limit: 1 };
  const [journal] = (await call({ model: 'account.journal', method: 'search_read', args })) as { id: number }[];
  return journal?.id;
}

async function post(odoo: Odoo, { key, journal }: PaymentAct, { id, outstanding_account_id: account }: Payment) {
  if (account === false) {
    const sentence = `The payment method of journal ${journal} has no outstanding account in Odoo, so that a payment in part would show its invoice as paid whole; set one there`;
    return refused(key, 'rejected', sentence);
  }
  await odoo.call({ model: 'account.payment', method: 'action_post', ids: [id] });
  const booked = await readPayment(odoo, id);
  return booked ?? ({ key, outcome: 'unknown', scope: 'document', reason: 'the payment cannot be read back' } as const);
}

// The line of the payment's own entry that stands against the customer: that which can be reconciled.
async function reconcile(odoo: Odoo, { id, move_id: entry }: Payment, invoiceId: number): Promise<Payment | undefined> {
  if (entry === false) return undefined;
  const domain = [
    ['move_id', '=', entry[0]],
    ['account_type', '=', 'asset_receivable'],
    ['reconciled', '=', false],
  ];
  const args = { domain, fields: ['id'], limit: 1 };
  const [line] = (await odoo.call({ model: 'account.move.line', method: 'search_read', args })) as { id: number }[];
  if (line !== undefined) {
    await odoo.call({
      model: 'account.move',
      method: 'js_assign_outstanding_line',
      ids: [invoiceId],
      args: { line_id: line.id },
    });
  }
  return readPayment(odoo, id);
}

async function undo(odoo: Odoo, act: PaymentAct, known: Payment | undefined): Promise<SendResult> {
  if (known === undefined) return undoEntered(odoo, act);
  const ids = [known.id];
  // Straight from posted: 18 and 19 delete the entry of a draft that is cancelled, and may not where it has a number.
  if (!CANCELLED.has(known.state)) await odoo.call({ model: 'account.payment', method: 'action_cancel', ids });
  const after = await readPayment(odoo, known.id).catch((error) => verdictOn(error, classifyRead));
  if (after !== undefined && 'verdict' in after) return resultFrom(act.key, after);
  if (after === undefined || CANCELLED.has(after.state)) return confirmed(act, known);
  return refused(
    act.key,
    'rejected',
    `Odoo left payment ${known.name || act.key} as it is when asked to cancel it; look at it there`,
  );
}

// Not registered by us: either not at all, and then it is undone, or somebody else's, and that is theirs to take back.
async function undoEntered(
  { call, ids }: Odoo,
  { key, invoice, wasConfirmed, reference, amountMinor }: PaymentAct,
): Promise<SendResult> {
  const move: Move | undefined = wasConfirmed ? (await resolveMoves(call, ids, [invoice])).get(invoice) : undefined;
  if (move === undefined || move.residualMinor >= amountMinor) {
    return { key, outcome: 'confirmed', externalId: '', erpNumber: '', storedTotalMinor: 0n };
  }
  const sentence = `${reference} was taken back, and the payment of ${invoice} in Odoo was entered there by somebody else: cancel it there, then send this again`;
  return refused(key, 'rejected', sentence);
}

function confirmed({ key, amountMinor }: PaymentAct, { id, name }: Payment): SendResult {
  return { key, outcome: 'confirmed', externalId: String(id), erpNumber: name || '', storedTotalMinor: amountMinor };
}

function refused(key: string, kind: 'rejected' | 'cancelled-by-hand', sentence: string): SendResult {
  return { key, outcome: 'refused', kind, scope: 'document', sentence };
}
