// The books in lines that a controller reads.

import type { Books, Deviation } from '../../insight/books.ts';
import { BOOK_SUMS } from '../../store/read/books.ts';
import { aligned } from './aligned.ts';

export function booksLines(books: Books): string[] {
  return [
    ...equations(books),
    '',
    ...erpLines(books),
    '',
    ...ledgerLines(books),
    '',
    booksVerdict(books),
    ...deviationLines(books),
    ...unsettledLines(books),
  ];
}

/** One line: whether they hold. */
export function booksVerdict({ holds, deviations, more }: Books): string {
  if (holds)
    return 'The books hold: every charge is in one state, what counts as invoiced is on posted documents, and the ledger says the same.';
  const count = `${more ? 'More than ' : ''}${deviations.length}`;
  return `The books do not hold: ${count} ${deviations.length === 1 ? 'deviation' : 'deviations'}.`;
}

/** A line for each charge or document that deviates. */
export function deviationLines({ deviations }: Pick<Books, 'deviations'>): string[] {
  return deviations.map((deviation) => `${subjectOf(deviation)}: ${deviation.detail}`);
}

function unsettledLines({ unsettled }: Books): string[] {
  if (unsettled === 0) return [];
  return [
    `${unsettled} ${unsettled === 1 ? 'is' : 'are'} not judged, because the hub is at work on ${unsettled === 1 ? 'it' : 'them'}; ask again.`,
  ];
}

function subjectOf({ shipment, code, document, posting, currency }: Deviation): string {
  if (posting !== undefined) return `posting ${posting} ${currency}`;
  return document === undefined ? `${shipment} ${code} ${currency}` : `${document} ${currency}`;
}

function equations({ lines }: Books): string[] {
  if (lines.length === 0) return ['Nothing was charged yet.'];
  const head = ['entity', 'currency', 'day', ...BOOK_SUMS, 'difference'];
  const rows = lines.map((line) => [
    line.legalEntity || '-',
    line.currency,
    line.day || '-',
    ...BOOK_SUMS.map((name) => line[name]),
    line.difference,
  ]);
  return [
    'total = expected + pending + invoiced + disputed + waived, and invoiced = documents',
    '',
    ...aligned([head, ...rows]),
  ];
}

function ledgerLines({ ledger }: Books): string[] {
  if (ledger.lines.length === 0) return ['The ledger is empty: nothing was tendered yet.'];
  const head = ['ledger', '', 'expected', 'accrued', 'invoiced', 'debits − credits'];
  const rows = ledger.lines.flatMap(({ legalEntity, currency, revenue, cost, sum }) => [
    [legalEntity || '-', `revenue ${currency}`, revenue.expected, revenue.accrued, revenue.invoiced, sum],
    ['', `cost ${currency}`, cost.expected, cost.accrued, cost.invoiced, ''],
  ]);
  const waiting =
    ledger.late === 0 ? [] : [`${ledger.late} late for a locked period: "lading period list" says which.`];
  return [...aligned([head, ...rows]), ...waiting];
}

function erpLines({ erp }: Books): string[] {
  if (erp === null) return ['The ERP was not asked: none is connected.'];
  if (erp.length === 0) return ['The ERP holds no posted document of ours, and neither do we.'];
  return erp.map(
    ({ currency, documents, erp: held, difference }) =>
      `ERP ${currency}: it holds ${held}, we hold ${documents} as posted, difference ${difference}`,
  );
}
