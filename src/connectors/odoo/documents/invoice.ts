// Our invoice or credit note to and from their `account.move`. Pure: rows to load, records read, differences.
//
// Odoo rounds unit prices and quantities to its own precision without a word, so each line goes as one piece at its
// whole amount. `tax_ids` is sent for every line, for without it a product brings the company's default tax.
import { decimal } from '../../../model/decimal.ts';
import { formatMinor, toMinor } from '../../../model/money.ts';
import {
  type DocumentKind,
  isPurchase,
  type StoredState,
  type WantedDocument,
  type WantedLine,
} from '../../contract.ts';
import type { ExternalIds } from '../external-id.ts';
import { LANDED_COST_FIELD } from '../landed-costs/marked-lines.ts';
import { type HeldOrders, type OrderLine, orderLineOf } from './orders.ts';
import type { Place } from './preconditions.ts';

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
  'partner_id',
] as const;

export const MOVE_TYPES = ['out_invoice', 'out_refund', 'in_invoice', 'in_refund'] as const;
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
  readonly partner?: { readonly id: number; readonly name: string };
};

/** A record as `read` and `search_read` give it; empty values are `false`. */
export function moveFrom(record: Readonly<Record<string, unknown>>): Move {
  const [, currency] = record.currency_id as [number, string];
  const minor = (field: string) => toMinor(decimal(record[field] as number), currency);
  const text = (field: string) => (typeof record[field] === 'string' ? record[field] : undefined);
  const partner = record.partner_id;
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
    ...(Array.isArray(partner) ? { partner: { id: partner[0] as number, name: String(partner[1]) } } : {}),
  };
}

function moveTypeOf(kind: DocumentKind): MoveType {
  if (kind === 'bill') return 'in_invoice';
  if (kind === 'vendor-credit') return 'in_refund';
  return kind === 'credit-note' ? 'out_refund' : 'out_invoice';
}

/** A document with everything in Odoo that it points to. */
export type Draftable = Place & {
  readonly document: WantedDocument;
  readonly partnerId: number;
  /** The move that a credit note reverses. */
  readonly originalId?: number;
  readonly orders: HeldOrders;
  /** Of a bill, the products that are landed costs. */
  readonly landed?: ReadonlySet<number>;
  /** Whether its lines say what they come to in the books; of those that may (`mayStateBalances`). */
  readonly statesBalances?: boolean;
};

/**
 * Odoo works out each line's journal item again when it is not told what it comes to, one at a time and with a search for each:
 * half of what making a draft costs it. In another currency than the company's only Odoo knows the rate, and a line of an order
 * is Odoo's own.
 */
export function mayStateBalances({ isOwnCurrency, document: { lines }, orders }: Draftable): boolean {
  return isOwnCurrency && lines.every(({ goods }) => orderLineOf(orders, goods) === undefined);
}

/** A document that is in Odoo, not yet posted as far as we know. */
export type Draft = { readonly document: WantedDocument; readonly moveId: number; readonly partnerId: number };

export type LoadTable = { readonly fields: readonly string[]; readonly data: readonly (readonly string[])[] };

/** Documents that may go in one `load`: their rows have the same columns, the same company and the same end. */
export function loadGroupOf(draftable: Draftable): string {
  const { companyId, document } = draftable;
  return JSON.stringify(
    [companyId, document.isDraft === true, headCells(draftable, ''), lineCells(draftable, 0)],
    (_, part) => (isCell(part) ? part[0] : part),
  );
}

/**
 * Rows for `account.move.load`, for documents of one group. The first line shares the row of its document, further
 * lines follow with the document's cells blank.
 */
export function loadTable(draftables: readonly Draftable[], ids: ExternalIds): LoadTable {
  const rows = draftables.flatMap((draftable) => {
    const head = headCells(draftable, ids.document(draftable.document.key));
    return draftable.document.lines.map((_, index) => ({
      head: index === 0 ? head : head.map(([field]) => [field, ''] as const),
      line: lineCells(draftable, index),
    }));
  });
  const cells = rows.map(({ head, line }) => [...head, ...line]);
  return { fields: cells[0]?.map(([field]) => field) ?? [], data: cells.map((row) => row.map(([, value]) => value)) };
}

type Cell = readonly [field: string, value: string];

const isCell = (part: unknown): part is Cell => Array.isArray(part) && part.length === 2 && typeof part[1] === 'string';

function headCells(draftable: Draftable, externalId: string): Cell[] {
  const { document, partnerId, currencyId, originalId, journal } = draftable;
  const { kind, issuedOn, reference, number } = document;
  const cells: Cell[] = [
    ['id', externalId],
    ['move_type', moveTypeOf(kind)],
    ['partner_id/.id', String(partnerId)],
    ['currency_id/.id', String(currencyId)],
    ['invoice_date', issuedOn],
    ['ref', reference],
    ['invoice_origin', ORIGIN_PREFIX + number],
    ...termCells(draftable),
  ];
  if (journal !== undefined) cells.push(['journal_id/.id', String(journal.id)]);
  if (originalId !== undefined) cells.push(['reversed_entry_id/.id', String(originalId)]);
  return cells;
}

function termCells({ document: { issuedOn, paymentTermsDays }, bookkeeping }: Draftable): Cell[] {
  if (paymentTermsDays === undefined) return [];
  const term = bookkeeping.paymentTerms[paymentTermsDays];
  if (term !== undefined) return [['invoice_payment_term_id/.id', String(term)]];
  // An empty term, said aloud, keeps the customer's own term from overruling the due date.
  return [
    ['invoice_payment_term_id/.id', ''],
    ['invoice_date_due', dueOn(issuedOn, paymentTermsDays)],
  ];
}

function lineCells(draftable: Draftable, index: number): Cell[] {
  const { document, taxIds, bookkeeping, orders, landed } = draftable;
  const { key, kind, currency, lines } = document;
  const { products, analytic } = bookkeeping;
  const line = lines[index];
  if (line === undefined) throw new RangeError(`document ${key} has no line ${index}`);
  const held = orderLineOf(orders, line.goods);
  const cells: Cell[] = [
    ['invoice_line_ids/name', line.description],
    ['invoice_line_ids/quantity', held === undefined ? '1' : (line.goods?.quantity ?? '1')],
    ['invoice_line_ids/price_unit', priceOf(line, held, currency)],
    // Blank means none.
    ['invoice_line_ids/tax_ids/.id', String(taxIds.get(line.taxRate ?? '0') ?? '')],
  ];
  if (draftable.statesBalances) {
    const balance = formatMinor(isCostly(kind) ? line.amountMinor : -line.amountMinor, currency);
    cells.push(['invoice_line_ids/amount_currency', balance], ['invoice_line_ids/balance', balance]);
  }
  const column = (field: string, value: unknown) => cells.push([`invoice_line_ids/${field}`, String(value ?? '')]);
  const heldLines = lines.map(({ goods }) => orderLineOf(orders, goods));
  const productId = held?.productId ?? products[line.code];
  if (heldLines.some((each) => each !== undefined) || lines.some(({ code }) => products[code] !== undefined)) {
    column('product_id/.id', productId);
  }
  if (isPurchase(kind) && lines.some(({ code }) => landed?.has(products[code] ?? 0))) {
    column(LANDED_COST_FIELD, landed?.has(productId ?? 0) ? '1' : '0');
  }
  if (heldLines.some((each) => each !== undefined)) {
    column('product_uom_id/.id', held?.unitId);
    column('sale_line_ids/.id', held?.id);
  }
  if (lines.every((each) => accountOf(draftable, each) !== undefined))
    column('account_id/.id', accountOf(draftable, line));
  if (lines.some(({ code }) => analytic[code] !== undefined)) {
    column('analytic_distribution', JSON.stringify(analytic[line.code] ?? {}));
  }
  return cells;
}

/** Debited, as costs are. */
const isCostly = (kind: DocumentKind) => kind === 'bill' || kind === 'credit-note';

function priceOf({ amountMinor, goods }: WantedLine, held: OrderLine | undefined, currency: string): string {
  return held === undefined || goods === undefined ? formatMinor(amountMinor, currency) : goods.unitPrice;
}

// What the setup names, else what the product brings, else the journal's own.
function accountOf(draftable: Draftable, { code, account, goods }: WantedLine): number | undefined {
  const { journal, accountIds, bookkeeping, orders } = draftable;
  if (account !== undefined) return accountIds?.get(account);
  if (orderLineOf(orders, goods)?.productId !== undefined) return undefined;
  return bookkeeping.products[code] === undefined ? journal?.accountId : undefined;
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

/** What else is known of how a document should be, or is. */
export type Known = {
  readonly partnerId?: number;
  /** Where somebody may have changed them. */
  readonly lines?: readonly { readonly description: string; readonly amount: number }[];
};

/** What differs between what was meant and what is stored, in a clerk's words; `undefined` when nothing does. */
export function differenceFrom(document: WantedDocument, move: Move, known: Known = {}): string | undefined {
  const { currency, customer, issuedOn } = document;
  const subtotal = subtotalOf(document);
  const tax = taxOf(document);
  const amount = (minor: bigint) => `${formatMinor(minor, move.currency)} ${move.currency}`;
  const { partner } = move;
  const differences = [
    move.moveType !== moveTypeOf(document.kind) && `is stored as ${move.moveType}, not as ${document.kind}`,
    (move.currency !== currency || move.untaxedMinor !== subtotal) &&
      `comes to ${amount(move.untaxedMinor)} before tax, not ${formatMinor(subtotal, currency)} ${currency}`,
    move.taxMinor !== tax && `bears ${amount(move.taxMinor)} of tax, not ${formatMinor(tax, currency)} ${currency}`,
    move.invoiceDate !== undefined && move.invoiceDate !== issuedOn && `is dated ${move.invoiceDate}, not ${issuedOn}`,
    partner !== undefined &&
      known.partnerId !== undefined &&
      partner.id !== known.partnerId &&
      `names ${partner.name}, not ${customer.name}`,
    known.lines !== undefined && move.currency === currency && differenceInLines(document, known.lines),
  ].filter((difference) => typeof difference === 'string');
  if (differences.length === 0) return undefined;
  const what = differences.join(' and ');
  if (move.name !== undefined) return `${document.number} (${move.name} in Odoo) ${what}`;
  return `${document.number} as a draft in Odoo ${what}; delete the draft there and it is made anew`;
}

function differenceInLines({ lines, currency }: WantedDocument, stored: NonNullable<Known['lines']>): string | false {
  if (stored.length !== lines.length) return `has ${stored.length} lines, not ${lines.length}`;
  for (const [index, { description, amountMinor }] of lines.entries()) {
    const line = stored[index];
    if (line === undefined) continue;
    const meant = formatMinor(amountMinor, currency);
    if (toMinor(decimal(line.amount), currency) !== amountMinor)
      return `has ${line.amount} in line ${index + 1}, not ${meant}`;
    if (line.description !== description)
      return `says "${line.description}" in line ${index + 1}, not "${description}"`;
  }
  return false;
}
