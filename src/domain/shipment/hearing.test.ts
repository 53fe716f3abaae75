import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Fact } from '../../model/fact.ts';
import type { Partner } from '../../model/setup/partner.ts';
import * as given from '../testing/given.ts';
import { hear } from './hearing.ts';

const { milestone, plan } = given;
const FLEET: Partner = { id: 'fleet', name: 'A shipper with trucks', roles: ['customer', 'carrier'] };
const OWNER: Partner = { id: 'owner', name: 'A carrier that ships for itself', roles: ['carrier', 'carrier'] };
const rules = given.rules({ partners: [FLEET, OWNER] });
const said = (sender: string) => milestone('in-transit', '2026-03-04T18:00:00Z', { sender });

const speakers: { name: string; shipment: Parameters<typeof plan>[0]; sender: string; heard: boolean }[] = [
  { name: 'the carrier of the shipment', shipment: { carrier: 'swft' }, sender: 'swft', heard: true },
  { name: 'another carrier', shipment: { carrier: 'swft' }, sender: 'rdwy', heard: false },
  { name: 'any carrier, where none is named yet', shipment: { carrier: undefined }, sender: 'rdwy', heard: true },
  { name: 'its customer', shipment: {}, sender: 'acme', heard: true },
  { name: 'another customer', shipment: {}, sender: 'bolt', heard: false },
  {
    name: 'another customer, where no carrier is named',
    shipment: { carrier: undefined },
    sender: 'bolt',
    heard: false,
  },
  { name: 'a transport desk', shipment: {}, sender: 'tms', heard: true },
  { name: 'a partner with both roles', shipment: {}, sender: 'fleet', heard: true },
  { name: 'one role named twice is one role', shipment: {}, sender: 'owner', heard: false },
  { name: 'a carrier that is the customer', shipment: { customer: 'rdwy' }, sender: 'rdwy', heard: true },
  { name: 'a customer that is the carrier', shipment: { carrier: 'bolt' }, sender: 'bolt', heard: true },
];

for (const { name, shipment, sender, heard } of speakers) {
  test(`${heard ? 'heard' : 'not heard'}: ${name}`, () => {
    const fact = said(sender);
    assert.deepEqual(hear([plan(shipment), fact], rules)?.unheard, heard ? [] : [fact.id]);
  });
}

const ours = plan({ customer: 'acme', carrier: 'swft' }, { sender: 'acme', reported: '2026-03-03T08:00:00Z' });
const theirs = plan({ customer: 'bolt', carrier: 'rdwy' }, { sender: 'bolt', reported: '2026-03-03T09:00:00Z' });
const desk = plan({ customer: 'acme', carrier: 'rdwy' }, { sender: 'tms', reported: '2026-03-03T10:00:00Z' });
const ownUpdate = plan(
  { customer: 'acme', carrier: 'swft', mode: 'LTL' },
  { sender: 'acme', reported: '2026-03-03T11:00:00Z' },
);

const plans: { name: string; facts: Fact[]; holds: Fact | undefined; unheard: Fact[] }[] = [
  { name: 'none', facts: [said('swft')], holds: undefined, unheard: [] },
  { name: 'the one reported last', facts: [ownUpdate, ours], holds: ownUpdate, unheard: [] },
  { name: 'a customer cannot take over another’s shipment', facts: [theirs, ours], holds: ours, unheard: [theirs] },
  { name: 'those who plan for anybody say whose it is', facts: [theirs, desk], holds: desk, unheard: [theirs] },
  { name: 'and its customer may still change it', facts: [desk, ownUpdate], holds: ownUpdate, unheard: [] },
  {
    name: 'the desk may give it to another',
    facts: [ours, { ...desk, plan: theirs.plan }],
    holds: { ...desk, plan: theirs.plan },
    unheard: [ours],
  },
];

for (const { name, facts, holds, unheard } of plans) {
  test(`the plan that holds: ${name}`, () => {
    const heard = hear(facts, rules);
    assert.deepEqual(heard?.planFact, holds);
    assert.deepEqual(
      heard?.unheard ?? [],
      unheard.map(({ id }) => id),
    );
  });
}

test('of two plans reported at one time the same one holds in either order', () => {
  const one = plan({ distanceMiles: '240' }, { id: 'one' });
  const other = plan({ distanceMiles: '250' }, { id: 'other' });
  assert.deepEqual(hear([one, other], rules)?.plan, hear([other, one], rules)?.plan);
});

test('what a stranger said counts as soon as the plan names it, and the exception is gone', () => {
  const pickup = milestone('picked-up', '2026-03-05T08:30:00-06:00', { sender: 'rdwy' });
  const before = given.decided([plan(), pickup]);
  assert.deepEqual(given.kindsOf(before), ['partner-not-party']);
  assert.equal(before.status, 'planned');
  const after = given.decided([plan(), pickup, plan({ carrier: 'rdwy' }, { reported: '2026-03-06T08:00:00Z' })]);
  assert.deepEqual(given.kindsOf(after), []);
  assert.equal(after.status, 'dispatched');
});

test('what the former carrier said no longer counts when the shipment changes its carrier', () => {
  const pickup = milestone('picked-up', '2026-03-05T08:30:00-06:00', { sender: 'swft' });
  const after = given.decided([plan(), pickup, plan({ carrier: 'rdwy' }, { reported: '2026-03-06T08:00:00Z' })]);
  assert.deepEqual(given.kindsOf(after), ['partner-not-party']);
  assert.deepEqual(after.unheard, [pickup.id]);
  assert.equal(after.status, 'planned');
});

const PRO = { type: 'pro', value: '6201' };

test('references: the plan’s own, its orders, and what was heard', () => {
  const facts = [
    plan({ references: [{ type: 'load', value: 'L-88' }], orders: ['PO-7'] }),
    milestone('picked-up', '2026-03-04T10:00:00-06:00', {
      sender: 'swft',
      teaches: [PRO, { type: 'bol', value: 'B-1' }],
    }),
    milestone('in-transit', '2026-03-04T12:00:00-06:00', { sender: 'swft', teaches: [PRO] }),
  ];
  assert.deepEqual(given.decided(facts).references, [
    { type: 'load', value: 'L-88' },
    { type: 'order', value: 'PO-7' },
    PRO,
  ]);
});

test('references: a stranger teaches nothing', () => {
  const facts = [plan(), milestone('picked-up', '2026-03-04T10:00:00-06:00', { sender: 'rdwy', teaches: [PRO] })];
  assert.deepEqual(given.decided(facts).references, []);
});
