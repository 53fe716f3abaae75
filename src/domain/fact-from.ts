// A canonical event about a shipment → the lean fact that decisions are made over.

import type { CanonicalEvent } from '../model/event.ts';
import type { Fact } from '../model/fact.ts';
import type { Reference } from '../model/reference.ts';
import { type Instant, instantOf } from '../model/time.ts';

export type Provenance = {
  readonly id: string;
  readonly sender: string;
  readonly reportedAt: Instant;
  readonly teaches: readonly Reference[];
  /** SHA-256 of a document's content, hex, where it was kept. */
  readonly content?: string;
};

/** `undefined` for events that are not about one shipment, or that decide nothing (notes). The event was validated before. */
export function factFrom(event: CanonicalEvent, provenance: Provenance): Fact | undefined {
  const said = {
    id: provenance.id,
    sender: provenance.sender,
    reportedAt: provenance.reportedAt,
    ...(provenance.teaches.length > 0 ? { teaches: provenance.teaches } : {}),
  };
  switch (event.type) {
    case 'shipment.planned':
      return { ...said, kind: 'plan', plan: event.data };
    case 'shipment.milestone': {
      const { milestone, occurredAt, reason, eta } = event.data;
      const whereabouts = whereaboutsOf(event.data);
      return {
        ...said,
        kind: 'milestone',
        milestone,
        occurredAt: instantOf(occurredAt),
        ...whereabouts,
        ...(reason !== undefined ? { reason } : {}),
        ...(eta !== undefined ? { eta: instantOf(eta) } : {}),
      };
    }
    case 'appointment.changed':
      return {
        ...said,
        kind: 'appointment',
        end: event.data.kind,
        from: instantOf(event.data.from),
        ...whereaboutsOf(event.data),
      };
    case 'document.attached': {
      const { kind, mediaType, url, signedBy } = event.data;
      const content = provenance.content;
      return {
        ...said,
        kind: 'document',
        document: kind,
        ...(content !== undefined ? { content } : {}),
        ...(mediaType !== undefined ? { mediaType } : {}),
        ...(url !== undefined ? { url } : {}),
        ...(signedBy !== undefined ? { signedBy } : {}),
      };
    }
    case 'charge.reported': {
      const { code, quantity, side, occurredAt } = event.data;
      return {
        ...said,
        kind: 'charge',
        code,
        side,
        occurredAt: instantOf(occurredAt),
        ...(quantity !== undefined ? { quantity } : {}),
      };
    }
    case 'charge.entered': {
      const { entry, code, currency, amount, reason, needsApproval } = event.data;
      return { ...said, kind: 'entry', entry, code, currency, amount, reason, needsApproval };
    }
    case 'charge.ruled': {
      const { entries, ruling, reason } = event.data;
      return { ...said, kind: 'ruling', entries, ruling, ...(reason !== undefined ? { reason } : {}) };
    }
    case 'reference.linked':
      return { ...said, kind: 'link', teaches: event.data.references };
    case 'shipment.packed':
      return { ...said, kind: 'packed', contents: event.data.contents, occurredAt: instantOf(event.data.packedAt) };
    case 'delivery.short': {
      const shortages = event.data.shortages.map(({ order, line, quantity }) => ({ order, line, quantity }));
      return { ...said, kind: 'short', shortages, occurredAt: instantOf(event.data.occurredAt) };
    }
    case 'goods.returned':
      return { ...said, kind: 'returned', contents: event.data.contents, occurredAt: instantOf(event.data.receivedAt) };
    default:
      return undefined;
  }
}

type Placed = { stop?: number; stopHint?: number; city?: string; country?: string; localTime?: string };

// Keys that are absent stay absent: thousands of facts are kept, and each key costs bytes.
function whereaboutsOf({ stop, stopHint, city, country, localTime }: Placed): Placed {
  return {
    ...(stop !== undefined ? { stop } : {}),
    ...(stopHint !== undefined ? { stopHint } : {}),
    ...(city !== undefined ? { city } : {}),
    ...(country !== undefined ? { country } : {}),
    ...(localTime !== undefined ? { localTime } : {}),
  };
}
