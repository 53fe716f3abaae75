import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Outcome, OutcomeInvoice } from '../../insight/outcome.ts';
import type { CustomerDisputeView } from '../../store/read/customer-disputes.ts';
import type { ExceptionView } from '../../store/read/exceptions.ts';
import type { PaymentView } from '../../store/read/payments.ts';
import { demoSummary } from './summary.ts';

function invoice(kind: string, total: string, currency = 'USD'): OutcomeInvoice {
  const empty = { shipments: [], lines: [], subtotal: total, tax: '0.00', postedAt: null, open: total };
  return { customer: 'acme', kind, number: 'S-1-1', currency, total, ...empty };
}

function exception(kind: string, subject: string): ExceptionView {
  const times = { openedAt: '2026-03-02T00:00:00Z', dueAt: '2026-03-03T00:00:00Z' };
  return { id: '1', kind, subject, detail: `what ails ${subject}`, owner: 'operations', state: 'open', ...times };
}

const shipment = (billing: string) => ({
  shipment: 'S',
  status: 'delivered',
  pickedUpAt: null,
  deliveredAt: null,
  billing,
});

// Only what the summary reads.
const OUTCOME = {
  shipments: ['invoiced', 'invoiced', 'held', 'not-due'].map(shipment),
  charges: [],
  invoices: [
    invoice('invoice', '1200.50'),
    { ...invoice('invoice', '99.50'), open: '0.00' },
    { ...invoice('supplementary', '10.00'), open: '4.00' },
    invoice('invoice', '5000', 'JPY'),
    invoice('credit-note', '10.00'),
  ],
  orders: [
    { order: 'O-1', status: 'invoiced' },
    { order: 'O-2', status: 'partly-delivered' },
    { order: 'O-3', status: 'partly-delivered' },
  ],
  carrierInvoices: [
    { carrier: 'rdwy', invoice: 'R-1', verdict: 'approved' },
    { carrier: 'rdwy', invoice: 'R-2', verdict: 'approved' },
    { carrier: 'rdwy', invoice: 'R-3', verdict: 'disputed' },
    { carrier: 'rdwy', invoice: 'R-4', verdict: 'duplicate' },
  ],
  exceptions: [],
  erp: { invoices: 3, creditNotes: 1, bills: 0 },
  messages: { received: 210, duplicates: 9, quarantined: 2, waiting: 1 },
  conservation: {
    USD: {
      ...{ total: '1234567.89', expected: '0.00', pending: '44.50', invoiced: '1290.00' },
      ...{ disputed: '0.00', waived: '0.00', erp: '1290.00', difference: '0.00' },
    },
  },
} as unknown as Outcome;

const paid = (amount: string, left: string) => ({ currency: 'USD', amount, left }) as PaymentView;
const DISPUTES = [
  { customer: 'acme', invoice: 'S-1-1', shipment: 'S-1', code: 'DET', amount: '1112.50', currency: 'USD' },
] as unknown as CustomerDisputeView[];
const PAYMENTS = [paid('99.50', '0.00'), paid('61.00', '50.00')];

test('the summary says in words and sums what the week came to', () => {
  const exceptions = ['S-1', 'S-2', 'S-3', 'S-4'].map((subject) => exception('pod-missing', subject));
  const text = demoSummary({
    outcome: OUTCOME,
    exceptions: [...exceptions, exception('no-lane', 'S-9')],
    payments: PAYMENTS,
    disputes: DISPUTES,
    title: 'A week',
    books: ['The books do not hold: 1 deviation.', 'S-1 LHL USD: too little'],
  });
  const lines = text.split('\n').map((line) => line.trim());
  for (const said of [
    'A week',
    'Messages      210 received',
    '9 were doubles and changed nothing',
    '2 could not be read and are kept in quarantine',
    'Orders        3 placed',
    '1 delivered and invoiced: O-1',
    '2 delivered in part: O-2, O-3',
    'Shipments     4',
    'Invoices      4 documents in the ERP',
    '1 waits for its shipment',
    '2 invoices: 1,300.00 USD',
    '1 invoice: 5,000 JPY',
    '1 credit note: 10.00 USD',
    'Carrier bills 4 came in',
    '2 as agreed, and vendor bills in the ERP',
    '1 in dispute with the carrier: rdwy/R-3',
    '1 billed before, and not paid again: rdwy/R-4',
    'Payments      2 received',
    '160.50 USD, of which 50.00 found no invoice',
    '1 invoice is settled, 1 in part',
    'Disputes      1 open, of customers',
    'acme objects to DET of S-1-1: 1,112.50 USD',
    'To do         5 open',
    '4 pod-missing, for operations',
    'S-1: what ails S-1',
    'and 1 more',
    '1 no-lane, for operations',
    'Books USD     1,234,567.89 charged',
    '1,290.00 invoiced, and the ERP holds 1,290.00',
    'difference 0.00',
    'Books check   The books do not hold: 1 deviation.',
    'S-1 LHL USD: too little',
  ]) {
    assert.ok(lines.includes(said), `"${said}" is not in:\n${text}`);
  }
  assert.ok(
    lines.some((line) => /^2 .*invoiced$/.test(line)),
    text,
  );
  assert.ok(
    lines.some((line) => /^1 .*held: something must be mended first$/.test(line)),
    text,
  );
});

test('a week without trouble has nothing to do', () => {
  assert.ok(
    !demoSummary({
      outcome: OUTCOME,
      exceptions: [],
      payments: [],
      disputes: [],
      title: 'A week',
      books: ['The books hold.'],
    }).includes('To do'),
  );
});
