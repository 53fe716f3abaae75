// The document as a connector takes it, from what we know: pure.
//
// The same document gives the same result whenever it is asked for, except that references and proofs of delivery
// which arrived since may be on it too: nothing an ERP would call a different invoice.
import type { Attachment, WantedDocument } from '../../connectors/contract.ts';
import type { DocumentFact, Fact } from '../../model/fact.ts';
import type { Reference } from '../../model/reference.ts';
import type { Partner } from '../../model/setup/partner.ts';
import { localDateIn } from '../../model/time.ts';
import type { DeliverableDocument, KeptAttachment } from '../../store/deliverable-documents.ts';

/** What else is known of a document. */
export type Background = {
  readonly partner?: Partner;
  /** By shipment. */
  readonly facts: ReadonlyMap<string, readonly Fact[]>;
  /** By content hash. */
  readonly attachments: ReadonlyMap<string, KeptAttachment>;
};

export function wantedDocument(document: DeliverableDocument, background: Background): WantedDocument {
  const { number, kind, customer, currency, lines, paymentTermsDays, legalEntity, corrects } = document;
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
    issuedOn: localDateIn('UTC', document.decidedAt),
    ...(paymentTermsDays !== undefined ? { paymentTermsDays } : {}),
    ...(legalEntity !== undefined ? { legalEntity } : {}),
    lines,
    reference: referenceFor(document.shipments, background.facts),
    ...(corrects !== undefined ? { corrects } : {}),
    attachments: attachmentsFor(document.shipments, background),
  };
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
function referenceFor(shipments: readonly string[], facts: Background['facts']): string {
  const parts = shipments.flatMap((shipment) => {
    const references = referencesIn(facts.get(shipment) ?? []).filter(({ type }) => type in LABELS);
    references.sort((a, b) => ORDER.indexOf(a.type) - ORDER.indexOf(b.type));
    return [shipment, ...references.map(({ type, value }) => `${LABELS[type]} ${value}`)];
  });
  const text = [...new Set(parts)].join(', ');
  if (text.length <= LONGEST_REFERENCE) return text;
  return `${text.slice(0, text.lastIndexOf(', ', LONGEST_REFERENCE - 3))}, …`;
}

// Those of the plan reported last, its orders, and what was learned on the way.
function referencesIn(facts: readonly Fact[]): Reference[] {
  const plans = facts.filter((fact) => fact.kind === 'plan').sort((a, b) => b.reportedAt - a.reportedAt);
  const { orders = [], references = [] } = plans[0]?.plan ?? {};
  const learned = facts.flatMap(({ teaches = [] }) => teaches);
  return [...orders.map((value) => ({ type: 'order', value })), ...references, ...learned];
}

/** What an ERP takes with one document, and a person opens. */
export const LARGEST_ATTACHMENT_BYTES = 20 * 1024 * 1024;
const MOST_ATTACHED_BYTES = 25 * 1024 * 1024;

/** The proofs of delivery whose bytes we hold, oldest report first. */
export function proofsIn(facts: readonly Fact[]): (DocumentFact & { content: string })[] {
  const proofs = facts.filter(
    (fact): fact is DocumentFact & { content: string } =>
      fact.kind === 'document' && fact.document === 'pod' && fact.content !== undefined,
  );
  return proofs.sort((a, b) => a.reportedAt - b.reportedAt || a.content.localeCompare(b.content));
}

const ENDINGS: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/tiff': 'tif',
  'text/plain': 'txt',
};

function attachmentsFor(shipments: readonly string[], background: Background): Attachment[] {
  const attachments: Attachment[] = [];
  let bytes = 0;
  for (const shipment of shipments) {
    const hashes = new Set(proofsIn(background.facts.get(shipment) ?? []).map(({ content }) => content));
    for (const [index, hash] of [...hashes].entries()) {
      const kept = background.attachments.get(hash);
      if (kept === undefined || bytes + kept.content.length > MOST_ATTACHED_BYTES) continue;
      bytes += kept.content.length;
      const mediaType = kept.mediaType ?? 'application/octet-stream';
      const count = index === 0 ? '' : ` ${index + 1}`;
      const fileName = `POD ${shipment}${count}.${ENDINGS[mediaType] ?? 'bin'}`;
      attachments.push({ fileName, mediaType, content: kept.content });
    }
  }
  return attachments;
}
