// What can happen to a shipment, and at which kind of stop it happens (contract section 3).

import { type Static, Type } from 'typebox';

export const MILESTONES = [
  'tendered',
  'tender-accepted',
  'tender-declined',
  'arrived-pickup',
  'picked-up',
  'departed-pickup',
  'departed',
  'in-transit',
  'arrived-terminal',
  'customs-hold',
  'export-cleared',
  'import-cleared',
  'arrived-delivery',
  'out-for-delivery',
  'delivered',
  'departed-delivery',
  'delivery-failed',
  'refused',
  'damaged',
  'delayed',
  'returned',
  'cancelled',
  'eta',
] as const;
export const Milestone = Type.Enum(MILESTONES);
export type Milestone = Static<typeof Milestone>;

export const STOP_KINDS = ['pickup', 'delivery', 'port', 'border'] as const;
export const StopKind = Type.Enum(STOP_KINDS);
export type StopKind = Static<typeof StopKind>;

const PICKUP: ReadonlySet<Milestone> = new Set(['arrived-pickup', 'picked-up', 'departed-pickup']);
const DELIVERY: ReadonlySet<Milestone> = new Set([
  'arrived-delivery',
  'out-for-delivery',
  'delivered',
  'departed-delivery',
  'delivery-failed',
  'refused',
]);

/** Where a milestone happens: at a pickup, at a delivery, or on the way (a port or border stop, if at a stop at all). */
export function placeOf(milestone: Milestone): 'pickup' | 'delivery' | 'on-the-way' {
  if (PICKUP.has(milestone)) return 'pickup';
  return DELIVERY.has(milestone) ? 'delivery' : 'on-the-way';
}

/** A second report of one of these at one stop corrects the first; every other milestone may happen again. */
export const CORRECTABLE: ReadonlySet<Milestone> = new Set([
  'arrived-pickup',
  'picked-up',
  'departed-pickup',
  'arrived-delivery',
  'delivered',
  'departed-delivery',
]);
