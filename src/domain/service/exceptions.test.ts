import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ExceptionKind } from '../../model/exception.ts';
import type { Fact } from '../../model/fact.ts';
import type { Milestone } from '../../model/milestone.ts';
import type { BillingPolicy } from '../../model/setup/policy.ts';
import { formatInstant } from '../../model/time.ts';
import * as given from '../testing/given.ts';

const { agreement, charge, DELIVERED, plan, POD } = given;
const at = (what: Milestone, hour: number): Fact =>
  given.milestone(what, `2026-03-05T${String(hour).padStart(2, '0')}:00:00Z`);

const cases: { name: string; facts: Fact[]; open: ExceptionKind[] }[] = [
  { name: 'a failed attempt', facts: [at('delivery-failed', 8)], open: ['delivery-failed'] },
  { name: 'refused', facts: [at('refused', 8)], open: ['delivery-failed'] },
  {
    name: 'failed, on the way again',
    facts: [at('delivery-failed', 8), at('out-for-delivery', 12)],
    open: ['delivery-failed'],
  },
  { name: 'failed, then refused', facts: [at('delivery-failed', 8), at('refused', 12)], open: ['delivery-failed'] },
  { name: 'failed, then delivered', facts: [at('delivery-failed', 8), at('delivered', 12)], open: [] },
  { name: 'refused, then delivered', facts: [at('refused', 8), at('delivered', 12)], open: [] },
  { name: 'refused, then returned', facts: [at('refused', 8), at('returned', 12)], open: [] },
  { name: 'failed, then cancelled', facts: [at('delivery-failed', 8), at('cancelled', 12)], open: [] },
  {
    name: 'delivered, then refused after all',
    facts: [at('delivered', 8), at('refused', 12)],
    open: ['delivery-failed'],
  },
  { name: 'delayed', facts: [at('delayed', 8)], open: ['shipment-delayed'] },
  { name: 'delayed, on the way', facts: [at('delayed', 8), at('in-transit', 12)], open: ['shipment-delayed'] },
  { name: 'delayed, then delivered', facts: [at('delayed', 8), at('delivered', 12)], open: [] },
  { name: 'delayed, then refused', facts: [at('delayed', 8), at('refused', 12)], open: ['delivery-failed'] },
  { name: 'delayed, then returned', facts: [at('delayed', 8), at('returned', 12)], open: [] },
  { name: 'delayed, then cancelled', facts: [at('delayed', 8), at('cancelled', 12)], open: [] },
  { name: 'damaged', facts: [at('damaged', 8)], open: ['shipment-damaged'] },
  { name: 'damaged stays', facts: [at('damaged', 8), at('delivered', 12)], open: ['shipment-damaged'] },
];

for (const { name, facts, open } of cases) {
  test(`exceptions: ${name}`, () => {
    const decision = given.decided([plan(), ...facts]);
    assert.deepEqual(given.kindsOf(decision), open);
    assert.ok(decision.exceptions.every(({ subject }) => subject === 'S-1'));
  });
}

const RETURNED = given.milestone('returned', '2026-03-06T15:00:00Z');

// Delivered at 15:00 UTC on the 5th: overdue at 15:00 UTC on the 7th.
const proofs: {
  name: string;
  facts: Fact[];
  trigger?: 'pod' | 'delivered';
  onReturn?: BillingPolicy['onReturn'];
  now: string;
  open: ExceptionKind[];
  wakes?: string;
}[] = [
  {
    name: 'within 48 hours: look again then',
    facts: [DELIVERED],
    now: '2026-03-07T14:59:59Z',
    open: [],
    wakes: '2026-03-07T15:00:00Z',
  },
  { name: 'after 48 hours', facts: [DELIVERED], now: '2026-03-07T15:00:00Z', open: ['pod-missing'] },
  { name: 'at hand', facts: [DELIVERED, POD], now: '2026-03-09T00:00:00Z', open: [] },
  { name: 'not delivered', facts: [], now: '2026-03-09T00:00:00Z', open: [] },
  {
    name: 'a trigger that needs none',
    facts: [DELIVERED],
    trigger: 'delivered',
    now: '2026-03-09T00:00:00Z',
    open: [],
  },
  {
    name: 'it came back, and is billed for that',
    facts: [DELIVERED, RETURNED],
    onReturn: 'freight',
    now: '2026-03-09T00:00:00Z',
    open: [],
  },
  { name: 'it came back', facts: [DELIVERED, RETURNED], now: '2026-03-09T00:00:00Z', open: ['pod-missing'] },
  {
    name: 'the delivery was corrected to a later time',
    facts: [DELIVERED, given.milestone('delivered', '2026-03-06T10:00:00-05:00')],
    now: '2026-03-07T16:00:00Z',
    open: [],
    wakes: '2026-03-08T15:00:00Z',
  },
];

for (const { name, facts, trigger = 'pod', onReturn, now, open, wakes } of proofs) {
  test(`proof of delivery: ${name}`, () => {
    const decision = given.decided([plan(), ...facts], given.rules({ policy: { trigger, onReturn } }), { now });
    assert.deepEqual(given.kindsOf(decision), open);
    assert.equal(decision.wakeAt && formatInstant(decision.wakeAt), wakes);
  });
}

test('exceptions of rating are open as soon as the shipment is known', () => {
  assert.deepEqual(given.kindsOf(given.decided([plan()], given.rules({ agreements: [] }))), ['no-agreement']);
  assert.deepEqual(given.kindsOf(given.decided([plan({ mode: 'LTL' })])), ['no-lane']);
});

test('exceptions of rating close when their cause is gone', () => {
  const LFT = { code: 'LFT', trigger: 'reported', rate: '95.00' } as const;
  const facts = [plan(), charge('LFT')];
  assert.deepEqual(given.kindsOf(given.decided(facts)), ['accessorial-not-in-agreement']);
  const imported = given.rules({ agreements: [agreement(), agreement({ accessorials: [LFT] })] });
  assert.deepEqual(given.kindsOf(given.decided(facts, imported)), []);
});

test('two unpriced codes are one exception, which names both', () => {
  const { exceptions } = given.decided([plan(), charge('WTG'), charge('LUMPER'), charge('WTG', { id: 'again' })]);
  assert.equal(exceptions.length, 1);
  assert.match(exceptions[0]?.detail ?? '', /LUMPER .* WTG /);
});

test('without any time there is no rating date: nothing is rated, and nobody is blamed for it', () => {
  const decision = given.decided([plan({ stops: [given.JOLIET, given.ATLANTA] })]);
  assert.equal(decision.ratingDate, undefined);
  assert.deepEqual(given.rowsOf(decision), []);
  assert.deepEqual(given.kindsOf(decision), []);
});
