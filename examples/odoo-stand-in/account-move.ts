// Invoices, credit notes and bills: how Odoo sums, numbers, posts and sets them off.

import { type Environment, today, type Values } from './environment.ts';
import { userError } from './exception.ts';
import { recordOf } from './records.ts';
import type { Row, Value } from './row.ts';
import { salesLockFields } from './schema.ts';

const MOVE = 'account.move';
const LINE = 'account.move.line';
const QUANTITY_PLACES = 2;

export function moveDefaults(env: Environment, given: Values): Values {
  const companyId = (env.context.allowed_company_ids as number[] | undefined)?.[0] ?? 1;
  const company = recordOf(env, 'res.company', companyId);
  const isPurchase = String(given.move_type ?? '').startsWith('in_');
  return {
    name: false,
    state: 'draft',
    move_type: 'entry',
    payment_state: 'not_paid',
    company_id: companyId,
    journal_id: isPurchase ? 2 : 1,
    currency_id: company.currency_id,
    date: given.invoice_date || today(env),
  };
}

const FROZEN_WHEN_POSTED = ['move_type', 'partner_id', 'currency_id', 'journal_id', 'company_id', 'reversed_entry_id'];

/** 17 lets the date of a posted invoice be changed, 18 and 19 do not. */
export function guardMoveWrite(env: Environment, row: Row, values: Values): void {
  if (row.state !== 'posted') return;
  const frozen = env.major === 17 ? FROZEN_WHEN_POSTED : [...FROZEN_WHEN_POSTED, 'invoice_date', 'invoice_line_ids'];
  const touched = Object.keys(values).filter((field) => frozen.includes(field));
  if (touched.length > 0) {
    throw userError(`You cannot modify the following readonly fields on a posted move: ${touched.join(', ')}`);
  }
}

export function guardMoveDelete(_: Environment, row: Row): void {
  if (row.state === 'posted') throw userError('You cannot delete a posted journal entry. Reset it to draft first.');
}

export function sumMoveOfLine(env: Environment, lineId: number): void {
  const line = recordOf(env, LINE, lineId);
  const asked = Number(line.price_unit);
  const priceUnit = rounded(asked, unitPricePlaces(env));
  const quantity = rounded(Number(line.quantity), QUANTITY_PLACES);
  const places = typeof line.move_id === 'number' ? placesOf(env, recordOf(env, MOVE, line.move_id)) : 2;
  const priceSubtotal = rounded(priceUnit * quantity, places);
  const booked =
    typeof line.move_id === 'number' ? inBooks(env, recordOf(env, MOVE, line.move_id), line, priceSubtotal) : {};
  // What was said of the books when it was made holds for as long as its price stays.
  const { amount_currency = 0, balance = 0, stated_with: statedWith } = line;
  const isNew = !line.price_subtotal && statedWith === undefined;
  const isStated = isNew ? Boolean(amount_currency) : statedWith === asked;
  const stated: Values = isStated ? { amount_currency, balance, stated_with: priceUnit } : {};
  const priced = { price_unit: priceUnit, quantity, price_subtotal: priceSubtotal };
  env.transaction.put(LINE, { ...line, ...booked, ...stated, ...priced });
  if (typeof line.move_id === 'number') sumMove(env, line.move_id);
}

// In the currency of the company, at the rate of the day; costs are above zero, incomes below.
function inBooks(env: Environment, move: Row, line: Row, subtotal: number): Readonly<Record<string, Value>> {
  if (isEntry(move)) return {};
  const currency = recordOf(env, 'res.company', Number(move.company_id)).currency_id as number;
  const isForeign = move.currency_id !== currency;
  const rates = isForeign ? env.transaction.by('res.currency.rate', 'currency_id', Number(move.currency_id)) : [];
  const day = String(move.invoice_date || today(env));
  const known = rates
    .filter(({ name }) => String(name) <= day)
    .sort((a, b) => (String(a.name) < String(b.name) ? -1 : 1));
  const amount_currency = signOf(move) * subtotal;
  const balance = rounded(
    amount_currency / Number(known.at(-1)?.rate ?? 1),
    placesOf(env, { ...move, currency_id: currency }),
  );
  const account_id =
    line.account_id || (recordOf(env, 'account.journal', Number(move.journal_id)).default_account_id as Value);
  const company = { company_id: move.company_id as number, company_currency_id: currency };
  return { amount_currency, balance, ...company, account_id };
}

const signOf = ({ move_type: type }: Row) => (type === 'in_invoice' || type === 'out_refund' ? 1 : -1);

// What a line comes to in the books, whatever its price says.
function amountOf(move: Row, line: Row): number {
  return isEntry(move) ? Number(line.price_subtotal) : signOf(move) * Number(line.amount_currency);
}

export function sumMove(env: Environment, id: number): void {
  const move = recordOf(env, MOVE, id);
  if (move.state === 'posted') return;
  const places = placesOf(env, move);
  const lines = env.transaction.by(LINE, 'move_id', id);
  const untaxed = rounded(sum(lines.map((line) => amountOf(move, line))), places);
  const tax = rounded(sum(lines.map((line) => rounded(taxOf(env, line), places))), places);
  const total = rounded(untaxed + tax, places);
  const amounts = { amount_untaxed: untaxed, amount_tax: tax, amount_total: total, amount_residual: total };
  // A draft's accounting date follows the date of the invoice.
  const date = move.invoice_date || move.date || false;
  env.transaction.put(MOVE, { ...move, ...amounts, date });
}

function taxOf(env: Environment, line: Row): number {
  const rates = (line.tax_ids as number[]).map((id) => Number(recordOf(env, 'account.tax', id).amount));
  return (Number(line.price_subtotal) * sum(rates)) / 100;
}

/** All or nothing: one that cannot be posted fails the whole call. Returns `false`, which means success. */
export function actionPost(env: Environment, ids: readonly number[]): false {
  for (const id of ids) postMove(env, recordOf(env, MOVE, id));
  return false;
}

function postMove(env: Environment, move: Row): void {
  checkPostable(env, move);
  const invoiceDate = (isEntry(move) ? move.date : move.invoice_date) || today(env);
  const date = openDate(env, move, bookedOn(env, move, String(invoiceDate)));
  // Set back to a draft and posted again, a document keeps its number.
  const name = typeof move.name === 'string' ? move.name : nextNumber(env, String(move.move_type), date);
  const posted: Row = {
    ...move,
    name,
    date,
    invoice_date: invoiceDate,
    invoice_date_due: move.invoice_date_due || invoiceDate,
    payment_reference: move.payment_reference || name,
    state: 'posted',
  };
  env.transaction.put(MOVE, posted);
  const original =
    typeof move.reversed_entry_id === 'number' ? env.transaction.get(MOVE, move.reversed_entry_id) : undefined;
  if (original?.state === 'posted') setOff(env, original, posted);
}

function checkPostable(env: Environment, move: Row): void {
  if (move.state !== 'draft') throw userError(`The entry ${String(move.name)} (id ${move.id}) must be in draft.`);
  if (env.transaction.by(LINE, 'move_id', move.id).length === 0)
    throw userError('You need to add a line before posting.');
  if (isEntry(move)) checkBalanced(env, move);
  else checkDocument(env, move);
}

function checkDocument(env: Environment, move: Row): void {
  if (!move.partner_id) throw userError("The 'Customer' field is required to validate the invoice.");
  if (Number(move.amount_total) < 0) throw userError('You cannot validate an invoice with a negative total amount.');
  if (String(move.move_type).startsWith('in_') && !move.invoice_date) {
    throw userError('The Bill/Refund date is required to validate this document.');
  }
  if (!recordOf(env, 'res.currency', Number(move.currency_id)).active) {
    throw userError('You cannot validate a document with an inactive currency.');
  }
}

function isEntry({ move_type: type }: Row): boolean {
  return type === 'entry';
}

function checkBalanced(env: Environment, move: Row): void {
  const lines = env.transaction.by(LINE, 'move_id', move.id);
  const left = sum(lines.map(({ debit, credit }) => Number(debit) - Number(credit)));
  if (rounded(left, placesOf(env, move)) !== 0) throw userError('The entry is not balanced.');
}

// A bill is booked when it is entered; one of an earlier month, on that month's last day.
function bookedOn(env: Environment, move: Row, invoiceDate: string): string {
  const entered = today(env);
  if (!String(move.move_type).startsWith('in_') || invoiceDate >= entered) return invoiceDate;
  if (invoiceDate.slice(0, 7) === entered.slice(0, 7)) return entered;
  const day = Temporal.PlainDate.from(invoiceDate);
  return day.with({ day: day.daysInMonth }).toString();
}

// A closed period does not refuse: the entry moves to the first open day, at the earliest today.
function openDate(env: Environment, move: Row, date: string): string {
  const lock = closedUntil(env, Number(move.company_id));
  if (lock === undefined || date > lock) return date;
  const dayAfter = new Date(Date.parse(lock) + 86_400_000).toISOString().slice(0, 10);
  return dayAfter > today(env) ? dayAfter : today(env);
}

function closedUntil(env: Environment, companyId: number): string | undefined {
  const company = recordOf(env, 'res.company', companyId);
  const locks = salesLockFields(env.major).map((field) => company[field]);
  return locks
    .filter((lock) => typeof lock === 'string')
    .sort()
    .at(-1);
}

const PREFIX_BY_TYPE: Readonly<Record<string, string>> = {
  out_invoice: 'INV',
  out_refund: 'RINV',
  in_invoice: 'BILL',
  in_refund: 'RBILL',
  entry: 'MISC',
};

// Numbers are gapless: the counter moves with the transaction that uses it.
function nextNumber(env: Environment, moveType: string, date: string): string {
  const name = `${PREFIX_BY_TYPE[moveType] ?? 'MISC'}/${date.slice(0, 4)}/`;
  const counter = env.transaction.all('ir.sequence').find((row) => row.name === name);
  const number = Number(counter?.number ?? 0) + 1;
  if (counter === undefined) env.transaction.insert('ir.sequence', { name, number });
  else env.transaction.put('ir.sequence', { ...counter, number });
  return name + String(number).padStart(5, '0');
}

function setOff(env: Environment, invoice: Row, refund: Row): void {
  if (invoice.currency_id !== refund.currency_id) return;
  const amount = Math.min(Number(invoice.amount_residual), Number(refund.amount_residual));
  if (amount <= 0) return;
  const places = placesOf(env, invoice);
  const leftOf = (move: Row) => rounded(Number(move.amount_residual) - amount, places);
  const settle = (move: Row, whenSettled: Value) => {
    const left = leftOf(move);
    env.transaction.put(MOVE, { ...move, amount_residual: left, payment_state: left === 0 ? whenSettled : 'partial' });
  };
  settle(invoice, 'reversed');
  settle(refund, 'paid');
}

export function buttonDraft(env: Environment, ids: readonly number[]): false {
  for (const id of ids) {
    const move = recordOf(env, MOVE, id);
    const lock = closedUntil(env, Number(move.company_id));
    if (lock !== undefined && String(move.date) <= lock) {
      throw userError(`You cannot add/modify entries prior to and inclusive of the lock date ${lock}.`);
    }
    env.transaction.put(MOVE, { ...move, state: 'draft', payment_state: 'not_paid' });
    sumMove(env, id);
  }
  return false;
}

export function buttonCancel(env: Environment, ids: readonly number[]): false {
  for (const id of ids) env.transaction.put(MOVE, { ...recordOf(env, MOVE, id), state: 'cancel' });
  return false;
}

export function placesOf(env: Environment, move: Row): number {
  return Number(recordOf(env, 'res.currency', Number(move.currency_id)).decimal_places);
}

function unitPricePlaces(env: Environment): number {
  const precision = env.transaction.all('decimal.precision').find(({ name }) => name === 'Product Price');
  return Number(precision?.digits ?? 2);
}

/** Half away from zero, on the decimal figure that the float stands for. */
function rounded(value: number, places: number): number {
  const magnitude = Number(Math.abs(value).toPrecision(15));
  const result = Number(`${Math.round(Number(`${magnitude}e${places}`))}e-${places}`);
  return value < 0 ? -result : result;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
