import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ShipmentStatus } from '../../model/decision.ts';
import type { Fact } from '../../model/fact.ts';
import type { Milestone } from '../../model/milestone.ts';
import { formatInstant } from '../../model/time.ts';
import * as given from '../testing/given.ts';

const { ATLANTA, JOLIET, plan } = given;

/** A milestone on the 4th of March, at this hour UTC. */
const at = (what: Milestone, hour: number, more = {}): Fact =>
  given.milestone(what, `2026-03-04T${String(hour).padStart(2, '0')}:00:00Z`, more);

const cases: { name: string; facts: Fact[]; status: ShipmentStatus }[] = [
  { name: 'nothing happened', facts: [], status: 'planned' },
  { name: 'tendered', facts: [at('tendered', 8)], status: 'tendered' },
  { name: 'accepted', facts: [at('tendered', 8), at('tender-accepted', 9)], status: 'accepted' },
  {
    name: 'accepted, though the tender came later',
    facts: [at('tender-accepted', 8), at('tendered', 9)],
    status: 'accepted',
  },
  { name: 'declined', facts: [at('tendered', 8), at('tender-declined', 9)], status: 'declined' },
  { name: 'accepted after a decline', facts: [at('tender-declined', 8), at('tender-accepted', 9)], status: 'accepted' },
  { name: 'declined after an accept', facts: [at('tender-accepted', 8), at('tender-declined', 9)], status: 'declined' },
  {
    name: 'tendered again after a decline: the furthest',
    facts: [at('tender-declined', 8), at('tendered', 9)],
    status: 'declined',
  },
  {
    name: 'the truck stands at the pickup',
    facts: [at('tender-accepted', 8), at('arrived-pickup', 9)],
    status: 'accepted',
  },
  { name: 'picked up', facts: [at('picked-up', 9)], status: 'dispatched' },
  { name: 'left the pickup', facts: [at('departed-pickup', 9)], status: 'dispatched' },
  { name: 'declined, but picked up', facts: [at('picked-up', 9), at('tender-declined', 10)], status: 'dispatched' },
  { name: 'departed', facts: [at('departed', 9)], status: 'in-transit' },
  { name: 'in transit', facts: [at('in-transit', 9)], status: 'in-transit' },
  { name: 'at a terminal', facts: [at('arrived-terminal', 9)], status: 'in-transit' },
  { name: 'out for delivery', facts: [at('out-for-delivery', 9)], status: 'in-transit' },
  { name: 'an attempt that failed is a movement', facts: [at('delivery-failed', 9)], status: 'in-transit' },
  { name: 'at the consignee', facts: [at('picked-up', 8), at('arrived-delivery', 9)], status: 'in-transit' },
  {
    name: 'customs, a delay, damage and an estimate are no movement',
    facts: [
      at('picked-up', 8),
      at('customs-hold', 9),
      at('export-cleared', 9),
      at('import-cleared', 9),
      at('delayed', 9),
      at('damaged', 9),
      at('eta', 9),
    ],
    status: 'dispatched',
  },
  { name: 'delivered', facts: [at('picked-up', 8), at('delivered', 12)], status: 'delivered' },
  { name: 'delivered, the pickup never told', facts: [at('delivered', 12)], status: 'delivered' },
  {
    name: 'on the way after the delivery stays delivered',
    facts: [at('delivered', 12), at('in-transit', 13)],
    status: 'delivered',
  },
  { name: 'refused', facts: [at('refused', 12)], status: 'refused' },
  { name: 'refused, then delivered', facts: [at('refused', 12), at('delivered', 14)], status: 'delivered' },
  { name: 'delivered, then refused', facts: [at('delivered', 12), at('refused', 14)], status: 'refused' },
  { name: 'refused, then returned', facts: [at('refused', 12), at('returned', 15)], status: 'returned' },
  { name: 'cancelled', facts: [at('tender-accepted', 8), at('cancelled', 9)], status: 'cancelled' },
  {
    name: 'cancelled, then delivered all the same',
    facts: [at('cancelled', 9), at('delivered', 12)],
    status: 'delivered',
  },
  { name: 'delivered, then cancelled', facts: [at('delivered', 9), at('cancelled', 12)], status: 'cancelled' },
  {
    name: 'cancelled, and accepted afterwards',
    facts: [at('cancelled', 9), at('tender-accepted', 12)],
    status: 'cancelled',
  },
  {
    name: 'of two refusals the last counts',
    facts: [at('refused', 8), at('delivered', 9), at('refused', 10)],
    status: 'refused',
  },
  { name: 'refused and returned at one time', facts: [at('refused', 9), at('returned', 9)], status: 'returned' },
  { name: 'refused and delivered at one time', facts: [at('refused', 9), at('delivered', 9)], status: 'delivered' },
];

for (const { name, facts, status } of cases) {
  test(`status: ${name}`, () => assert.equal(given.decided([plan(), ...facts]).status, status));
}

const MILK_RUN = plan({
  stops: [
    JOLIET,
    { ...JOLIET, sequence: 2, city: 'Gary' },
    { ...ATLANTA, sequence: 3 },
    { ...ATLANTA, sequence: 4, city: 'Macon' },
  ],
});

const several: { name: string; facts: Fact[]; status: ShipmentStatus }[] = [
  { name: 'picked up at the first pickup', facts: [at('picked-up', 8, { stop: 1 })], status: 'dispatched' },
  {
    name: 'arrived at a further pickup: a movement',
    facts: [at('arrived-pickup', 9, { stop: 2 })],
    status: 'in-transit',
  },
  { name: 'delivered at one of two', facts: [at('delivered', 12, { stop: 3 })], status: 'in-transit' },
  {
    name: 'delivered at both',
    facts: [at('delivered', 14, { stop: 4 }), at('delivered', 12, { stop: 3 })],
    status: 'delivered',
  },
  {
    name: 'delivered at both, refused at one between',
    facts: [at('delivered', 12, { stop: 3 }), at('refused', 13, { stop: 4 }), at('delivered', 14, { stop: 4 })],
    status: 'delivered',
  },
  {
    name: 'refused at one after both were delivered',
    facts: [at('delivered', 12, { stop: 3 }), at('delivered', 13, { stop: 4 }), at('refused', 14, { stop: 4 })],
    status: 'refused',
  },
];

for (const { name, facts, status } of several) {
  test(`status of several stops: ${name}`, () => assert.equal(given.decided([MILK_RUN, ...facts]).status, status));
}

test('picked up: at the first pickup; delivered: at the last of the deliveries, whatever came after', () => {
  const decision = given.decided([
    MILK_RUN,
    at('picked-up', 9, { stop: 2 }),
    at('picked-up', 8, { stop: 1 }),
    at('delivered', 14, { stop: 3 }),
    at('delivered', 12, { stop: 4 }),
    at('returned', 20),
  ]);
  assert.equal(decision.status, 'returned');
  assert.equal(formatInstant(decision.pickedUpAt ?? Number.NaN), '2026-03-04T08:00:00Z');
  assert.equal(formatInstant(decision.deliveredAt ?? Number.NaN), '2026-03-04T14:00:00Z');
});

test('picked-up goes before departed-pickup; where only that is known, it is the pickup', () => {
  const left = at('departed-pickup', 10);
  assert.equal(formatInstant(given.decided([plan(), left]).pickedUpAt ?? Number.NaN), '2026-03-04T10:00:00Z');
  assert.equal(
    formatInstant(given.decided([plan(), left, at('picked-up', 9)]).pickedUpAt ?? Number.NaN),
    '2026-03-04T09:00:00Z',
  );
});

test('no stop delivered to: never delivered', () => {
  const decision = given.decided([plan({ stops: [JOLIET] }), at('picked-up', 8), at('delivered', 12)]);
  assert.equal(decision.deliveredAt, undefined);
  assert.notEqual(decision.status, 'delivered');
});
