// The books: is every charge in exactly one state, and is what counts as invoiced what the documents bill?
//
// total = expected + pending + invoiced + disputed + waived, and invoiced = the ERP's own documents (contract section 5).
// Each charge that breaks this is named, and so is each document that the ERP holds otherwise than we do.

import { absolute, formatMinor } from '../model/money.ts';
import {
  type BOOK_SUMS,
  type BookRow,
  bookRows,
  type DeviatingCharge,
  deviatingCharges,
  type PostedSum,
  postedSums,
} from '../store/books.ts';
import type { Store } from '../store/database.ts';
import type { ErpDocument } from './outcome.ts';

/** Amounts as text, by legal entity, currency and day. */
export type BookLine = Record<(typeof BOOK_SUMS)[number] | 'difference', string> & {
  /** Empty where none is known. */
  legalEntity: string;
  currency: string;
  day: string;
};
export type Deviation = {
  /** The shipment's charge, or the document, that deviates. */
  kind: 'charge' | 'document';
  shipment?: string;
  code?: string;
  document?: string;
  currency: string;
  /** What differs, in words. */
  detail: string;
};
/** By currency: what we hold as posted and what the ERP holds, less credit notes, before tax. */
export type ErpComparison = { currency: string; documents: string; erp: string; difference: string };

export type Books = {
  holds: boolean;
  lines: BookLine[];
  /** `null`: no ERP is connected, so nobody was asked. */
  erp: ErpComparison[] | null;
  deviations: Deviation[];
  /** There are more deviations than are listed. */
  more: boolean;
};

/** A document of ours in the ERP, under our number. */
export type KeyedErpDocument = ErpDocument & { readonly key: string };

const MOST_DEVIATIONS = 1_000;

/** `erpDocuments`: what the ERP itself holds of ours; `undefined` when none is connected. */
export async function booksOf(store: Store, erpDocuments: readonly KeyedErpDocument[] | undefined): Promise<Books> {
  return store.transaction(async (client) => {
    await client.query('set transaction isolation level repeatable read, read only');
    const { tenant } = store;
    const lines = (await bookRows(client, tenant)).map(lineFrom);
    const charges = await deviatingCharges(client, tenant, MOST_DEVIATIONS + 1);
    const posted = await postedSums(client, tenant);
    const held = erpDocuments === undefined ? [] : differing(posted, erpDocuments);
    const deviations = [...charges.map(chargeDeviation), ...misaddedHeads(posted), ...held];
    return {
      holds: deviations.length === 0,
      lines,
      erp: erpDocuments === undefined ? null : comparisons(posted, erpDocuments),
      deviations: deviations.slice(0, MOST_DEVIATIONS),
      more: deviations.length > MOST_DEVIATIONS,
    };
  });
}

function lineFrom({ legalEntity, currency, day, ...sums }: BookRow): BookLine {
  const texts = Object.entries(sums).map(([name, minor]) => [name, formatMinor(minor, currency)]);
  return { legalEntity, currency, day, ...Object.fromEntries(texts) };
}

function chargeDeviation(row: DeviatingCharge): Deviation {
  const { shipment, code, currency, total, expected, pending, invoiced, disputed, waived, documents } = row;
  const money = (minor: bigint) => formatMinor(minor, currency);
  const stated = expected + pending + invoiced + disputed + waived;
  const says = [
    ...(total === stated ? [] : [`${money(total)} was decided and its rows add up to ${money(stated)}`]),
    ...(invoiced === documents ? [] : [`${money(invoiced)} counts as invoiced and documents bill ${money(documents)}`]),
  ];
  const detail = says.join('; ') || 'its rows stand in other states than were decided';
  return { kind: 'charge', shipment, code, currency, detail };
}

function misaddedHeads(posted: readonly PostedSum[]): Deviation[] {
  return posted.flatMap(({ number, currency, subtotalMinor, linesMinor }) => {
    if (subtotalMinor === linesMinor) return [];
    const detail = `its subtotal is ${formatMinor(subtotalMinor, currency)} and its lines add up to ${formatMinor(linesMinor, currency)}`;
    return [{ kind: 'document' as const, document: number, currency, detail }];
  });
}

// What the ERP holds posted and we do not yet know of is on its way to us; what it should hold and does not is told.
function differing(posted: readonly PostedSum[], erpDocuments: readonly KeyedErpDocument[]): Deviation[] {
  const held = new Map(erpDocuments.filter(isOnBooks).map((document) => [document.key, document]));
  const ours = posted.flatMap(({ number, currency, linesMinor }): Deviation[] => {
    const inErp = held.get(number);
    held.delete(number);
    if (inErp?.currency === currency && inErp.subtotalMinor === linesMinor) return [];
    const amount = `we hold ${formatMinor(linesMinor, currency)}`;
    const detail =
      inErp === undefined
        ? `${amount} as posted and the ERP holds no such posted document`
        : `${amount} and the ERP holds ${formatMinor(inErp.subtotalMinor, inErp.currency)} ${inErp.currency}`;
    return [{ kind: 'document', document: number, currency, detail }];
  });
  const theirs = [...held].map(([number, { currency, subtotalMinor }]): Deviation => {
    const detail = `the ERP holds it posted with ${formatMinor(subtotalMinor, currency)} and we do not`;
    return { kind: 'document', document: number, currency, detail };
  });
  return [...ours, ...theirs];
}

// What we owe is no part of what we charge.
function isOnBooks({ state, kind }: ErpDocument): boolean {
  return state === 'posted' && kind !== 'bill';
}

function comparisons(posted: readonly PostedSum[], erpDocuments: readonly KeyedErpDocument[]): ErpComparison[] {
  const sums = new Map<string, { oursMinor: bigint; erpMinor: bigint }>();
  const at = (currency: string) => {
    const sum = sums.get(currency) ?? { oursMinor: 0n, erpMinor: 0n };
    sums.set(currency, sum);
    return sum;
  };
  for (const { kind, currency, linesMinor } of posted) at(currency).oursMinor += signed(kind, linesMinor);
  for (const document of erpDocuments.filter(isOnBooks)) {
    at(document.currency).erpMinor += signed(document.kind, document.subtotalMinor);
  }
  return [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, { oursMinor, erpMinor }]) => ({
      currency,
      documents: formatMinor(oursMinor, currency),
      erp: formatMinor(erpMinor, currency),
      difference: formatMinor(absolute(oursMinor - erpMinor), currency),
    }));
}

function signed(kind: string, amountMinor: bigint): bigint {
  return kind === 'credit-note' ? -amountMinor : amountMinor;
}
