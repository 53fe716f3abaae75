// Who may say what (contract section 3 and part 3): what no shipment can mend is refused here, at once.
//
// A partner that is only a carrier, or only a customer, speaks for itself. Whether a fact about a shipment comes from that
// shipment's carrier or customer is known when the shipment is, so such facts are passed on and the core hears them or not.

import type { CanonicalEvent } from '../model/event.ts';
import { type Partner, speakerOf } from '../model/setup/partner.ts';
import { subjectOf } from './event-names.ts';
import type { TranslationProblem } from './translation.ts';

/** `undefined` when the sender may say this, as far as it can be known without the shipment. */
export function speechProblem(event: CanonicalEvent, sender: Partner): TranslationProblem | undefined {
  const own = ownWordProblem(event, sender);
  if (own !== undefined) return own;
  const speaker = speakerOf(sender);
  if (speaker === 'trusted' || maySay(event, speaker, sender.id)) return undefined;
  const detail = `${sender.id} is only a ${speaker} and may not send ${event.type} ${inWhoseName(event)}; ${MEND[speaker]}`;
  return { kind: 'partner-not-party', subject: subjectOf(event), detail };
}

// What our own people enter has an author and a limit, which a message cannot prove.
function ownWordProblem(event: CanonicalEvent, sender: Partner): TranslationProblem | undefined {
  const mend = MEND_OF_OWN.get(event.type);
  if (mend === undefined) return undefined;
  const detail = `${event.type} is not taken from ${sender.id} or any partner; ${mend}`;
  return { kind: 'partner-not-party', subject: subjectOf(event), detail };
}

const BY_CHARGE = 'a person enters it by "lading charge" or POST /v1/shipments/{shipment}/charges';
const MEND_OF_OWN: ReadonlyMap<string, string> = new Map([
  ['charge.entered', BY_CHARGE],
  ['charge.ruled', BY_CHARGE],
  ['reference.linked', 'a person says it by "lading link" or POST /v1/exceptions/{id}/link'],
]);

const MEND = {
  carrier: 'it may send milestones, documents and charges of its own shipments and freight bills in its own name',
  customer: 'it may send its own orders, shipments and payments',
} as const;

function maySay(event: CanonicalEvent, speaker: 'carrier' | 'customer', self: string): boolean {
  switch (event.type) {
    case 'carrier.invoice':
      return speaker === 'carrier' && event.data.carrier === self;
    case 'shipment.planned':
    case 'order.placed':
    case 'payment.received':
      return speaker === 'customer' && event.data.customer === self;
    case 'fuel.published':
    case 'payment.reversed':
    case 'document.stated':
    case 'shipment.packed':
    case 'goods.returned':
      return false;
    default:
      return true;
  }
}

function inWhoseName(event: CanonicalEvent): string {
  switch (event.type) {
    case 'carrier.invoice':
      return `in the name of ${event.data.carrier}`;
    case 'shipment.planned':
    case 'order.placed':
    case 'payment.received':
    case 'payment.reversed':
      return `of ${event.data.customer}`;
    default:
      return 'at all';
  }
}
