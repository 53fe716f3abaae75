// Payments of customers: how Odoo posts them, sets them off against an invoice, and cancels them. As measured on 17 to 19 with an
// outstanding account on the payment method, where each has a journal entry of its own.
import { placesOf } from './account-move.ts';
import { type Environment, today, type Values } from './environment.ts';
import { userError } from './exception.ts';
import { createRecord, recordOf } from './records.ts';
import type { Row } from './row.ts';

const PAYMENT = 'account.payment';
const MOVE = 'account.move';
const LINE = 'account.move.line';
const OUTSTANDING_RECEIPTS = 48;

export function paymentDefaults(env: Environment): Values {
  const companyId = (env.context.allowed_company_ids as number[] | undefined)?.[0] ?? 1;
  const company = recordOf(env, 'res.company', companyId);
  return {
    name: false,
    state: 'draft',
    payment_type: 'inbound',
    partner_type: 'customer',
    company_id: companyId,
    currency_id: company.currency_id,
    outstanding_account_id: outstandingAccount(env),
    date: today(env),
  };
}

// 17 has one for the whole company; later ones take that of the journal's method, here of the one bank journal.
function outstandingAccount(env: Environment): number | false {
  const [method] = env.transaction.all('account.payment.method.line');
  const id = env.major === 17 ? OUTSTANDING_RECEIPTS : Number(method?.payment_account_id);
  return env.transaction.get('account.account', id)?.id ?? false;
}

/** 17 refuses what is posted already; 18 and 19 take it without a word. */
export function postPayments(env: Environment, ids: readonly number[]): null {
  for (const id of ids) {
    const payment = recordOf(env, PAYMENT, id);
    if (payment.state === 'draft') postPayment(env, payment);
    else if (env.major === 17) throw userError(`The entry ${String(payment.name)} (id ${id}) must be in draft.`);
  }
  return null;
}

function postPayment(env: Environment, payment: Row): void {
  const { id, partner_id, currency_id, journal_id, date, amount } = payment;
  const entry = createRecord(env, MOVE, { move_type: 'entry', partner_id, currency_id, journal_id, date });
  createRecord(env, LINE, { move_id: entry.id, name: 'Payment', price_unit: amount, account_type: 'asset_receivable' });
  const name = `PBNK1/${String(date).slice(0, 4)}/${String(id).padStart(5, '0')}`;
  env.transaction.put(MOVE, { ...recordOf(env, MOVE, entry.id), name, state: 'posted' });
  const state = env.major === 17 ? 'posted' : 'in_process';
  env.transaction.put(PAYMENT, { ...payment, name, state, move_id: entry.id });
}

/** Sets the line of a payment off against the invoice. */
export function assignOutstandingLine(env: Environment, [moveId = 0]: readonly number[], lineId: number): null {
  const line = recordOf(env, LINE, lineId);
  if (line.reconciled) throw userError('You are trying to reconcile some entries that are already reconciled.');
  const invoice = recordOf(env, MOVE, moveId);
  const left = Number(invoice.amount_residual);
  const amount = Math.min(left, Number(line.price_subtotal));
  if (amount <= 0) throw userError('You are trying to reconcile some entries that are already reconciled.');
  env.transaction.put(LINE, { ...line, reconciled: true });
  settle(env, invoice, -amount);
  for (const payment of env.transaction.all(PAYMENT).filter(({ move_id }) => move_id === line.move_id)) {
    const settled = { settled_move_id: moveId, settled_amount: amount, reconciled_invoice_ids: [moveId] };
    env.transaction.put(PAYMENT, { ...payment, is_reconciled: true, ...settled });
  }
  return null;
}

function settle(env: Environment, invoice: Row, by: number): void {
  const factor = 10 ** placesOf(env, invoice);
  const left = Math.round((Number(invoice.amount_residual) + by) * factor) / factor;
  const isWhole = left === Number(invoice.amount_total);
  const payment_state = left === 0 ? 'paid' : isWhole ? 'not_paid' : 'partial';
  env.transaction.put(MOVE, { ...invoice, amount_residual: left, payment_state });
}

/** 17 takes it out of the invoice that it paid; 18 and 19 leave it there until it is cancelled. */
export function draftPayments(env: Environment, ids: readonly number[]): null {
  for (const id of ids) {
    const payment = recordOf(env, PAYMENT, id);
    env.transaction.put(PAYMENT, { ...(env.major === 17 ? takenOut(env, payment) : payment), state: 'draft' });
  }
  return null;
}

/** A posted one is cancelled with its entry. The entry of a draft is deleted in 18 and 19, unless later ones have numbers. */
export function cancelPayments(env: Environment, ids: readonly number[]): null {
  for (const id of ids) {
    const payment = recordOf(env, PAYMENT, id);
    const isDeleted = env.major !== 17 && payment.state === 'draft' && payment.move_id !== false;
    if (isDeleted && env.transaction.all(PAYMENT).some((later) => later.id > id && later.name)) {
      throw userError(
        'You cannot delete this entry, as it has already consumed a sequence number and is not the last one in the chain.',
      );
    }
    const state = env.major === 17 ? 'cancel' : 'canceled';
    env.transaction.put(PAYMENT, { ...takenOut(env, payment), state });
  }
  return null;
}

function takenOut(env: Environment, payment: Row): Row {
  const settled = Number(payment.settled_move_id);
  if (payment.is_reconciled && settled > 0) {
    settle(env, recordOf(env, MOVE, settled), Number(payment.settled_amount));
  }
  const cleared = { is_reconciled: false, settled_move_id: false, settled_amount: 0, reconciled_invoice_ids: [] };
  return { ...payment, ...cleared };
}

/** The wizard that people use: a payment of the invoices that were chosen. Asked twice, it pays twice. */
export function createPayments(env: Environment, wizardIds: readonly number[]): Values {
  const [moveId = 0] = (env.context.active_ids ?? []) as number[];
  const payments = wizardIds.map((wizardId) => {
    const { amount, payment_date, journal_id, communication } = recordOf(env, 'account.payment.register', wizardId);
    const { partner_id, currency_id } = recordOf(env, MOVE, moveId);
    const memo = env.major === 17 ? 'ref' : 'memo';
    const values = { partner_id, currency_id, amount, date: payment_date, journal_id, [memo]: communication };
    const { id } = createRecord(env, PAYMENT, values);
    postPayments(env, [id]);
    const [line] = env.transaction.by(LINE, 'move_id', Number(recordOf(env, PAYMENT, id).move_id));
    if (line !== undefined) assignOutstandingLine(env, [moveId], line.id);
    return id;
  });
  return {
    name: 'Payments',
    type: 'ir.actions.act_window',
    res_model: PAYMENT,
    context: { create: false },
    view_mode: 'form',
    res_id: payments[0],
  };
}
