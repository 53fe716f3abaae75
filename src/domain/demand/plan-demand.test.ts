import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Order } from '../../model/shipment.ts';
import { type AskedBefore, type DemandPlan, type Journey, planDemand } from './plan-demand.ts';

const PICKUP = { city: 'Joliet', country: 'US' };
const PROFILE = { mode: 'LTL', pickup: PICKUP };
const ORDER: Order = {
  order: 'S00001',
  customer: 'acme',
  lines: [{ line: 1, sku: 'CONS', quantity: '10', unitPrice: '12.5', weight: { value: '20', unit: 'kg' } }],
  shipTo: { city: 'Dallas', region: 'TX', country: 'US' },
  currency: 'USD',
  placedAt: '2026-03-02T12:00:00Z',
};
const CONTENT = {
  order: 'S00001',
  customer: 'acme',
  mode: 'LTL',
  pickup: PICKUP,
  delivery: ORDER.shipTo,
  lines: [{ line: 1, sku: 'CONS', quantity: '10', weight: { value: '20', unit: 'kg' as const } }],
};
const OPEN: AskedBefore = { isOpen: true, content: CONTENT };
const CLOSED: AskedBefore = { isOpen: false, content: CONTENT };
const CANCELLED: Order = { ...ORDER, lines: [], cancelledAt: '2026-03-02T13:00:00Z' };
const MORE: Order = { ...ORDER, lines: [{ ...(ORDER.lines[0] as Order['lines'][number]), quantity: '12' }] };

type Case = [what: string, Order, AskedBefore | undefined, Journey, DemandPlan];
const NOTHING: DemandPlan = { plan: 'nothing' };
const ask = (purpose: 'original' | 'change' | 'cancel', content: object = CONTENT) =>
  ({ plan: 'ask', purpose, content }) as DemandPlan;

const CASES: Case[] = [
  ['a confirmed order is tendered', ORDER, undefined, 'before-pickup', ask('original')],
  ['nothing changed', ORDER, OPEN, 'before-pickup', NOTHING],
  [
    'prices are not theirs to know',
    { ...ORDER, lines: ORDER.lines.map((line) => ({ ...line, unitPrice: '13' })) },
    OPEN,
    'before-pickup',
    NOTHING,
  ],
  [
    'keys in another order are no change',
    { ...ORDER, shipTo: { country: 'US', region: 'TX', city: 'Dallas' } },
    OPEN,
    'under-way',
    NOTHING,
  ],
  [
    'more goods before pickup',
    MORE,
    OPEN,
    'before-pickup',
    ask('change', { ...CONTENT, lines: [{ ...CONTENT.lines[0], quantity: '12' }] }),
  ],
  ['more goods after pickup', MORE, OPEN, 'under-way', { plan: 'too-late', changes: ['goods'] }],
  ['cancelled before pickup: what they hold is cancelled', CANCELLED, OPEN, 'before-pickup', ask('cancel')],
  ['cancelled after pickup', CANCELLED, OPEN, 'under-way', { plan: 'too-late', changes: ['cancelled'] }],
  ['changed when all is over', MORE, OPEN, 'ended', NOTHING],
  ['cancelled and never asked for', CANCELLED, undefined, 'before-pickup', NOTHING],
  ['cancelled twice', CANCELLED, CLOSED, 'before-pickup', NOTHING],
  ['confirmed again after a cancellation', ORDER, CLOSED, 'before-pickup', ask('original')],
  ['first seen when it is on its way', ORDER, undefined, 'under-way', NOTHING],
  [
    'nobody can carry it nowhere',
    { ...ORDER, shipTo: { city: 'Dallas' } },
    undefined,
    'before-pickup',
    { plan: 'incomplete', missing: ['country of delivery'] },
  ],
];

for (const [what, order, before, journey, expected] of CASES) {
  test(`demand: ${what}`, () => assert.deepEqual(planDemand(order, PROFILE, before, journey), expected));
}
