// Everything a new document points to in Odoo: its place in the books, its customer, the document it corrects.
import type { SendResult, Verdict, WantedDocument } from '../../contract.ts';
import { givenPartner, type Partner, partnersFor } from '../books/customer.ts';
import { classifyRead } from '../doors/classify.ts';
import { landedCostProducts } from '../landed-costs/marked-lines.ts';
import type { Odoo } from '../odoo.ts';
import { together } from '../together.ts';
import type { Draftable } from './invoice.ts';
import { payerOf, readOrders, tooPrecise } from './orders.ts';
import { placeFor, readBooks } from './preconditions.ts';
import { resolveMoves } from './resolve.ts';
import { resultFrom } from './result.ts';

export type Prepared = { readonly draftables: readonly Draftable[]; readonly results: readonly SendResult[] };

/** Throws `OdooError` when Odoo cannot be asked: that is every document's trouble alike. */
export async function prepare(odoo: Odoo, documents: readonly WantedDocument[]): Promise<Prepared> {
  const { call, ids, settings } = odoo;
  const correctedKeys = documents.flatMap(({ corrects }) => corrects ?? []);
  const version = await odoo.version();
  const books = await readBooks(call, version, settings, documents);
  const originals = await resolveMoves(call, ids, correctedKeys);
  const goods = documents.flatMap(({ lines }) => lines.flatMap((line) => line.goods ?? []));
  const orders = await readOrders(call, version, goods);
  const landed = await landedCostProducts(call, documents, settings);
  // Who is known to us by nothing but an order of theirs is invoiced where that order says.
  const payerFor = (document: WantedDocument) =>
    givenPartner(odoo, document.customer) === undefined ? payerOf(document, orders) : undefined;
  const partners = await partnersOf(
    odoo,
    documents.filter((document) => payerFor(document) === undefined),
  );
  const draftables: Draftable[] = [];
  const results: SendResult[] = [];
  for (const document of documents) {
    const { key, corrects, customer } = document;
    const place = tooPrecise(document, orders) ?? placeFor(document, books, settings);
    const payer = payerFor(document);
    const partner = payer === undefined ? (partners.get(customer.id) as Partner | Verdict) : { id: payer };
    const original = corrects === undefined ? undefined : originals.get(corrects);
    if ('kind' in place) results.push({ key, outcome: 'refused', ...place });
    else if (corrects !== undefined && original?.state !== 'posted')
      results.push(withoutOriginal(document, original?.state));
    else if ('verdict' in partner) results.push(resultFrom(key, partner));
    else draftables.push({ document, partnerId: partner.id, originalId: original?.id, orders, landed, ...place });
  }
  return { draftables, results };
}

async function partnersOf(odoo: Odoo, documents: readonly WantedDocument[]) {
  const customers = [...new Map(documents.map(({ customer }) => [customer.id, customer])).values()];
  // The documents themselves were not sent: a lost answer here puts none in doubt.
  const outcomes = await together(
    customers,
    async (some) => {
      const partners = await partnersFor(odoo, some);
      return some.map((customer) => partners.get(customer.id) as Partner);
    },
    classifyRead,
  );
  return new Map(
    outcomes.map((outcome) => {
      const { id, name } = outcome.item;
      if ('verdict' in outcome) return [id, outcome.verdict];
      const partner = outcome.result;
      const missing = `Odoo has no contact ${partner.id}, which the settings or the partner's identifier name for ${name}`;
      const archived = `${name} is archived in Odoo; unarchive the contact there, or name another for ${id}`;
      if (partner.state === 'missing') return [id, unusable(missing)];
      return [id, partner.state === 'archived' ? unusable(archived) : partner];
    }),
  );
}

function unusable(sentence: string): Verdict {
  return { verdict: 'refuse', kind: 'customer-unknown', scope: 'document', sentence };
}

// The original may still be on its way; only one that a person cancelled will never come.
function withoutOriginal({ key, number, corrects }: WantedDocument, state: string | undefined): SendResult {
  if (state !== 'cancelled') {
    return { key, outcome: 'retry', scope: 'document', reason: `${corrects} is not posted in Odoo yet` };
  }
  const sentence = `${number} corrects ${corrects}, which somebody cancelled in Odoo`;
  return { key, outcome: 'refused', kind: 'original-missing', scope: 'document', sentence };
}
