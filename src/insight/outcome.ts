// The outcome: what all that came in led to, in the words of contract section 5.
//
// `invoices` are those that the ERP confirmed to us; `erp` and the conservation's `erp` are asked of the ERP itself, so
// that the two can disagree and be seen to.

import { isOutOfTolerance } from '../domain/audit/objection.ts';
import { openItems } from '../domain/cash/open-items.ts';
import { absolute, formatMinor } from '../model/money.ts';
import { formatInstant, type Instant } from '../model/time.ts';
import type { Store } from '../store/database.ts';
import { orderQuantities, ordersPlaced } from '../store/read/order-progress.ts';
import {
  type AuditedInvoice,
  auditedInvoices,
  type ChargeAmount,
  type ConservationRow,
  chargeAmounts,
  conservationByCurrency,
  exceptionStates,
  messageCounts,
  type PostedDocument,
  type PostedLine,
  postedDocuments,
  type SettledAmount,
  type ShipmentState,
  settledAmounts,
  shipmentStates,
} from '../store/read/outcome.ts';
import { type OutcomeOrder, orderRows } from './outcome-orders.ts';

export type OutcomeShipment = {
  shipment: string;
  status: string;
  pickedUpAt: string | null;
  deliveredAt: string | null;
  billing: string;
};
export type OutcomeCharge = {
  shipment: string;
  side: string;
  code: string;
  amount: string;
  currency: string;
  state: string;
};
export type OutcomeLine = {
  shipment: string;
  code: string;
  order?: string;
  line?: number;
  quantity?: string;
  amount: string;
};
export type OutcomeInvoice = {
  customer: string;
  kind: string;
  number: string;
  shipments: string[];
  currency: string;
  lines: OutcomeLine[];
  subtotal: string;
  tax: string;
  total: string;
  postedAt: string | null;
  open: string;
};
export type OutcomeCarrierInvoice = {
  carrier: string;
  invoice: string;
  verdict: string;
  billed: string;
  expected: string;
  differences: { shipment: string; code: string; billed: string; expected: string }[];
};
export type OutcomeConservation = Record<
  'total' | 'expected' | 'pending' | 'invoiced' | 'disputed' | 'waived' | 'erp' | 'difference',
  string
>;
export type Outcome = {
  shipments: OutcomeShipment[];
  charges: OutcomeCharge[];
  invoices: OutcomeInvoice[];
  orders: OutcomeOrder[];
  carrierInvoices: OutcomeCarrierInvoice[];
  exceptions: { kind: string; subject: string; state: string }[];
  erp: { invoices: number; creditNotes: number; bills: number };
  messages: { received: number; duplicates: number; quarantined: number; waiting: number };
  conservation: Record<string, OutcomeConservation>;
};

/** A document as the ERP itself holds it. */
export type ErpDocument = {
  readonly kind: 'invoice' | 'credit-note' | 'bill' | 'vendor-credit';
  readonly state: 'draft' | 'posted' | 'cancelled';
  readonly currency: string;
  /** Before tax; positive for both kinds. */
  readonly subtotalMinor: bigint;
};

/** `erpDocuments`: what the ERP itself holds of ours; none when no ERP is connected. */
export async function outcomeOf(store: Store, erpDocuments: readonly ErpDocument[] = []): Promise<Outcome> {
  return store.transaction(async (client) => {
    await client.query('set transaction isolation level repeatable read, read only');
    const { tenant } = store;
    return {
      shipments: (await shipmentStates(client, tenant)).sort(by(({ shipment }) => [shipment])).map(shipmentFrom),
      charges: (await chargeAmounts(client, tenant))
        .sort(by(({ shipment, side, code, state, currency }) => [shipment, side, code, state, currency]))
        .map(chargeFrom),
      invoices: invoicesFrom(await postedDocuments(client, tenant), await settledAmounts(client, tenant)),
      orders: orderRows(await ordersPlaced(client, tenant), await orderQuantities(client, tenant)),
      carrierInvoices: carrierInvoicesFrom(await auditedInvoices(client, tenant)),
      exceptions: (await exceptionStates(client, tenant)).sort(by(({ kind, subject }) => [kind, subject])),
      erp: erpCounts(erpDocuments),
      messages: await messageCounts(client, tenant),
      conservation: conservationFrom(await conservationByCurrency(client, tenant), erpDocuments),
    };
  });
}

// By code point, as every machine does it, whatever its language.
function by<Row>(keys: (row: Row) => readonly string[]): (a: Row, b: Row) => number {
  return (a, b) => {
    const others = keys(b);
    for (const [index, key] of keys(a).entries()) {
      const other = others[index] as string;
      if (key !== other) return key < other ? -1 : 1;
    }
    return 0;
  };
}

function timeOf(instant: Instant | null): string | null {
  return instant === null ? null : formatInstant(instant);
}

function shipmentFrom({ shipment, status, pickedUpAt, deliveredAt, billing }: ShipmentState): OutcomeShipment {
  return { shipment, status, pickedUpAt: timeOf(pickedUpAt), deliveredAt: timeOf(deliveredAt), billing };
}

function chargeFrom({ shipment, side, code, amountMinor, currency, state }: ChargeAmount): OutcomeCharge {
  return { shipment, side, code, amount: formatMinor(amountMinor, currency), currency, state };
}

function invoicesFrom(documents: readonly PostedDocument[], settled: readonly SettledAmount[]): OutcomeInvoice[] {
  const totals = documents.map((document) => ({ ...document, totalMinor: document.subtotalMinor + document.taxMinor }));
  const openMinor = openItems(totals, settled);
  return [...documents]
    .sort(by(({ customer, kind, shipments, number }) => [customer, kind, shipments[0] ?? '', number]))
    .map((document) => {
      const { customer, kind, number, shipments, currency, subtotalMinor, taxMinor, postedAt } = document;
      return {
        customer,
        kind,
        number,
        shipments: [...shipments].sort(by((shipment) => [shipment])),
        currency,
        lines: [...document.lines].sort(byLine).map((line) => lineFrom(line, currency)),
        subtotal: formatMinor(subtotalMinor, currency),
        tax: formatMinor(taxMinor, currency),
        total: formatMinor(subtotalMinor + taxMinor, currency),
        postedAt: timeOf(postedAt),
        open: formatMinor(openMinor.get(number) ?? 0n, currency),
      };
    });
}

function byLine(a: PostedLine, b: PostedLine): number {
  return (
    by(({ shipment, code, order }: PostedLine) => [shipment, code, order ?? ''])(a, b) || (a.line ?? 0) - (b.line ?? 0)
  );
}

function lineFrom({ shipment, code, order, line, quantity, amountMinor }: PostedLine, currency: string): OutcomeLine {
  return {
    shipment,
    code,
    ...(order === null || line === null ? {} : { order, line }),
    ...(quantity === null ? {} : { quantity }),
    amount: formatMinor(amountMinor, currency),
  };
}

function carrierInvoicesFrom(invoices: readonly AuditedInvoice[]): OutcomeCarrierInvoice[] {
  return [...invoices]
    .sort(by(({ carrier, invoice }) => [carrier, invoice]))
    .map(({ carrier, invoice, currency, verdict, billedMinor, expectedMinor, compared }) => ({
      carrier,
      invoice,
      verdict,
      billed: formatMinor(billedMinor, currency),
      expected: formatMinor(expectedMinor, currency),
      differences: compared
        .filter(isOutOfTolerance)
        .sort(by(({ shipment, code }) => [shipment, code]))
        .map((line) => ({
          shipment: line.shipment,
          code: line.code,
          billed: formatMinor(line.billedMinor, currency),
          expected: formatMinor(line.expectedMinor, currency),
        })),
    }));
}

function erpCounts(documents: readonly ErpDocument[]): Outcome['erp'] {
  const standing = documents.filter(({ state }) => state !== 'cancelled');
  const count = (kind: ErpDocument['kind']) => standing.filter((document) => document.kind === kind).length;
  return { invoices: count('invoice'), creditNotes: count('credit-note'), bills: count('bill') };
}

function conservationFrom(
  books: readonly ConservationRow[],
  erpDocuments: readonly ErpDocument[],
): Outcome['conservation'] {
  const erpMinor = new Map<string, bigint>();
  for (const { state, kind, currency, subtotalMinor } of erpDocuments) {
    // What we owe is no part of what we charge.
    if (state !== 'posted' || kind === 'bill' || kind === 'vendor-credit') continue;
    const signed = kind === 'credit-note' ? -subtotalMinor : subtotalMinor;
    erpMinor.set(currency, (erpMinor.get(currency) ?? 0n) + signed);
  }
  const bookOf = new Map(books.map((book) => [book.currency, book]));
  const currencies = [...new Set([...bookOf.keys(), ...erpMinor.keys()])].sort(by((currency) => [currency]));
  return Object.fromEntries(
    currencies.map((currency) => [
      currency,
      conservationOf(bookOf.get(currency) ?? { ...EMPTY_BOOK, currency }, erpMinor.get(currency) ?? 0n),
    ]),
  );
}

const EMPTY_BOOK = {
  totalMinor: 0n,
  expectedMinor: 0n,
  pendingMinor: 0n,
  invoicedMinor: 0n,
  disputedMinor: 0n,
  waivedMinor: 0n,
};

function conservationOf(book: ConservationRow, erpMinor: bigint): OutcomeConservation {
  const { currency, totalMinor, expectedMinor, pendingMinor, invoicedMinor, disputedMinor, waivedMinor } = book;
  const stated = expectedMinor + pendingMinor + invoicedMinor + disputedMinor + waivedMinor;
  const difference = absolute(totalMinor - stated) + absolute(invoicedMinor - erpMinor);
  const text = (minor: bigint) => formatMinor(minor, currency);
  return {
    total: text(totalMinor),
    expected: text(expectedMinor),
    pending: text(pendingMinor),
    invoiced: text(invoicedMinor),
    disputed: text(disputedMinor),
    waived: text(waivedMinor),
    erp: text(erpMinor),
    difference: text(difference),
  };
}
