// Packets of invoices whose fuel price or order was corrected later: made on what was known then, and telling both.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { passingSigner } from '../src/access/signing-key.ts';
import { eventOf, openTestHub, SAMPLE_SETUP, type TestHub, wholeJourney } from '../src/api/testing/hub.ts';
import { checkPacket } from '../src/insight/packet/check-packet.ts';
import { makePacket } from '../src/insight/packet/make-packet.ts';
import type { SignedPacket } from '../src/insight/packet/packet.ts';
import { EVERYTHING } from '../src/insight/packet/reader.ts';
import { sealPacket } from '../src/insight/packet/seal.ts';
import { importSetup } from '../src/pipeline/setup.ts';

const signer = passingSigner();
let hub: TestHub;
before(async () => {
  hub = await openTestHub();
  const [sell, ...others] = SAMPLE_SETUP.agreements ?? [];
  const [policy] = SAMPLE_SETUP.policies ?? [];
  assert.ok(sell && policy);
  const table = [
    { from: '0', value: '10.0' },
    { from: '3.50', value: '20.0' },
  ];
  const fuel = { index: 'us-diesel', method: 'percent-of-linehaul', table } as const;
  const setup = {
    agreements: [{ ...sell, fuel }, ...others],
    policies: [{ ...policy, bills: ['goods', 'freight'], adjustments: { autoApproveUpTo: '9999.00' } }],
    fuel: [{ index: 'us-diesel', entries: [{ effective: '2026-02-23', price: '3.10' }] }],
  } as const;
  await importSetup(hub.context, structuredClone(setup) as never, 'test');
});
after(() => hub.close());

async function packetOf(ref: string): Promise<SignedPacket> {
  const packet = await makePacket(hub.context, ref, EVERYTHING, signer);
  assert.ok(packet, `${ref} has a packet`);
  return packet;
}

const notHolding = (packet: SignedPacket) =>
  checkPacket({ packet }, signer.publicKey)
    .filter(({ holds }) => holds !== 'yes')
    .map(({ says }) => says)
    .join('\n');

const amountsOf = ({ basis, finding }: SignedPacket) =>
  finding.documents.flatMap(({ number, lines }, at) =>
    lines.map(({ code, recomputed, standing }, of) => {
      return [number, code, basis.documents[at]?.lines[of]?.amount, recomputed, standing];
    }),
  );

// Each in an instant of its own, as in life.
const aMoment = () => new Promise((done) => setTimeout(done, 5));

async function say(type: string, data: object, time: string): Promise<void> {
  await aMoment();
  await hub.send('tms', eventOf(type, data, time));
}

const published = (price: string, effective: string, time: string) =>
  say('fuel.published', { index: 'us-diesel', effective, price }, time);

test('a fuel price published late, then corrected: each document follows from the prices of its day', async () => {
  await hub.send('tms', wholeJourney('S-1')); // linehaul 1645.00, at 3.10 a tenth
  await published('3.60', '2026-03-02', '2026-03-06T08:00:00Z'); // a fifth
  await published('3.20', '2026-03-02', '2026-03-07T08:00:00Z'); // a tenth again
  const packet = await packetOf('S-1-1');
  assert.equal(notHolding(packet), '');
  assert.deepEqual(amountsOf(packet), [
    ['S-1-1', 'FSC', '164.50', '164.50', 'follows'],
    ['S-1-1', 'LHL', '1645.00', '1645.00', 'follows'],
    ['S-1-2', 'FSC', '164.50', '164.50', 'follows'],
    ['S-1-3', 'FSC', '164.50', '164.50', 'follows'],
  ]);
  const told = packet.history.filter(({ what }) => what.startsWith('fuel price')).map(({ what }) => what);
  assert.deepEqual(told, [
    'fuel price us-diesel from 2026-03-02 on is 3.60',
    'fuel price us-diesel from 2026-03-02 on is 3.20',
  ]);
});

test('a fuel surcharge that no price of its day gives is found, whoever signed it', async () => {
  const { signature: _, ...packet } = structuredClone(await packetOf('S-1-1'));
  const forged = JSON.parse(JSON.stringify(packet).replaceAll('"3.60"', '"3.40"'));
  assert.match(
    notHolding(sealPacket(forged, signer)),
    /S-1-2: does not follow from the facts and rules of its day: S-1 FSC/,
  );
});

const order = (quantity: string, unitPrice: string) => ({
  order: 'O-1',
  customer: 'acme',
  lines: [{ line: 1, sku: 'DRILL', quantity, unitPrice }],
  shipTo: { country: 'US', region: 'GA' },
  currency: 'USD',
  placedAt: '2026-03-01T08:00:00Z',
});

test('an order whose price was corrected twice: the invoice and each adjustment follow from the order of their day', async () => {
  await say('order.placed', order('20', '5.00'), '2026-03-01T08:00:00Z');
  const [plan, ...journey] = wholeJourney('S-2') as { data: object }[];
  assert.ok(plan);
  const contents = [{ order: 'O-1', line: 1, quantity: '10' }];
  await hub.send('tms', [{ ...plan, data: { ...plan.data, contents } }, ...journey]);
  await say('order.placed', order('20', '6.00'), '2026-03-08T08:00:00Z');
  await say('order.placed', order('20', '5.50'), '2026-03-09T08:00:00Z');
  const packet = await packetOf('S-2-1');
  assert.equal(notHolding(packet), '');
  const goods = amountsOf(packet).filter(([, code]) => code === 'GDS');
  assert.deepEqual(goods, [
    ['S-2-1', 'GDS', '50.00', '50.00', 'follows'],
    ['S-2-2', 'GDS', '10.00', '10.00', 'follows'],
    ['S-2-3', 'GDS', '5.00', '5.00', 'follows'],
  ]);
  const told = packet.history.filter(({ what }) => what.includes('order O-1 has')).map(({ what }) => what);
  assert.deepEqual(told, [
    'S-2: order O-1 has 1: 20 at 5.00 (USD)',
    'S-2: order O-1 has 1: 20 at 6.00 (USD)',
    'S-2: order O-1 has 1: 20 at 5.50 (USD)',
  ]);
  const { signature: _, ...open } = structuredClone(packet);
  const forged = JSON.parse(JSON.stringify(open).replaceAll('"unitPrice":"6.00"', '"unitPrice":"6.50"'));
  assert.match(notHolding(sealPacket(forged, signer)), /S-2-2: does not follow/);
});

test('a policy that ceased to bill goods: the invoice follows from the version of its day, the credit note from the new one', async () => {
  const [plan, ...journey] = wholeJourney('S-3') as { data: object }[];
  assert.ok(plan);
  const contents = [{ order: 'O-1', line: 1, quantity: '2' }];
  await aMoment();
  await hub.send('tms', [{ ...plan, data: { ...plan.data, contents } }, ...journey]); // 2 at 5.50
  await aMoment();
  const [policy] = SAMPLE_SETUP.policies ?? [];
  assert.ok(policy);
  const freightAlone = { ...policy, bills: ['freight' as const], adjustments: { autoApproveUpTo: '9999.00' } };
  await importSetup(hub.context, { policies: [freightAlone] }, 'test');
  await hub.work();
  const packet = await packetOf('S-3-1');
  assert.equal(notHolding(packet), '');
  const goods = amountsOf(packet).filter(([, code]) => code === 'GDS');
  assert.deepEqual(goods, [
    ['S-3-1', 'GDS', '11.00', '11.00', 'follows'],
    ['S-3-2', 'GDS', '11.00', '11.00', 'follows'],
  ]);
  const versions = packet.basis.rules.policiesHeld?.map(({ content: { bills } }) => bills?.join());
  assert.deepEqual(versions, ['goods,freight', 'freight']);
  assert.match(packet.history.map(({ what }) => what).join('\n'), /policy of acme, version 3: .*"bills":\["freight"\]/);
});

test('a carrier whose timezone was corrected: the fuel week of each document is that of its day', async () => {
  await published('3.60', '2026-03-09', '2026-03-09T01:00:00Z'); // a fifth; the week before it a tenth
  const [plan, , ...journey] = wholeJourney('S-4') as { data: { stops?: { timezone?: string }[] } }[];
  assert.ok(plan);
  const stops = plan.data.stops?.map(({ timezone: _, ...stop }) => stop);
  const pickedUp = { shipment: 'S-4', milestone: 'picked-up', occurredAt: '2026-03-09T03:00:00Z' };
  const told = eventOf('shipment.milestone', pickedUp, '2026-03-09T03:00:00Z');
  await aMoment();
  await hub.send('tms', [{ ...plan, data: { ...plan.data, stops } }, told, ...journey]);
  await aMoment();
  const carrier = SAMPLE_SETUP.partners?.find(({ id }) => id === 'rdwy');
  assert.ok(carrier);
  await importSetup(hub.context, { partners: [{ ...carrier, timezone: 'UTC' }] }, 'test');
  await hub.work();
  const packet = await packetOf('S-4-1');
  assert.equal(notHolding(packet), '');
  assert.deepEqual(
    amountsOf(packet).filter(([, code]) => code === 'FSC'),
    [
      ['S-4-1', 'FSC', '164.50', '164.50', 'follows'],
      ['S-4-2', 'FSC', '164.50', '164.50', 'follows'],
    ],
  );
  assert.deepEqual(
    packet.basis.rules.partnersHeld?.map(({ id, timezone }) => [id, timezone]),
    [
      ['rdwy', 'America/Chicago'],
      ['rdwy', 'UTC'],
    ],
  );
});
