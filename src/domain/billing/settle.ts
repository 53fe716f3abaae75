// A customer's account: which of its ready shipments are invoiced now, together or alone, within its credit.
//
// Shipments decide for themselves what they would bill and since when they are ready. What concerns several of them, a common invoice
// and a common credit limit, is decided here. What does not fit is held and does not keep back what does.

import type { Candidate } from '../../model/decision.ts';
import { type BillingDocument, subtotalOf, taxOf } from '../../model/document.ts';
import { type Currency, limitMinor } from '../../model/money.ts';
import type { BillingPolicy } from '../../model/setup/policy.ts';
import type { Instant } from '../../model/time.ts';
import { type Consolidation, closesAt } from './period.ts';

export type Account = {
  readonly customer: string;
  readonly policy: BillingPolicy;
  readonly candidates: readonly Candidate[];
  /** Open receivables less open credit notes, with tax, by currency. */
  readonly openMinor: ReadonlyMap<Currency, bigint>;
  /** Shipments that a person let go beyond the limit. */
  readonly released?: ReadonlySet<string>;
  /** Our next document number for a first shipment; each call counts on. */
  readonly nextNumber: (firstShipment: string) => string;
};

export type Settlement = {
  readonly documents: readonly BillingDocument[];
  /** Shipments whose invoice was tried and exceeds the limit, sorted. */
  readonly creditHeld: readonly string[];
  /** When the next open period closes. */
  readonly wakeAt?: Instant;
};

export function settle(account: Account, now: Instant): Settlement {
  const consolidation = account.policy.consolidation ?? 'shipment';
  const open = new Map(account.openMinor);
  const documents: BillingDocument[] = [];
  const creditHeld = new Set<string>();
  let wakeAt: Instant | undefined;
  for (const group of groupsOf(account.candidates, consolidation)) {
    if (group.closesAt > now) {
      wakeAt = Math.min(wakeAt ?? group.closesAt, group.closesAt);
      continue;
    }
    const owedMinor = open.get(group.currency) ?? 0n;
    if (!isReleased(group, account) && exceedsLimit(account.policy, group.currency, owedMinor + group.totalMinor)) {
      for (const { shipment } of group.members) creditHeld.add(shipment);
      continue;
    }
    open.set(group.currency, owedMinor + group.totalMinor);
    documents.push(invoiceOf(group, account, now));
  }
  return { documents, creditHeld: [...creditHeld].sort(), wakeAt };
}

type Group = {
  readonly currency: Currency;
  readonly legalEntity?: string;
  readonly closesAt: Instant;
  readonly readySince: Instant;
  /** By shipment. */
  readonly members: readonly Candidate[];
  /** With tax. */
  readonly totalMinor: bigint;
};

// One invoice per legal entity, currency and period; tried by time of readiness, then shipment.
function groupsOf(candidates: readonly Candidate[], consolidation: Consolidation): Group[] {
  const byKey = Map.groupBy(candidates, ({ shipment, currency, legalEntity, readySince }) =>
    consolidation === 'shipment'
      ? JSON.stringify([shipment, currency])
      : JSON.stringify([currency, legalEntity ?? '', closesAt(consolidation, readySince)]),
  );
  return [...byKey.values()].map((members) => groupFrom(members, consolidation)).sort(byReadiness);
}

function groupFrom(candidates: readonly Candidate[], consolidation: Consolidation): Group {
  const members = [...candidates].sort((a, b) => (a.shipment < b.shipment ? -1 : 1));
  const [first] = members as [Candidate];
  return {
    currency: first.currency,
    legalEntity: first.legalEntity,
    closesAt: closesAt(consolidation, first.readySince),
    readySince: Math.min(...members.map(({ readySince }) => readySince)),
    members,
    totalMinor: members.reduce((sum, { lines }) => sum + subtotalOf(lines) + taxOf(lines), 0n),
  };
}

// Of one shipment's two currencies decided at once the lesser code has the lesser number.
function byReadiness(a: Group, b: Group): number {
  if (a.readySince !== b.readySince) return a.readySince - b.readySince;
  const [first, second] = [a.members[0]?.shipment ?? '', b.members[0]?.shipment ?? ''];
  if (first !== second) return first < second ? -1 : 1;
  return a.currency < b.currency ? -1 : 1;
}

// One word for one shipment lets no others go with it: of a common invoice, each must be released.
function isReleased({ members }: Group, { released }: Account): boolean {
  return released !== undefined && members.every(({ shipment }) => released.has(shipment));
}

function exceedsLimit(policy: BillingPolicy, currency: Currency, owedMinor: bigint): boolean {
  if (policy.creditLimit === undefined) return false;
  return owedMinor > limitMinor(policy.creditLimit, currency);
}

function invoiceOf(group: Group, { customer, policy, nextNumber }: Account, now: Instant): BillingDocument {
  const shipments = group.members.map(({ shipment }) => shipment);
  return {
    number: nextNumber(shipments[0] as string),
    kind: 'invoice',
    ...(policy.stages === undefined ? {} : { stage: 'commercial' as const }),
    customer,
    legalEntity: group.legalEntity,
    currency: group.currency,
    shipments,
    lines: group.members.flatMap(({ lines }) => lines),
    paymentTermsDays: policy.paymentTermsDays,
    decidedAt: now,
  };
}
