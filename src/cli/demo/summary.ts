// What the week came to, in words and sums that a billing clerk understands.
import type { Outcome } from '../../insight/outcome.ts';
import type { CustomerDisputeView } from '../../store/read/customer-disputes.ts';
import type { ExceptionView } from '../../store/read/exceptions.ts';
import type { PaymentView } from '../../store/read/payments.ts';

export type SummaryInput = {
  readonly outcome: Outcome;
  /** Those that are open. */
  readonly exceptions: readonly ExceptionView[];
  readonly payments: readonly PaymentView[];
  /** Those of customers that are open. */
  readonly disputes: readonly CustomerDisputeView[];
  readonly title: string;
  /** Whether they hold, and what deviates. */
  readonly books: readonly [verdict: string, ...deviations: string[]];
};

export function demoSummary(input: SummaryInput): string {
  const {
    outcome,
    exceptions,
    payments,
    disputes,
    title,
    books: [verdict, ...deviations],
  } = input;
  const { messages, erp, conservation } = outcome;
  return [
    '',
    title,
    '',
    row('Messages', `${messages.received} received`, [
      `${messages.duplicates} were doubles and changed nothing`,
      `${messages.quarantined} could not be read and are kept in quarantine`,
      messages.waiting === 1 ? '1 waits for its shipment' : `${messages.waiting} wait for their shipments`,
    ]),
    ...whereAny('Orders', outcome.orders, 'placed', orderLines),
    row('Shipments', `${outcome.shipments.length}`, shipmentLines(outcome)),
    row('Invoices', `${erp.invoices + erp.creditNotes} documents in the ERP`, invoiceLines(outcome)),
    ...whereAny('Carrier bills', outcome.carrierInvoices, 'came in', billLines),
    ...whereAny('Payments', payments, 'received', () => paymentLines(payments, outcome)),
    ...whereAny('Disputes', disputes, 'open, of customers', disputeLines),
    ...(exceptions.length === 0 ? [] : [row('To do', `${exceptions.length} open`, exceptionLines(exceptions))]),
    ...Object.entries(conservation).map(([currency, sums]) =>
      row(`Books ${currency}`, `${money(sums.total)} charged`, [
        `${money(sums.invoiced)} invoiced, and the ERP holds ${money(sums.erp)}`,
        `${money(sums.pending)} due and not yet invoiced, ${money(sums.expected)} not due yet`,
        `difference ${money(sums.difference)}`,
      ]),
    ),
    row('Books check', verdict, deviations),
  ].join('\n');
}

const LABEL = 14;

function row(label: string, head: string, lines: readonly string[]): string {
  return [label.padEnd(LABEL) + head, ...lines.map((line) => ' '.repeat(LABEL) + line)].join('\n');
}

function whereAny<T>(
  label: string,
  some: readonly T[],
  what: string,
  lines: (some: readonly T[]) => string[],
): string[] {
  return some.length === 0 ? [] : [row(label, `${some.length} ${what}`, lines(some))];
}

const ORDER_WORDS = {
  invoiced: 'delivered and invoiced',
  delivered: 'delivered',
  'partly-delivered': 'delivered in part',
  open: 'not delivered yet',
} as const;

function orderLines(orders: readonly Outcome['orders'][number][]): string[] {
  return Object.entries(ORDER_WORDS).flatMap(([status, words]) => {
    const some = orders.filter((order) => order.status === status);
    return some.length === 0 ? [] : [`${some.length} ${words}: ${namesOf(some.map(({ order }) => order))}`];
  });
}

const BILLING_WORDS: Readonly<Record<string, string>> = {
  invoiced: 'invoiced',
  'not-due': 'not due yet',
  waiting: 'waiting for the end of the billing period',
  held: 'held: something must be mended first',
  adjusting: 'invoiced, with a difference that somebody must approve',
  ready: 'decided, not yet in the ERP',
  'nothing-to-bill': 'with nothing to bill',
};

function shipmentLines({ shipments }: Outcome): string[] {
  const byState = Map.groupBy(shipments, ({ billing }) => billing);
  return Object.entries(BILLING_WORDS).flatMap(([state, words]) => {
    const count = byState.get(state)?.length ?? 0;
    return count === 0 ? [] : [`${count} ${words}`];
  });
}

const KIND_WORDS = [
  { kind: 'invoice', one: 'invoice', more: 'invoices', about: '' },
  {
    kind: 'supplementary',
    one: 'supplementary invoice',
    more: 'supplementary invoices',
    about: ', for what was told after the invoice',
  },
  { kind: 'credit-note', one: 'credit note', more: 'credit notes', about: '' },
] as const;

function invoiceLines({ invoices }: Outcome): string[] {
  return KIND_WORDS.flatMap(({ kind, one, more, about }) => {
    const ofKind = invoices.filter((invoice) => invoice.kind === kind);
    const byCurrency = Map.groupBy(ofKind, ({ currency }) => currency);
    return [...byCurrency].map(
      ([currency, some]) =>
        `${some.length} ${some.length === 1 ? one : more}${about}: ${money(sumOf(some.map(({ total }) => total)))} ${currency}`,
    );
  });
}

const VERDICT_WORDS = {
  approved: 'as agreed, and vendor bills in the ERP',
  disputed: 'in dispute with the carrier',
  duplicate: 'billed before, and not paid again',
  unmatched: 'for a shipment that nobody knows yet',
} as const;

function billLines(bills: readonly Outcome['carrierInvoices'][number][]): string[] {
  return Object.entries(VERDICT_WORDS).flatMap(([verdict, words]) => {
    const some = bills.filter((bill) => bill.verdict === verdict);
    if (some.length === 0) return [];
    const names = namesOf(some.map(({ carrier, invoice }) => `${carrier}/${invoice}`));
    return [`${some.length} ${words}${verdict === 'approved' ? '' : `: ${names}`}`];
  });
}

function paymentLines(payments: readonly PaymentView[], { invoices }: Outcome): string[] {
  const sums = [...Map.groupBy(payments, ({ currency }) => currency)].map(([currency, some]) => {
    const left = sumOf(some.map((payment) => payment.left));
    const rest = isNothing(left) ? '' : `, of which ${money(left)} found no invoice`;
    return `${money(sumOf(some.map(({ amount }) => amount)))} ${currency}${rest}`;
  });
  const owed = invoices.filter(({ kind }) => kind !== 'credit-note');
  const whole = owed.filter(({ open }) => isNothing(open)).length;
  const part = owed.filter(({ open, total }) => !isNothing(open) && open !== total).length;
  return [
    ...sums,
    `${whole} ${whole === 1 ? 'invoice is' : 'invoices are'} settled${part === 0 ? '' : `, ${part} in part`}`,
  ];
}

function isNothing(amount: string): boolean {
  return !/[1-9]/.test(amount);
}

// Decimal strings of one currency have the same number of places.
function sumOf(amounts: readonly string[]): string {
  const places = amounts[0]?.split('.')[1]?.length ?? 0;
  const digits = amounts.reduce((sum, amount) => sum + BigInt(amount.replace('.', '')), 0n).toString();
  const padded = digits.padStart(places + 1, '0');
  return places === 0 ? padded : `${padded.slice(0, -places)}.${padded.slice(-places)}`;
}

function money(amount: string): string {
  const [whole = '', fraction] = amount.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

function disputeLines(disputes: readonly CustomerDisputeView[]): string[] {
  return disputes.map(({ customer, invoice, code, amount, currency }) => {
    const what = code === undefined ? invoice : `${code} of ${invoice}`;
    return `${customer} objects to ${what}: ${money(amount)} ${currency}`;
  });
}

const MOST_PER_KIND = 3;

const namesOf = (names: readonly string[]) => names.slice(0, MOST_PER_KIND).join(', ');

function exceptionLines(exceptions: readonly ExceptionView[]): string[] {
  const byKind = [...Map.groupBy(exceptions, ({ kind }) => kind)].sort(([a], [b]) => (a < b ? -1 : 1));
  return byKind.flatMap(([kind, some]) => [
    `${some.length} ${kind}, for ${some[0]?.owner}`,
    ...some.slice(0, MOST_PER_KIND).map(({ subject, detail }) => `  ${subject}: ${detail}`),
    ...(some.length > MOST_PER_KIND ? [`  and ${some.length - MOST_PER_KIND} more`] : []),
  ]);
}
