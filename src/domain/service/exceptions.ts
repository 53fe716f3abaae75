// The problems of one shipment that are there now. They open and close by themselves: what is not listed is closed.

import type { ShipmentStatus } from '../../model/decision.ts';
import { type BillingDocument, subtotalOf } from '../../model/document.ts';
import { type OpenException, termsOf } from '../../model/exception.ts';
import type { EntryFact } from '../../model/fact.ts';
import { formatMinor } from '../../model/money.ts';
import { DAY_MS, formatInstant, HOUR_MS, type Instant } from '../../model/time.ts';
import type { RatingProblem } from '../rating/problem.ts';
import { happened, type Journey } from '../shipment/journey.ts';

const POD_PATIENCE_MS = 48 * HOUR_MS;

export function ratingExceptions(shipment: string, problems: readonly RatingProblem[]): OpenException[] {
  const byKind = new Map<RatingProblem['kind'], string[]>();
  for (const { kind, detail } of problems) byKind.set(kind, [...(byKind.get(kind) ?? []), detail]);
  return [...byKind].map(([kind, details]) => ({ kind, subject: shipment, detail: details.join(' ') }));
}

export function isHeld(exceptions: readonly OpenException[]): boolean {
  return exceptions.some(({ kind }) => termsOf(kind).holds === true);
}

const ENDS: ReadonlySet<ShipmentStatus> = new Set(['delivered', 'refused', 'returned', 'cancelled']);

export function serviceExceptions(shipment: string, status: ShipmentStatus, journey: Journey): OpenException[] {
  const open: OpenException[] = [];
  const failed = [...happened(journey, 'delivery-failed'), ...happened(journey, 'refused')];
  if (failed.length > 0 && (!ENDS.has(status) || status === 'refused')) {
    const detail = `${failed.length} failed attempt(s). Arrange a new delivery or the return.`;
    open.push({ kind: 'delivery-failed', subject: shipment, detail });
  }
  const { length: delays } = happened(journey, 'delayed');
  if (delays > 0 && !ENDS.has(status)) {
    const reported = delays === 1 ? 'a delay' : `${delays} delays`;
    const detail = `The carrier reports ${reported}. Tell the customer.`;
    open.push({ kind: 'shipment-delayed', subject: shipment, detail });
  }
  const { length: damages } = happened(journey, 'damaged');
  if (damages > 0) {
    const times = damages === 1 ? '' : ` ${damages} times`;
    open.push({ kind: 'shipment-damaged', subject: shipment, detail: `Damage was reported${times}. Open a claim.` });
  }
  return open;
}

/** Delivered and still without proof: a problem from 48 hours after delivery on; until then, the time to look again. */
export function missingProof(
  shipment: string,
  deliveredAt: Instant,
  now: Instant,
): { exception: OpenException } | { wakeAt: Instant } {
  const overdueAt = deliveredAt + POD_PATIENCE_MS;
  if (now < overdueAt) return { wakeAt: overdueAt };
  const detail = `Delivered ${formatInstant(deliveredAt)}, no proof of delivery since. Ask the carrier for it.`;
  return { exception: { kind: 'pod-missing', subject: shipment, detail } };
}

/** Invoiced for export and still without its proof, when the policy says it should be there; until then, the time to look again. */
export function missingExportProof(
  shipment: string,
  dueSince: Instant,
  withinDays: number,
  now: Instant,
): { exception: OpenException } | { wakeAt: Instant } {
  const overdueAt = dueSince + withinDays * DAY_MS;
  if (now < overdueAt) return { wakeAt: overdueAt };
  const detail = `To be invoiced since ${formatInstant(dueSince)}, and no proof of export in ${withinDays} days. Ask for it.`;
  return { exception: { kind: 'export-proof-missing', subject: shipment, detail } };
}

/** Documents, and what people entered beyond their limit. */
export function approvalException(
  shipment: string,
  waiting: readonly BillingDocument[],
  entries: readonly EntryFact[] = [],
): OpenException {
  const amounts = waiting.map(
    ({ kind, lines, currency }) => `${kind} of ${formatMinor(subtotalOf(lines), currency)} ${currency}`,
  );
  const byHand = entries.map(
    ({ entry, code, amount, currency, sender, reason }) =>
      `${entry} ${code} of ${amount} ${currency} by ${sender} (${reason})`,
  );
  const detail = `To approve: ${[...amounts, ...byHand].join(', ')}.`;
  return { kind: 'adjustment-approval', subject: shipment, detail };
}

export function notPartyException(shipment: string, unheard: number): OpenException {
  return {
    kind: 'partner-not-party',
    subject: shipment,
    detail: `${unheard} report(s) from a partner that is neither its carrier nor its customer are kept and not applied.`,
  };
}
