// What happened, in order: what was said, what was decided, what became of it outside.

import { formatInstant, HOUR_MS, instantOf } from '../../model/time.ts';
import type { ActView } from '../../store/read/packet.ts';
import { whatOf } from '../explain/shipment.ts';
import type { ExplainedEffect } from '../explanation/document.ts';
import type { ExplainedException } from '../explanation/exception.ts';
import type {
  Basis,
  CarrierInvoiceInPacket,
  DocumentInPacket,
  Finding,
  HistoryEntry,
  Packet,
  ShipmentInPacket,
} from './packet.ts';

/** What the basis itself tells; pure, so that it can be told again by whoever has the packet. */
export function historyOf(basis: Basis, finding: Finding): HistoryEntry[] {
  return inOrder([
    ...basis.shipments.flatMap(saidOf),
    ...basis.shipments.flatMap(ordersOf),
    ...pricesOf(basis, finding),
    ...rulesOf(basis),
    ...basis.documents.flatMap(lifeOf),
    ...basis.carrierInvoices.flatMap(auditedOf),
  ]);
}

function saidOf({ shipment, facts, messageOf }: ShipmentInPacket): HistoryEntry[] {
  return facts.map((fact) => ({
    at: formatInstant(fact.reportedAt),
    what: `${shipment}: ${whatOf(fact)}, reported`,
    who: fact.sender,
    event: fact.id,
    ...(messageOf[fact.id] === undefined ? {} : { message: messageOf[fact.id] }),
  }));
}

/** So many lines of an order are told; the rest is in the basis. */
const LINES_TOLD = 8;

// Told only where it changed after a document was decided on it.
function ordersOf({ shipment, ordersHeld = [] }: ShipmentInPacket): HistoryEntry[] {
  return ordersHeld.map(({ order: { order, lines, currency }, from }) => {
    const told = lines
      .slice(0, LINES_TOLD)
      .map(({ line, quantity, unitPrice }) => `${line}: ${quantity} at ${unitPrice}`);
    const more = lines.length > LINES_TOLD ? `, and ${lines.length - LINES_TOLD} more lines` : '';
    return { at: formatInstant(from), what: `${shipment}: order ${order} has ${told.join(', ')}${more} (${currency})` };
  });
}

const WEEKS_TOLD_MS = 8 * 7 * 24 * HOUR_MS;

// The same of fuel prices, of the weeks before the rating dates.
function pricesOf({ rules }: Basis, { shipments }: Finding): HistoryEntry[] {
  const dates = shipments.flatMap(({ ratingDate }) => (ratingDate === undefined ? [] : [Date.parse(ratingDate)]));
  const isNear = (effective: string) =>
    dates.some((date) => Date.parse(effective) <= date && Date.parse(effective) > date - WEEKS_TOLD_MS);
  return rules.fuel.flatMap(({ index, held = [] }) =>
    held
      .filter(({ effective }) => isNear(effective))
      .map(({ effective, price, from }) => ({
        at: formatInstant(from),
        what: `fuel price ${index} from ${effective} on is ${price}`,
      })),
  );
}

// And of the customer's policy, and of who speaks here and in which zone.
function rulesOf({ rules: { policiesHeld = [], partnersHeld = [] } }: Basis): HistoryEntry[] {
  return [
    ...policiesHeld.map(({ version, content: { customer, ...terms }, from }) => ({
      at: formatInstant(from),
      what: `policy of ${customer}, version ${version}: ${JSON.stringify(terms)}`,
    })),
    ...partnersHeld.map(({ id, name, roles, timezone = 'no timezone', from }) => ({
      at: formatInstant(from),
      what: `partner ${id}: ${name}, ${roles.join(' and ')}, ${timezone}`,
    })),
  ];
}

function lifeOf(document: DocumentInPacket): HistoryEntry[] {
  const { number, kind, total, currency, decidedAt, approvedBy, postedAt, erpNumber } = document;
  const decided = { at: decidedAt, what: `${kind} ${number} of ${total} ${currency} decided` };
  return [
    approvedBy === undefined ? decided : { ...decided, who: `approved by ${approvedBy}` },
    ...(postedAt === undefined
      ? []
      : [{ at: postedAt, what: `${number} confirmed by the ERP as ${erpNumber ?? number}` }]),
  ];
}

function auditedOf({
  carrier,
  invoice,
  arrivedAt,
  auditedAt,
  verdict,
  message,
  currency,
  dispute,
}: CarrierInvoiceInPacket): HistoryEntry[] {
  const name = `${carrier}/${invoice}`;
  return [
    { at: arrivedAt, what: `carrier invoice ${name} arrived`, who: carrier, message },
    ...(auditedAt === undefined || verdict === undefined ? [] : [{ at: auditedAt, what: `${name} found ${verdict}` }]),
    ...(dispute?.steps ?? []).map(({ state, at, by, reason }, step) => ({
      at,
      what: `dispute of ${name}${step === 0 ? ` over ${dispute?.disputed} ${currency}` : ''} ${state}: ${reason}`,
      who: by,
    })),
  ];
}

export type Around = {
  readonly exceptions: readonly ExplainedException[];
  readonly effects: readonly ExplainedEffect[];
  readonly acts: readonly ActView[];
};

/** The basis's own history with what the clerks and the ERP added. */
export function wholeHistory(
  { basis, finding }: Pick<Packet, 'basis' | 'finding'>,
  { exceptions, effects, acts }: Around,
): HistoryEntry[] {
  return inOrder([
    ...historyOf(basis, finding),
    ...exceptions.flatMap(({ kind, subject, detail, owner, openedAt, closedAt }): HistoryEntry[] => [
      { at: openedAt, what: `exception ${kind} of ${subject} opened: ${detail}`, who: owner },
      ...(closedAt === undefined ? [] : [{ at: closedAt, what: `exception ${kind} of ${subject} closed` }]),
    ]),
    ...effects.map(({ key, state, attempts, reason, changedAt }) => ({
      at: changedAt,
      what: `effect ${key} ${state} after ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}${reason === undefined ? '' : `: ${reason}`}`,
    })),
    ...acts.map(({ at, actor, action, subject }) => ({ at, what: `${action} ${subject}`, who: actor })),
  ]);
}

// Sorting is stable: what happened at one instant stays in the order told.
function inOrder(entries: readonly HistoryEntry[]): HistoryEntry[] {
  return entries
    .map((entry) => ({ ...entry, at: formatInstant(instantOf(entry.at)) }))
    .sort((a, b) => instantOf(a.at) - instantOf(b.at));
}
