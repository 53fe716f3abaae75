import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CanonicalEvent, EventType } from '../model/event.ts';
import type { PartnerRole } from '../model/setup/partner.ts';
import { speechProblem } from './speech.ts';

const event = (type: EventType, data: object) => ({ id: 'e', source: '/s', type, data }) as CanonicalEvent;
const partner = (...roles: PartnerRole[]) => ({ id: 'self', name: 'Self', roles });

const EVENTS = {
  'plan of self': event('shipment.planned', { shipment: 'S-1', customer: 'self' }),
  'plan of other': event('shipment.planned', { shipment: 'S-1', customer: 'other' }),
  'order of self': event('order.placed', { order: 'O-1', customer: 'self' }),
  'order of other': event('order.placed', { order: 'O-1', customer: 'other' }),
  'payment of self': event('payment.received', { payment: 'P-1', customer: 'self' }),
  'payment of other': event('payment.received', { payment: 'P-1', customer: 'other' }),
  'bill of self': event('carrier.invoice', { carrier: 'self', invoice: 'R-1' }),
  'bill of other': event('carrier.invoice', { carrier: 'other', invoice: 'R-1' }),
  fuel: event('fuel.published', { index: 'us-diesel' }),
  packed: event('shipment.packed', { shipment: 'S-1' }),
  returned: event('goods.returned', { references: [{ type: 'bol', value: 'B-1' }] }),
  short: event('delivery.short', { shipment: 'S-1' }),
  milestone: event('shipment.milestone', { shipment: 'S-1' }),
  document: event('document.attached', { shipment: 'S-1' }),
  charge: event('charge.reported', { shipment: 'S-1' }),
  appointment: event('appointment.changed', { shipment: 'S-1' }),
} as const;
type Said = keyof typeof EVENTS;

// Who → what it may not say, and the subject of the exception.
const refusals: { roles: PartnerRole[]; refused: Partial<Record<Said, string>> }[] = [
  {
    roles: ['carrier'],
    refused: {
      'plan of self': 'S-1',
      'plan of other': 'S-1',
      'order of self': 'O-1',
      'order of other': 'O-1',
      'payment of self': 'P-1',
      'payment of other': 'P-1',
      'bill of other': 'other/R-1',
      fuel: 'us-diesel',
      packed: 'S-1',
      returned: 'B-1',
    },
  },
  {
    roles: ['customer'],
    refused: {
      'plan of other': 'S-1',
      'order of other': 'O-1',
      'payment of other': 'P-1',
      'bill of self': 'self/R-1',
      'bill of other': 'other/R-1',
      fuel: 'us-diesel',
      packed: 'S-1',
      returned: 'B-1',
    },
  },
  { roles: ['tms'], refused: {} },
  { roles: ['warehouse'], refused: {} },
  { roles: ['carrier', 'customer'], refused: {} },
  { roles: ['carrier', 'broker'], refused: {} },
];

for (const { roles, refused } of refusals) {
  for (const said of Object.keys(EVENTS) as Said[]) {
    test(`speech: ${roles.join(' and ')} says ${said}: ${said in refused ? 'refused' : 'heard'}`, () => {
      assert.equal(speechProblem(EVENTS[said], partner(...roles))?.subject, refused[said]);
    });
  }
}
