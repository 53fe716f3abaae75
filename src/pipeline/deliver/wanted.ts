// The document as a connector takes it, from what we know: pure.
//
// The same document gives the same result whenever it is asked for, except that references and proofs of delivery
// which arrived since may be on it too: nothing an ERP would call a different invoice.
import { type Attachment, isPurchase, type WantedDocument, type WantedLine } from '../../connectors/contract.ts';
import type { Heard } from '../../domain/shipment/hearing.ts';
import type { DocumentFact, Fact } from '../../model/fact.ts';
import type { Reference } from '../../model/reference.ts';
import { accountOf, type LegalEntity } from '../../model/setup/entity.ts';
import type { Partner } from '../../model/setup/partner.ts';
import { localDateIn } from '../../model/time.ts';
import type { DeliverableDocument, DeliverableLine, KeptAttachment } from '../../store/deliverable-documents.ts';

/** What was heard of each shipment: its plan and facts, those left out whose sender may not speak for it. */
export type Shipments = ReadonlyMap<string, Heard>;

/** What else is known of a document. */
export type Background = {
  readonly partner?: Partner;
  readonly entity?: LegalEntity;
  readonly shipments: Shipments;
  readonly proofs: readonly Proof[];
  /** By content hash. */
  readonly attachments: ReadonlyMap<string, KeptAttachment>;
};

export function wantedDocument(document: DeliverableDocument, background: Background): WantedDocument {
  const { number, kind, customer, currency, lines, paymentTermsDays, legalEntity, corrects, theirs } = document;
  return {
    key: number,
    number,
    kind,
    customer: {
      id: customer,
      name: background.partner?.name ?? customer,
      identifiers: (background.partner?.identifiers ?? []).map(({ scheme, value }) => ({ scheme, value })),
    },
    currency,
    ...(document.isDraft ? { isDraft: true } : {}),
    issuedOn: theirs?.issuedOn ?? localDateIn('UTC', document.decidedAt),
    ...(paymentTermsDays !== undefined ? { paymentTermsDays } : {}),
    ...(legalEntity !== undefined ? { legalEntity } : {}),
    ...booksOf(document, background.entity),
    lines: lines.map((line) => accounted(line, kind, background.entity)),
    reference: theirs?.number ?? referenceFor(document.shipments, background.shipments),
    ...(corrects !== undefined ? { corrects } : {}),
    attachments: attachmentsFor(background.proofs, background.attachments),
  };
}

function booksOf({ kind }: DeliverableDocument, entity: LegalEntity | undefined): Pick<WantedDocument, 'books'> {
  const { company, journals } = entity?.erp ?? {};
  const journal = isPurchase(kind) ? journals?.purchase : journals?.sales;
  if (company === undefined && journal === undefined) return {};
  return { books: { ...(company === undefined ? {} : { company }), ...(journal === undefined ? {} : { journal }) } };
}

function accounted(
  line: DeliverableLine,
  kind: DeliverableDocument['kind'],
  entity: LegalEntity | undefined,
): WantedLine {
  const account = accountOf(entity?.erp, isPurchase(kind) ? 'buy' : 'sell', line.code);
  return account === undefined ? line : { ...line, account };
}

const LABELS: Readonly<Record<string, string>> = {
  po: 'PO',
  order: 'Order',
  'customer-ref': 'Ref',
  bol: 'BOL',
  pro: 'PRO',
  container: 'Container',
  booking: 'Booking',
  load: 'Load',
};
const ORDER = Object.keys(LABELS);
const LONGEST_REFERENCE = 250;

/** "S-101, PO 4711, BOL 88123": what a customer looks an invoice up by; a long list ends with an ellipsis. */
function referenceFor(shipments: readonly string[], known: Shipments): string {
  const parts = shipments.flatMap((shipment) => {
    const references = referencesOf(known.get(shipment)).filter(({ type }) => type in LABELS);
    references.sort((a, b) => ORDER.indexOf(a.type) - ORDER.indexOf(b.type));
    return [shipment, ...references.map(({ type, value }) => `${LABELS[type]} ${value}`)];
  });
  const text = [...new Set(parts)].join(', ');
  if (text.length <= LONGEST_REFERENCE) return text;
  return `${text.slice(0, text.lastIndexOf(', ', LONGEST_REFERENCE - 3))}, …`;
}

/** Those of the plan, its orders, and what was learned on the way. */
export function referencesOf(heard: Heard | undefined): Reference[] {
  if (heard === undefined) return [];
  const { orders = [], references = [] } = heard.plan;
  const learned = heard.facts.flatMap(({ teaches = [] }) => teaches);
  return [...orders.map((value) => ({ type: 'order', value })), ...references, ...learned];
}

const TRACKED_BY = ['tracking', 'pro', 'bol'];

/** What its carrier knows it by. */
export function trackingOf(shipment: string, shipments: Shipments): string | undefined {
  const references = referencesOf(shipments.get(shipment));
  const found = TRACKED_BY.map((type) => references.find((reference) => reference.type === type)?.value);
  return found.find((value) => value !== undefined);
}

/** What an ERP takes with one document, and a person opens. */
const MOST_ATTACHED_BYTES = 20 * 1024 * 1024;

/** A file of a shipment, by the hash of its content; a proof of delivery where `kind` does not say otherwise. */
export type Proof = { readonly shipment: string; readonly content: string; readonly kind?: DocumentFact['document'] };

/**
 * The proofs of delivery that go with a document: of each shipment the one reported first goes first, and together no
 * more than an ERP takes. `bytes`: by content hash; a proof whose bytes we do not hold is left out.
 */
export function proofsFor(
  { shipments }: Pick<DeliverableDocument, 'shipments'>,
  known: Shipments,
  bytes: ReadonlyMap<string, number>,
): Proof[] {
  let room = MOST_ATTACHED_BYTES;
  return shipments.flatMap((shipment) => {
    const contents = [...new Set(proofsIn(known.get(shipment)?.facts ?? []))];
    return contents.flatMap((content) => {
      const size = bytes.get(content);
      if (size === undefined || size > room) return [];
      room -= size;
      return [{ shipment, content }];
    });
  });
}

/** Content hashes of the proofs of delivery whose bytes were sent to us. */
export function proofsIn(facts: readonly Fact[]): string[] {
  const proofs = facts.filter(
    (fact): fact is DocumentFact => fact.kind === 'document' && fact.document === 'pod' && fact.content !== undefined,
  );
  proofs.sort((a, b) => a.reportedAt - b.reportedAt || Number(a.id) - Number(b.id));
  return proofs.map(({ content }) => content as string);
}

const ENDINGS: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/tiff': 'tif',
  'text/plain': 'txt',
};

const NAMES: Readonly<Record<DocumentFact['document'], string>> = {
  pod: 'POD',
  bol: 'BOL',
  'export-release': 'Export release',
  'export-proof': 'Export proof',
  customs: 'Customs',
  other: 'Document',
};

/** The proofs as files with names of their own. */
export function attachmentsFor(proofs: readonly Proof[], kept: Background['attachments']): Attachment[] {
  const counts = new Map<string, number>();
  return proofs.flatMap(({ shipment, content: hash, kind = 'pod' }) => {
    const attachment = kept.get(hash);
    if (attachment === undefined) return [];
    const { mediaType = 'application/octet-stream', content } = attachment;
    const name = `${NAMES[kind]} ${shipment}`;
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    const fileName = `${name}${count === 1 ? '' : ` ${count}`}.${ENDINGS[mediaType] ?? 'bin'}`;
    return [{ fileName, mediaType, content }];
  });
}
