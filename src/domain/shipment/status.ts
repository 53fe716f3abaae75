// How far a shipment has come (contract section 5, `status`).

import type { ShipmentStatus } from '../../model/decision.ts';
import type { Instant } from '../../model/time.ts';
import { type Happening, isMovement, type Journey, lastTime, pickupAt, wholeDelivery } from './journey.ts';

/** Of the ends, the one that occurred last (of one time, the later in this list); without any, the furthest step on the way. */
export function statusOf(journey: Journey): ShipmentStatus {
  const ends: { status: ShipmentStatus; at: Instant | undefined }[] = [
    { status: 'cancelled', at: lastTime(journey, 'cancelled')?.at },
    { status: 'refused', at: lastTime(journey, 'refused')?.at },
    { status: 'returned', at: lastTime(journey, 'returned')?.at },
    { status: 'delivered', at: wholeDelivery(journey)?.at },
  ];
  const end = ends.reduce((last, next) => ((next.at ?? -Infinity) >= (last.at ?? -Infinity) ? next : last));
  return end.at === undefined ? progressOf(journey) : end.status;
}

function progressOf(journey: Journey): ShipmentStatus {
  if (journey.happenings.some((happening) => isMovement(journey, happening))) return 'in-transit';
  if (pickupAt(journey, journey.origin) !== undefined) return 'dispatched';
  const accepted = lastTime(journey, 'tender-accepted');
  const declined = lastTime(journey, 'tender-declined');
  if (accepted !== undefined && accepted.at >= (declined?.at ?? -Infinity)) return 'accepted';
  if (declined !== undefined) return 'declined';
  return lastTime(journey, 'tendered') === undefined ? 'planned' : 'tendered';
}

export type Cancellation = {
  /** A carrier had accepted and not declined since, or came to the pickup. */
  readonly afterDispatch: boolean;
  readonly afterPickup: boolean;
};

/** `undefined` unless the shipment's status is `cancelled`. All by time of occurrence. */
export function cancellationOf(journey: Journey, status: ShipmentStatus): Cancellation | undefined {
  if (status !== 'cancelled') return undefined;
  const cancelled = lastTime(journey, 'cancelled');
  if (cancelled === undefined) return undefined;
  const before = journey.happenings.filter((happening) => happening.at <= cancelled.at);
  const accepted = before.findLast(({ milestone }) => milestone === 'tender-accepted');
  const declined = before.findLast(({ milestone }) => milestone === 'tender-declined');
  const isAccepted = accepted !== undefined && accepted.at >= (declined?.at ?? -Infinity);
  const atPickup = before.some(({ milestone }) => milestone === 'arrived-pickup' || isPickup(milestone));
  return {
    afterDispatch: isAccepted || atPickup,
    afterPickup: before.some(({ milestone }) => isPickup(milestone)),
  };
}

function isPickup(milestone: Happening['milestone']): boolean {
  return milestone === 'picked-up' || milestone === 'departed-pickup';
}
