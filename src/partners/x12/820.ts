// 820 → a payment and the invoices it is for (contract part 2).

import type { X12Fault, X12Transaction } from '../../formats/x12/index.ts';
import {
  elementFault,
  type Remittance820,
  type RemittanceItem,
  viewRemittance,
} from '../../formats/x12/transactions/index.ts';
import type { CanonicalEvent, PaymentReceived } from '../../model/event.ts';
import { localDateIn } from '../../model/time.ts';
import { agreedCurrency, currencyFrom, readDecimal } from './amounts.ts';
import { customerFault, customerFrom } from './customer.ts';
import { amountFaults, eventId, isIdentifier, type Meaning, refusal, tooManyRows, type X12Context } from './meaning.ts';
import { dayFrom } from './times.ts';

/** RMR01 (element 128): an invoice, and a seller's credit memo, which is what the payer keeps back. */
const INVOICE_QUALIFIER = 'IV';
const CREDIT_MEMO_QUALIFIER = 'CL';
const OURS: ReadonlySet<string> = new Set([INVOICE_QUALIFIER, CREDIT_MEMO_QUALIFIER]);
const PAYER_ROLE = 'PR';
const PAYEE_ROLE = 'PE';

export function meaningOfRemittance(transaction: X12Transaction, context: X12Context): Meaning {
  const read = viewRemittance(transaction);
  if (!read.ok) return { said: [], faults: read.faults };
  const { view } = read;
  const customer = payerFrom(view, context);
  const receivedOn = dateFrom(view, context);
  if (typeof receivedOn !== 'string') return refusal([receivedOn]);
  const agreed = customer === undefined ? undefined : agreedCurrency(context.rules, 'sell', customer, receivedOn);
  const currency = currencyFrom(view.currency, agreed, { segment: view.segment, from: 'CUR' });
  const amount = readDecimal(view.segment, 2, view.amount);
  const items = view.items.filter(({ qualifier }) => OURS.has(qualifier)).map(itemFrom);
  const faults = [
    ...tooManyRows(view.items.map(({ segment }) => segment)),
    ...(customer === undefined ? [customerFault(transaction, view.parties, [PAYER_ROLE])] : []),
    ...(typeof currency === 'string' || customer === undefined ? [] : [currency]),
    ...(isIdentifier(view.trace.number) ? [] : [elementFault('element-too-long', view.trace.segment, 2)]),
    ...[amount, ...items].flatMap((each) => (each.ok ? [] : [each.fault])),
  ];
  if (faults.length > 0 || customer === undefined || typeof currency !== 'string' || !amount.ok) {
    return refusal(faults);
  }
  const remittance = items.flatMap((item) => (item.ok ? [item.item] : []));
  const event: CanonicalEvent = {
    id: eventId(context, view.segment),
    source: context.source,
    type: 'payment.received',
    time: context.reportedText,
    data: {
      payment: view.trace.number,
      customer,
      currency,
      amount: amount.text,
      receivedOn,
      ...(remittance.length === 0 ? {} : { remittance }),
      ...payeeFrom(view, context),
    },
  };
  const unpayable = amountFaults(event, view.segment);
  if (unpayable.length > 0) return refusal(unpayable);
  return { said: [{ event, names: [], teaches: [], subject: view.trace.number }], faults: [] };
}

// A customer who names itself by a name we do not have is still who sent this.
function payerFrom({ parties }: Remittance820, context: X12Context): string | undefined {
  const { sender } = context;
  return customerFrom(parties, [PAYER_ROLE], context) ?? (sender.roles.includes('customer') ? sender.id : undefined);
}

// Which of ours is paid: where the payee is a legal entity that we know, it settles invoices of that one alone.
function payeeFrom({ parties }: Remittance820, { directory }: X12Context): { readonly legalEntity?: string } {
  for (const party of parties.filter(({ role }) => role === PAYEE_ROLE)) {
    const found = directory.byParty(party, 'legal-entity');
    if (found?.roles.includes('legal-entity')) return { legalEntity: found.id };
  }
  return {};
}

// A payment without a date of its own was reported on the day of the group.
function dateFrom({ date, segment }: Remittance820, { reportedAt, zone }: X12Context): string | X12Fault {
  if (date === '') return localDateIn(zone, reportedAt);
  const day = dayFrom(date);
  if (day === undefined) return elementFault('element-date-invalid', segment, 16, { found: date });
  return localDateIn('UTC', day);
}

type RemittanceLine = NonNullable<PaymentReceived['remittance']>[number];
type ReadItem = { ok: true; item: RemittanceLine } | { ok: false; fault: X12Fault };

function itemFrom({ segment, qualifier, number, amount }: RemittanceItem): ReadItem {
  if (!isIdentifier(number)) return { ok: false, fault: elementFault('element-missing', segment, 2) };
  if (amount === '') return { ok: false, fault: elementFault('element-missing', segment, 4) };
  const read = readDecimal(segment, 4, amount);
  if (!read.ok) return read;
  // A credit memo is never paid: some senders write what they deduct for it without the sign.
  const isDeduction = qualifier === CREDIT_MEMO_QUALIFIER && !read.text.startsWith('-');
  return { ok: true, item: { invoice: number, amount: isDeduction ? `-${read.text}` : read.text } };
}
