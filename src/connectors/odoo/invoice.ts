// Our invoice or credit note to and from their `account.move`. Pure: rows to load, records read, differences.
//
// Odoo rounds unit prices and quantities to its own precision without a word, so each line goes as one piece at its
// whole amount. `tax_ids` is sent for every line, for without it a product brings the company's default tax.
import { decimal } from '../../model/decimal.ts';
import { formatMinor, toMinor } from '../../model/money.ts';
import type { DocumentKind, StoredState, WantedDocument } from '../contract.ts';
import type { ExternalIds } from './external-id.ts';
import type { Mapped } from './mapping.ts';
import type { TaxIds } from './taxes.ts';

/** Marks our documents in Odoo's "Source" field, so that all of them can be listed. */
export const ORIGIN_PREFIX = 'Lading ';

export const MOVE_FIELDS = [
  'name',
  'state',
  'move_type',
  'date',
  'invoice_date',
  'invoice_origin',
  'currency_id',
  'amount_untaxed',
  'amount_tax',
  'amount_total',
  'amount_residual',
] as const;

export const MOVE_TYPES = ['out_invoice', 'out_refund', 'in_invoice'] as const;
export type MoveType = (typeof MOVE_TYPES)[number];

/** One of our documents as Odoo holds it. */
export type Move = {
  readonly id: number;
  /** Missing while a draft. */
  readonly name?: string;
  readonly state: StoredState;
  readonly moveType: MoveType;
  /** The accounting date, which Odoo moves by itself when the period is closed. */
  readonly date?: string;
  readonly invoiceDate?: string;
  readonly currency: string;
  readonly untaxedMinor: bigint;
  readonly taxMinor: bigint;
  readonly totalMinor: bigint;
  readonly residualMinor: bigint;
};

/** A record as `read` and `search_read` give it; empty values are `false`. */
export function moveFrom(record: Readonly<Record<string, unknown>>): Move {
  const [, currency] = record.currency_id as [number, string];
  const minor = (field: string) => toMinor(decimal(record[field] as number), currency);
  const text = (field: string) => (typeof record[field] === 'string' ? record[field] : undefined);
  const state = record.state === 'cancel' ? 'cancelled' : (record.state as 'draft' | 'posted');
  return {
    id: record.id as number,
    name: state === 'draft' ? undefined : text('name'),
    state,
    moveType: record.move_type as MoveType,
    date: text('date'),
    invoiceDate: text('invoice_date'),
    currency,
    untaxedMinor: minor('amount_untaxed'),
    taxMinor: minor('amount_tax'),
    totalMinor: minor('amount_total'),
    residualMinor: minor('amount_residual'),
  };
}

export function moveTypeOf(kind: DocumentKind): MoveType {
  if (kind === 'bill') return 'in_invoice';
  return kind === 'credit-note' ? 'out_refund' : 'out_invoice';
}

/** A document with everything in Odoo that it points to. */
export type Draftable = Mapped & {
  readonly document: WantedDocument;
  readonly partnerId: number;
  readonly currencyId: number;
  readonly companyId?: number;
  /** By rate. */
  readonly taxIds: TaxIds;
  /** The move that a credit note reverses. */
  readonly originalId?: number;
};

/** A document that is in Odoo, not yet posted as far as we know. */
export type Draft = { readonly document: WantedDocument; readonly moveId: number };

export type LoadTable = { readonly fields: readonly string[]; readonly data: readonly (readonly string[])[] };

/** Documents that may go in one `load`: their rows have the same columns and the same company. */
export function loadGroupOf({ document, companyId, originalId, journalId, accountIds }: Draftable): string {
  const { paymentTermsDays, kind } = document;
  const mapped = [journalId !== undefined, accountIds !== undefined];
  return [companyId, paymentTermsDays !== undefined, originalId !== undefined, kind === 'bill', ...mapped].join('/');
}

/**
 * Rows for `account.move.load`, for documents of one group. The first line shares the row of its document, further
 * lines follow with the document's cells blank. Every line has its external id too: without, loading the same
 * document again would add the lines again.
 */
export function loadTable(
  draftables: readonly Draftable[],
  ids: ExternalIds,
  products: Readonly<Record<string, number>> = {},
): LoadTable {
  const rows = draftables.flatMap((draftable) => {
    const head = headCells(draftable, ids);
    return draftable.document.lines.map((_, index) => ({
      head: index === 0 ? head : head.map(([field]) => [field, ''] as const),
      line: lineCells(draftable, index, ids, products),
    }));
  });
  const cells = rows.map(({ head, line }) => [...head, ...line]);
  return { fields: cells[0]?.map(([field]) => field) ?? [], data: cells.map((row) => row.map(([, value]) => value)) };
}

type Cell = readonly [field: string, value: string];

function headCells({ document, partnerId, currencyId, originalId, journalId }: Draftable, ids: ExternalIds): Cell[] {
  const { key, kind, issuedOn, paymentTermsDays, reference, number } = document;
  const cells: Cell[] = [
    ['id', ids.document(key)],
    ['move_type', moveTypeOf(kind)],
    ['partner_id/.id', String(partnerId)],
    ['currency_id/.id', String(currencyId)],
    ['invoice_date', issuedOn],
    ['ref', reference],
    ['invoice_origin', ORIGIN_PREFIX + number],
  ];
  // An empty term, said aloud, keeps the customer's own term from overruling the due date.
  if (paymentTermsDays !== undefined) {
    cells.push(['invoice_payment_term_id/.id', ''], ['invoice_date_due', dueOn(issuedOn, paymentTermsDays)]);
  }
  if (journalId !== undefined) cells.push(['journal_id/.id', String(journalId)]);
  if (originalId !== undefined) cells.push(['reversed_entry_id/.id', String(originalId)]);
  return cells;
}

function lineCells(
  { document: { key, currency, lines }, taxIds, accountIds }: Draftable,
  index: number,
  ids: ExternalIds,
  products: Readonly<Record<string, number>>,
): Cell[] {
  const line = lines[index];
  if (line === undefined) throw new RangeError(`document ${key} has no line ${index}`);
  const cells: Cell[] = [
    ['invoice_line_ids/id', ids.line(key, index + 1)],
    ['invoice_line_ids/name', line.description],
    ['invoice_line_ids/quantity', '1'],
    ['invoice_line_ids/price_unit', formatMinor(line.amountMinor, currency)],
    // Blank means none.
    ['invoice_line_ids/tax_ids/.id', String(taxIds.get(line.taxRate ?? '0') ?? '')],
  ];
  if (accountIds !== undefined) {
    cells.push(['invoice_line_ids/account_id/.id', String(accountIds.get(line.account ?? '') ?? '')]);
  }
  if (Object.keys(products).length > 0) {
    cells.push(['invoice_line_ids/product_id/.id', String(products[line.code] ?? '')]);
  }
  return cells;
}

export function dueOn(issuedOn: string, days: number): string {
  return Temporal.PlainDate.from(issuedOn).add({ days }).toString();
}

export function subtotalOf({ lines }: WantedDocument): bigint {
  return lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
}

export function taxOf({ lines }: WantedDocument): bigint {
  return lines.reduce((sum, { taxMinor = 0n }) => sum + taxMinor, 0n);
}

/** What differs between what was meant and what is stored, in a clerk's words; `undefined` when nothing does. */
export function differenceFrom(document: WantedDocument, move: Move): string | undefined {
  const { currency } = document;
  const subtotal = subtotalOf(document);
  const tax = taxOf(document);
  const amount = (minor: bigint) => `${formatMinor(minor, move.currency)} ${move.currency}`;
  const differences = [
    move.moveType !== moveTypeOf(document.kind) && `is stored as ${move.moveType}, not as ${document.kind}`,
    (move.currency !== currency || move.untaxedMinor !== subtotal) &&
      `comes to ${amount(move.untaxedMinor)} before tax, not ${formatMinor(subtotal, currency)} ${currency}`,
    move.taxMinor !== tax && `bears ${amount(move.taxMinor)} of tax, not ${formatMinor(tax, currency)} ${currency}`,
    move.invoiceDate !== undefined &&
      move.invoiceDate !== document.issuedOn &&
      `is dated ${move.invoiceDate}, not ${document.issuedOn}`,
  ].filter((difference) => typeof difference === 'string');
  if (differences.length === 0) return undefined;
  const what = differences.join(' and ');
  if (move.name !== undefined) return `${document.number} (${move.name} in Odoo) ${what}`;
  return `${document.number} as a draft in Odoo ${what}; delete the draft there and it is made anew`;
}
