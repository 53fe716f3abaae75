// Everything a new document points to in Odoo: its place in the books, its customer, the document it corrects.
import type { SendResult, Verdict, WantedDocument } from '../contract.ts';
import { classifyRead } from './classify.ts';
import { partnerFor } from './customer.ts';
import { inTurns } from './in-turns.ts';
import type { Draft, Draftable } from './invoice.ts';
import type { Odoo } from './odoo.ts';
import { type Books, placeFor, readBooks } from './preconditions.ts';
import { resolveMoves } from './resolve.ts';
import { resultFrom } from './result.ts';
import { verdictOn } from './together.ts';

export type Prepared = { readonly draftables: readonly Draftable[]; readonly results: readonly SendResult[] };

/** The books as they bear on these documents. Throws `OdooError`: that is every document's trouble alike. */
export async function booksFor(odoo: Odoo, documents: readonly WantedDocument[]): Promise<Books> {
  if (documents.length === 0)
    return { companies: [], currencies: new Map(), ratedSince: () => undefined, saleTaxes: [], charts: new Map() };
  return readBooks(odoo.call, await odoo.version(), odoo.settings, documents);
}

/** Those whose books are open. A draft may have waited until its day was closed, and would be booked on another. */
export function stillOpen(odoo: Odoo, books: Books, drafts: readonly Draft[], note: (result: SendResult) => void) {
  return drafts.filter(({ document }) => {
    const place = placeFor(document, books, odoo.settings);
    if ('kind' in place) note({ key: document.key, outcome: 'refused', ...place });
    return !('kind' in place);
  });
}

/** Throws `OdooError` when Odoo cannot be asked. */
export async function prepare(odoo: Odoo, books: Books, documents: readonly WantedDocument[]): Promise<Prepared> {
  if (documents.length === 0) return { draftables: [], results: [] };
  const { call, ids, settings } = odoo;
  const correctedKeys = documents.flatMap(({ corrects }) => corrects ?? []);
  const originals = await resolveMoves(call, ids, correctedKeys);
  const partners = await partnersOf(odoo, documents);
  const draftables: Draftable[] = [];
  const results: SendResult[] = [];
  for (const document of documents) {
    const { key, corrects, customer } = document;
    const place = placeFor(document, books, settings);
    const partner = partners.get(customer.id) as number | Verdict;
    const original = corrects === undefined ? undefined : originals.get(corrects);
    if ('kind' in place) results.push({ key, outcome: 'refused', ...place });
    else if (corrects !== undefined && original?.state !== 'posted')
      results.push(withoutOriginal(document, original?.state));
    else if (typeof partner !== 'number') results.push(resultFrom(key, partner));
    else draftables.push({ document, partnerId: partner, originalId: original?.id, ...place });
  }
  return { draftables, results };
}

async function partnersOf({ call, ids, settings }: Odoo, documents: readonly WantedDocument[]) {
  const partners = new Map<string, number | Verdict>();
  const customers = [...new Map(documents.map(({ customer }) => [customer.id, customer])).values()];
  await inTurns(customers, async (customer) => {
    try {
      partners.set(customer.id, await partnerFor(call, ids, settings, customer));
    } catch (error) {
      // The document itself was not sent: a lost answer here puts no document in doubt.
      partners.set(customer.id, verdictOn(error, classifyRead));
    }
  });
  return partners;
}

// The original may still be on its way; only one that a person cancelled will never come.
function withoutOriginal({ key, number, corrects }: WantedDocument, state: string | undefined): SendResult {
  if (state !== 'cancelled') {
    return { key, outcome: 'retry', scope: 'document', reason: `${corrects} is not posted in Odoo yet` };
  }
  const sentence = `${number} corrects ${corrects}, which somebody cancelled in Odoo`;
  return { key, outcome: 'refused', kind: 'original-missing', scope: 'document', sentence };
}
