// When a shipment is due to be billed (contract section 2, `policies.json`, `trigger`).

import type { DocumentFact, Fact } from '../../model/fact.ts';
import type { BillingTrigger } from '../../model/setup/policy.ts';
import { unreachable } from '../../model/unreachable.ts';
import { happened, isMovement, type Journey, pickupAt, wholeDelivery } from '../shipment/journey.ts';

export function triggerReached(trigger: BillingTrigger, journey: Journey, facts: readonly Fact[]): boolean {
  switch (trigger) {
    case 'dispatched':
      return pickupAt(journey, journey.origin) !== undefined || hasMoved(journey);
    case 'delivered':
      return wholeDelivery(journey) !== undefined;
    case 'pod':
      return wholeDelivery(journey) !== undefined && hasDocument(facts, 'pod');
    case 'export-cleared':
      return hasLeftTheCountry(journey) && isReleased(journey, facts);
    default:
      return unreachable(trigger);
  }
}

export function hasDocument(facts: readonly Fact[], kind: DocumentFact['document']): boolean {
  return facts.some((fact) => fact.kind === 'document' && fact.document === kind);
}

function hasMoved(journey: Journey): boolean {
  return journey.happenings.some((happening) => isMovement(journey, happening));
}

/** `departed` at a port or border stop (any, where there is no such stop), or a movement in another country than the origin's. */
function hasLeftTheCountry(journey: Journey): boolean {
  const hasGate = journey.stops.some(({ kind }) => kind === 'port' || kind === 'border');
  if (happened(journey, 'departed').some(({ stop }) => !hasGate || stop !== undefined)) return true;
  const home = journey.origin?.country;
  return journey.happenings.some(
    (happening) =>
      home !== undefined &&
      happening.country !== undefined &&
      happening.country !== home &&
      isMovement(journey, happening),
  );
}

function isReleased(journey: Journey, facts: readonly Fact[]): boolean {
  return hasDocument(facts, 'export-release') || happened(journey, 'export-cleared').length > 0;
}
