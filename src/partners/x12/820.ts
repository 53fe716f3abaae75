// 820 → a payment and the invoices it is for (contract part 2).

import { faultAt, type X12Fault, type X12Transaction } from '../../formats/x12/index.ts';
import {
  elementFault,
  type Remittance820,
  type RemittanceItem,
  viewRemittance,
} from '../../formats/x12/transactions/index.ts';
import type { CanonicalEvent, PaymentReceived } from '../../model/event.ts';
import { isCurrency } from '../../model/money.ts';
import { localDateIn } from '../../model/time.ts';
import { agreedCurrency, readDecimal } from './amounts.ts';
import { customerFrom } from './customer.ts';
import { eventId, isIdentifier, type Meaning, refusal, tooManyRows, type X12Context } from './meaning.ts';
import { dayFrom } from './times.ts';

const INVOICE_QUALIFIER = 'IV';
const PAYER_ROLE = 'PR';

export function meaningOfRemittance(transaction: X12Transaction, context: X12Context): Meaning {
  const read = viewRemittance(transaction);
  if (!read.ok) return { said: [], faults: read.faults };
  const { view } = read;
  const customer = payerFrom(view, context);
  const receivedOn = dateFrom(view, context);
  if (typeof receivedOn !== 'string') return refusal([receivedOn]);
  const currency = currencyFrom(view, customer, receivedOn, context);
  const amount = readDecimal(view.segment, 2, view.amount);
  const items = view.items.filter(({ qualifier }) => qualifier === INVOICE_QUALIFIER).map(itemFrom);
  const faults = [
    ...tooManyRows(view.items.map(({ segment }) => segment)),
    ...(customer === undefined ? [payerFault(view)] : []),
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
    },
  };
  return { said: [{ event, names: [], teaches: [], subject: view.trace.number }], faults: [] };
}

// A customer who names itself by a name we do not have is still who sent this.
function payerFrom({ parties }: Remittance820, context: X12Context): string | undefined {
  const { sender } = context;
  return customerFrom(parties, [PAYER_ROLE], context) ?? (sender.roles.includes('customer') ? sender.id : undefined);
}

function payerFault({ parties, segment }: Remittance820): X12Fault {
  const payer = parties.find(({ role }) => role === PAYER_ROLE);
  if (payer === undefined) {
    const place = { segment: 'N1', offset: segment.offset, segmentIndex: segment.index };
    return faultAt('segment-missing', place);
  }
  const element = payer.id === '' ? 2 : 4;
  return elementFault('element-code-unknown', payer.segment, element, { found: payer.id || payer.name });
}

// A payment without a date of its own was reported on the day of the group.
function dateFrom({ date, segment }: Remittance820, { reportedAt, zone }: X12Context): string | X12Fault {
  if (date === '') return localDateIn(zone, reportedAt);
  const day = dayFrom(date);
  if (day === undefined) return elementFault('element-date-invalid', segment, 16, { found: date });
  return localDateIn('UTC', day);
}

function currencyFrom(
  view: Remittance820,
  customer: string | undefined,
  receivedOn: string,
  { rules }: X12Context,
): string | X12Fault {
  if (isCurrency(view.currency)) return view.currency;
  const agreed = customer === undefined ? undefined : agreedCurrency(rules, 'sell', customer, receivedOn);
  if (view.currency === '' && agreed !== undefined) return agreed;
  const reason =
    view.currency === ''
      ? 'there is no CUR, and no agreement gives the currency'
      : `CUR names the currency "${view.currency}", which is none`;
  const { segment } = view;
  const place = { segment: segment.id, offset: segment.offset, segmentIndex: segment.index };
  return faultAt('content-refused', place, { found: reason });
}

type RemittanceLine = NonNullable<PaymentReceived['remittance']>[number];
type ReadItem = { ok: true; item: RemittanceLine } | { ok: false; fault: X12Fault };

function itemFrom({ segment, number, amount }: RemittanceItem): ReadItem {
  if (!isIdentifier(number)) return { ok: false, fault: elementFault('element-missing', segment, 2) };
  if (amount === '') return { ok: false, fault: elementFault('element-missing', segment, 4) };
  const read = readDecimal(segment, 4, amount);
  return read.ok ? { ok: true, item: { invoice: number, amount: read.text } } : read;
}
