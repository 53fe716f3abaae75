// What happens to shipments, in words for those who only wait for one.
import type { components } from '../../api/types.ts';

export type Tracking = components['schemas']['Tracking'];
type Status = Tracking['status'];
type Milestone = Tracking['timeLine'][number]['milestone'];

const STATUSES: Readonly<Record<Status, string>> = {
  planned: 'Planned',
  tendered: 'Planned',
  accepted: 'Planned',
  declined: 'Planned',
  dispatched: 'Picked up',
  'in-transit': 'On its way',
  delivered: 'Delivered',
  refused: 'Delivery was refused',
  returned: 'Sent back',
  cancelled: 'Cancelled',
};

export function statusInWords(status: Status | undefined): string {
  return status === undefined ? 'Not known yet' : STATUSES[status];
}

const MILESTONES: Readonly<Partial<Record<Milestone, string>>> = {
  'arrived-pickup': 'The driver is at the pickup',
  'picked-up': 'Picked up',
  'departed-pickup': 'Left the pickup',
  departed: 'Left',
  'in-transit': 'On the way',
  'arrived-terminal': 'Reached a terminal',
  'customs-hold': 'Held by customs',
  'export-cleared': 'Cleared for export',
  'import-cleared': 'Cleared by customs',
  'arrived-delivery': 'The driver is at the delivery',
  'out-for-delivery': 'Out for delivery',
  delivered: 'Delivered',
  'departed-delivery': 'The driver has left again',
  'delivery-failed': 'Delivery did not work out',
  refused: 'Delivery was refused',
  delayed: 'Delayed',
  returned: 'Sent back',
  cancelled: 'Cancelled',
};

export function milestoneInWords(milestone: Milestone): string {
  return MILESTONES[milestone] ?? milestone.replaceAll('-', ' ');
}

export const STEPS = ['Planned', 'Picked up', 'On its way', 'Delivered'] as const;

/** How many of the steps are done. */
export function stepsDone(status: Status): number {
  if (status === 'delivered') return 4;
  if (status === 'in-transit' || status === 'refused' || status === 'returned') return 3;
  return status === 'dispatched' ? 2 : 1;
}

const STOPS: Readonly<Record<string, string>> = {
  pickup: 'Pickup',
  delivery: 'Delivery',
  port: 'Port',
  border: 'Border',
};

export function stopInWords(kind: string): string {
  return STOPS[kind] ?? kind;
}

const NUMBERS: Readonly<Record<string, string>> = {
  po: 'PO',
  pro: 'PRO',
  bol: 'bill of lading',
  sscc: 'SSCC',
  'customer-ref': 'your reference',
};

/** `PO HH-44021`, `tracking 1QP9401`. */
export function numberText({ type, value }: { readonly type: string; readonly value: string }): string {
  return `${NUMBERS[type] ?? type} ${value}`;
}
