// Packets of carriers' invoices beyond the plain one: credit notes, duty laid out, and the dispute's own life.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { passingSigner } from '../src/access/signing-key.ts';
import { eventOf, openTestHub, SAMPLE_SETUP, type TestHub, wholeJourney } from '../src/api/testing/hub.ts';
import { checkPacket } from '../src/insight/packet/check-packet.ts';
import { makePacket } from '../src/insight/packet/make-packet.ts';
import type { SignedPacket } from '../src/insight/packet/packet.ts';
import { packetPage } from '../src/insight/packet/page.ts';
import { EVERYTHING } from '../src/insight/packet/reader.ts';
import { sealPacket } from '../src/insight/packet/seal.ts';
import { moveDispute } from '../src/pipeline/audit/disputes.ts';
import { importSetup } from '../src/pipeline/setup.ts';
import { listDisputes } from '../src/store/read/carrier-disputes.ts';

const signer = passingSigner();
let hub: TestHub;
before(async () => {
  hub = await openTestHub();
  const [policy] = SAMPLE_SETUP.policies ?? [];
  assert.ok(policy);
  await importSetup(hub.context, { policies: [{ ...policy, landedCost: { codes: ['DTY'] } }] }, 'test');
  for (const shipment of ['S-1', 'S-2', 'S-3']) await hub.send('tms', wholeJourney(shipment));
});
after(() => hub.close());

async function bill(invoice: string, shipment: string, amounts: Record<string, string>): Promise<void> {
  const lines = Object.entries(amounts).map(([code, amount]) => ({ shipment, code, amount }));
  const data = { carrier: 'rdwy', invoice, issuedOn: '2026-03-05', currency: 'USD', lines };
  await hub.send('rdwy', eventOf('carrier.invoice', data));
}

async function packetOf(ref: string): Promise<SignedPacket> {
  const packet = await makePacket(hub.context, ref, EVERYTHING, signer);
  assert.ok(packet, `${ref} has a packet`);
  return packet;
}

const notHolding = (packet: SignedPacket, publicKey = signer.publicKey) =>
  checkPacket({ packet }, publicKey)
    .filter(({ holds }) => holds !== 'yes')
    .map(({ says }) => says)
    .join('\n');

test('credit notes: what each gave back beside what was billed, and no later bill is a double by them', async () => {
  await bill('R-1', 'S-1', { LHL: '1300.00' }); // 1200.00 is agreed
  await bill('C-1', 'S-1', { LHL: '-100.00' });
  await bill('C-2', 'S-1', { LHL: '-100.00' }); // the same again
  await bill('C-3', 'S-1', { LHL: '-1300.00' }); // 1200.00 is left to give back
  const verdicts = { 'R-1': 'disputed', 'C-1': 'approved', 'C-2': 'duplicate', 'C-3': 'disputed' };
  for (const [invoice, verdict] of Object.entries(verdicts)) {
    const packet = await packetOf(`rdwy/${invoice}`);
    assert.deepEqual(
      packet.finding.audit.map((each) => [each.verdict, each.standing]),
      [[verdict, 'follows']],
      invoice,
    );
    assert.equal(notHolding(packet), '', invoice);
  }
  const { finding } = await packetOf('rdwy/C-3');
  const [line] = finding.audit[0]?.compared ?? [];
  assert.deepEqual([line?.billed, line?.expected, line?.withinTolerance], ['-1300.00', '-1200.00', false]);
});

test('credit notes: what was billed cannot be changed in the packet unseen', async () => {
  const { signature: _, ...packet } = structuredClone(await packetOf('rdwy/C-3'));
  const forged = JSON.parse(JSON.stringify(packet).replaceAll('"amount":"1300.00"', '"amount":"1400.00"'));
  const faults = notHolding(sealPacket(forged, signer));
  assert.match(faults, /verdicts comes out differently/);
});

test('duty laid out for the customer is accepted as it comes, in the packet too', async () => {
  await bill('R-2', 'S-2', { LHL: '1200.00', DTY: '333.33' });
  const packet = await packetOf('rdwy/R-2');
  assert.deepEqual(
    packet.finding.audit.map((each) => [each.verdict, each.standing]),
    [['approved', 'follows']],
  );
  assert.equal(notHolding(packet), '');
});

test('the dispute is told step by step: over how much, who, why, and what came back', async () => {
  await bill('R-3', 'S-3', { LHL: '1250.00' });
  const { store } = hub.context;
  const [dispute] = await listDisputes(store, store.tenant, { invoice: 'R-3' }, { limit: 1 });
  assert.ok(dispute);
  const moved = { id: dispute.id, by: 'key c1e2 (Clara Clerk)', reason: 'Mailed to their billing desk' };
  assert.equal((await moveDispute(hub.context, { ...moved, to: 'sent' })).kind, 'moved');
  const accepted = { to: 'accepted', reason: 'They give up 30', recovered: '30.00' } as const;
  assert.equal((await moveDispute(hub.context, { ...moved, ...accepted })).kind, 'moved');
  const packet = await packetOf('rdwy/R-3');
  assert.equal(notHolding(packet), '');
  const told = packet.history.filter(({ what }) => what.startsWith('dispute of')).map(({ what }) => what);
  assert.deepEqual(told, [
    'dispute of rdwy/R-3 over 50.00 USD open: The bill differs from what is expected.',
    'dispute of rdwy/R-3 sent: Mailed to their billing desk',
    'dispute of rdwy/R-3 accepted: They give up 30',
  ]);
  assert.match(packetPage(packet), /accepted: 30\.00 of 50\.00 USD recovered/);
});
