// The books: is every charge in exactly one state, and is what counts as invoiced what the documents bill?
//
// total = expected + pending + invoiced + disputed + waived, and invoiced = the ERP's own documents (contract section 5).
// Each charge that breaks this is named, and so is each document that the ERP holds otherwise than we do.

import { absolute, formatMinor } from '../model/money.ts';
import type { Instant } from '../model/time.ts';
import type { Store } from '../store/database.ts';
import {
  type BOOK_SUMS,
  type BookRow,
  bookRows,
  type DeviatingCharge,
  type DocumentSum,
  deviatingCharges,
  documentSums,
  unsettledCharges,
} from '../store/read/books.ts';
import { type LedgerProof, proveLedger } from './ledger-proof.ts';
import type { ErpDocument } from './outcome.ts';

/** Amounts as text, by legal entity, currency and day. */
export type BookLine = Record<(typeof BOOK_SUMS)[number] | 'difference', string> & {
  /** Empty where none is known. */
  legalEntity: string;
  currency: string;
  day: string;
};
export type Deviation = {
  /** The shipment's charge, the document, or what the ledger holds of a charge, that deviates. */
  kind: 'charge' | 'document' | 'ledger';
  shipment?: string;
  code?: string;
  document?: string;
  /** Of the ledger, one that does not balance. */
  posting?: string;
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
  ledger: LedgerProof;
  deviations: Deviation[];
  /** There are more deviations than are listed. */
  more: boolean;
  /** Charges and documents on which the hub is at work just now: they are not judged. */
  unsettled: number;
};

/** A document of ours in the ERP, under our number. */
export type KeyedErpDocument = ErpDocument & { readonly key: string };

const MOST_DEVIATIONS = 1_000;

export type Asked = {
  /** As of when; of the ERP, when it was asked. */
  readonly at: Instant;
  /** What the ERP itself holds of ours; not there when none is connected. */
  readonly erpDocuments?: readonly KeyedErpDocument[];
};

export async function booksOf(store: Store, { at, erpDocuments }: Asked): Promise<Books> {
  return store.transaction(async (client) => {
    await client.query('set transaction isolation level repeatable read, read only');
    const { tenant } = store;
    const lines = (await bookRows(client, tenant)).map(lineFrom);
    const charges = await deviatingCharges(client, tenant, at, MOST_DEVIATIONS + 1);
    const documents = await documentSums(client, tenant);
    const held = erpDocuments === undefined ? NOT_ASKED : compared(documents, erpDocuments, at);
    const ledger = await proveLedger(client, tenant, at, MOST_DEVIATIONS + 1);
    const deviations = [
      ...charges.map(chargeDeviation),
      ...misaddedHeads(documents),
      ...held.deviations,
      ...ledger.faults,
    ];
    return {
      holds: deviations.length === 0,
      lines,
      erp: erpDocuments === undefined ? null : comparisons(documents, erpDocuments),
      ledger: ledger.proof,
      deviations: deviations.slice(0, MOST_DEVIATIONS),
      more: deviations.length > MOST_DEVIATIONS,
      unsettled: (await unsettledCharges(client, tenant, at)) + held.unsettled + ledger.underWay,
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

function misaddedHeads(documents: readonly DocumentSum[]): Deviation[] {
  return documents.flatMap(({ number, currency, subtotalMinor, linesMinor }) => {
    if (subtotalMinor === linesMinor) return [];
    const detail = `its subtotal is ${formatMinor(subtotalMinor, currency)} and its lines add up to ${formatMinor(linesMinor, currency)}`;
    return [{ kind: 'document' as const, document: number, currency, detail }];
  });
}

type Compared = { readonly deviations: readonly Deviation[]; readonly unsettled: number };
const NOT_ASKED: Compared = { deviations: [], unsettled: 0 };

// What was posted since the ERP was asked, and what it has posted and not yet told us, is on its way and not judged.
function compared(
  documents: readonly DocumentSum[],
  erpDocuments: readonly KeyedErpDocument[],
  askedAt: Instant,
): Compared {
  const held = new Map(erpDocuments.filter(isOnBooks).map((document) => [document.key, document]));
  const deviations: Deviation[] = [];
  let unsettled = 0;
  for (const document of documents) {
    const inErp = held.get(document.number);
    held.delete(document.number);
    if (document.postedAt === null) unsettled += inErp === undefined ? 0 : 1;
    else if (inErp === undefined && document.postedAt > askedAt) unsettled += 1;
    else deviations.push(...difference(document, inErp));
  }
  for (const [number, { currency, subtotalMinor }] of held) {
    const detail = `the ERP holds it posted with ${formatMinor(subtotalMinor, currency)} and we do not`;
    deviations.push({ kind: 'document', document: number, currency, detail });
  }
  return { deviations, unsettled };
}

function difference({ number, currency, linesMinor }: DocumentSum, inErp: KeyedErpDocument | undefined): Deviation[] {
  if (inErp?.currency === currency && inErp.subtotalMinor === linesMinor) return [];
  const amount = `we hold ${formatMinor(linesMinor, currency)}`;
  const detail =
    inErp === undefined
      ? `${amount} as posted and the ERP holds no such posted document`
      : `${amount} and the ERP holds ${formatMinor(inErp.subtotalMinor, inErp.currency)} ${inErp.currency}`;
  return [{ kind: 'document', document: number, currency, detail }];
}

// What we owe is no part of what we charge.
function isOnBooks({ state, kind }: ErpDocument): boolean {
  return state === 'posted' && kind !== 'bill' && kind !== 'vendor-credit';
}

function comparisons(documents: readonly DocumentSum[], erpDocuments: readonly KeyedErpDocument[]): ErpComparison[] {
  const sums = new Map<string, { oursMinor: bigint; erpMinor: bigint }>();
  const at = (currency: string) => {
    const sum = sums.get(currency) ?? { oursMinor: 0n, erpMinor: 0n };
    sums.set(currency, sum);
    return sum;
  };
  for (const { kind, currency, linesMinor, postedAt } of documents) {
    if (postedAt !== null) at(currency).oursMinor += signed(kind, linesMinor);
  }
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
