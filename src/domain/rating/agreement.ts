// Which agreement, and which version of it, rates a shipment (contract section 2, "Which agreement").

import type { Side } from '../../model/decision.ts';
import type { RuleBook, Versioned } from '../../model/rules.ts';
import type { Agreement } from '../../model/setup/agreement.ts';
import type { ShipmentPlan } from '../../model/shipment.ts';
import { type LocalDate, localDateIn } from '../../model/time.ts';
import { agreementKey } from '../rules.ts';
import { type Journey, pickupAt } from '../shipment/journey.ts';

/**
 * The local date (origin stop's zone, else the carrier's, else UTC) of the actual pickup; without one, of the planned
 * pickup; without either, of the earliest milestone. `undefined` while nothing has a time.
 */
export function ratingDateOf(journey: Journey, plan: ShipmentPlan, rules: RuleBook): LocalDate | undefined {
  const { origin } = journey;
  const planned = origin === undefined ? undefined : journey.appointments.get(origin);
  // An estimate is no occurrence.
  const earliest = journey.happenings.find(({ milestone }) => milestone !== 'eta')?.at;
  const at = pickupAt(journey, origin)?.at ?? planned ?? earliest;
  if (at === undefined) return undefined;
  const carrier = plan.carrier === undefined ? undefined : rules.partners.get(plan.carrier);
  return localDateIn(origin?.timezone ?? carrier?.timezone ?? 'UTC', at);
}

/**
 * Validity holds the date, both ends included. Of one agreement's versions the newest that does: it rates the dates of its own
 * validity, for others the version before it stays. Of several agreements the latest `validFrom`.
 */
export function agreementFor(
  rules: RuleBook,
  side: Side,
  party: string,
  date: LocalDate,
): Versioned<Agreement> | undefined {
  const newest = new Map<string, Versioned<Agreement>>();
  for (const candidate of rules.agreements.get(agreementKey(side, party)) ?? []) {
    const { id, validFrom, validTo } = candidate.content;
    if (date < validFrom || (validTo !== undefined && date > validTo)) continue;
    if ((newest.get(id)?.version ?? 0) < candidate.version) newest.set(id, candidate);
  }
  return [...newest.values()].reduce<Versioned<Agreement> | undefined>(
    (best, candidate) => (best === undefined || isPreferred(candidate, best) ? candidate : best),
    undefined,
  );
}

function isPreferred(candidate: Versioned<Agreement>, best: Versioned<Agreement>): boolean {
  if (candidate.content.validFrom !== best.content.validFrom) {
    return candidate.content.validFrom > best.content.validFrom;
  }
  // Two agreements that begin on one day: the one imported last; then the id, so that every replay agrees.
  if (candidate.importedAt !== best.importedAt) return candidate.importedAt > best.importedAt;
  return candidate.content.id > best.content.id;
}
