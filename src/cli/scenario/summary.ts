// The outcome in lines that a billing clerk reads.
import type { Outcome } from '../../insight/outcome.ts';

export function summaryOf(name: string, outcome: Outcome): string {
  const { shipments, invoices, orders, exceptions, messages, erp, conservation } = outcome;
  const { received, duplicates, quarantined, waiting } = messages;
  return [
    name,
    `  messages    ${received} received, ${duplicates} doubled, ${quarantined} quarantined, ${waiting} waiting`,
    `  shipments   ${shipments.length} (${counted(shipments.map(({ billing }) => billing))})`,
    ...invoices.map(
      ({ number, kind, customer, total, currency, open }) =>
        `  ${kind.padEnd(13)} ${number}  ${customer}  ${total} ${currency}, open ${open}`,
    ),
    ...orders.map(({ order, customer, status }) => `  order         ${order}  ${customer}  ${status}`),
    ...exceptions.map(({ kind, subject, state }) => `  exception     ${kind}  ${subject}  ${state}`),
    `  ERP         ${erp.invoices} invoices, ${erp.creditNotes} credit notes, ${erp.bills} bills`,
    ...Object.entries(conservation).map(
      ([currency, { total, invoiced, pending, expected, difference }]) =>
        `  ${currency}         charges ${total}: invoiced ${invoiced}, pending ${pending}, expected ${expected}; difference ${difference}`,
    ),
  ].join('\n');
}

function counted(words: readonly string[]): string {
  const counts = Map.groupBy(words, (word) => word);
  return [...counts].map(([word, all]) => `${all.length} ${word}`).join(', ') || 'none';
}
