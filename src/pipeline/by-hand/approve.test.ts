// Nobody approves what the same person caused, however much else was billed since; and nobody is kept from the rest.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Setup } from '../../model/setup/index.ts';
import { MINUTE_MS } from '../../model/time.ts';
import { importSetup } from '../setup.ts';
import { hubsForFile, milestone, NETWORK, plan, proof, START, type TestHub } from '../testing/hub.ts';
import { approve } from './approve.ts';
import { enter } from './enter.ts';

const hubs = hubsForFile();

const [AGREEMENT] = NETWORK.agreements as [NonNullable<Setup['agreements']>[number]];
const pricedAt = (linehaul: string, liftgate: string): Setup => ({
  agreements: [
    {
      ...AGREEMENT,
      lanes: AGREEMENT.lanes.map((lane) => ({ ...lane, linehaul: { basis: 'flat', rate: linehaul } })),
      accessorials: [{ code: 'LFT', trigger: 'reported', rate: liftgate }],
    },
  ],
});
const liftgate = (shipment: string, id: string) => ({
  ...{ specversion: '1.0', id, source: '/tms', type: 'charge.reported' },
  data: { shipment, code: 'LFT', side: 'sell', occurredAt: '2026-03-02T11:00:00Z' },
});

/** S-1 is invoiced at 595.00; what is 50.00 or less is adjusted without a yes. */
async function invoiced(manualLimit = '0'): Promise<TestHub> {
  const adjustments = { autoApproveUpTo: '50.00', manualLimits: { finance: manualLimit } };
  const hub = await hubs.open({ ...NETWORK, policies: [{ customer: 'acme', trigger: 'pod', adjustments }] });
  await hub.say('tms', plan('S-1'), liftgate('S-1', 'l-1'), milestone({ shipment: 'S-1' }, 'delivered', -1));
  await hub.say('tms', proof({ shipment: 'S-1' }));
  await hub.settle();
  return hub;
}

const yesOf = (hub: TestHub, by: string) =>
  approve(hub.context, { kind: 'adjustment-approval', subject: 'S-1', by, isPersonal: true });

test('a rule that bills one charge more at once and takes back another: its importer does not approve what waits of it', async () => {
  const hub = await invoiced();
  hub.at(START + MINUTE_MS);
  // 200.00 less linehaul waits; 25.00 more for the liftgate does not.
  await importSetup(hub.context, pricedAt('300.00', '120.00'), 'Fay');
  await hub.settle();
  hub.at(START + 2 * MINUTE_MS);
  assert.deepEqual(await yesOf(hub, 'Fay'), {
    kind: 'own-cause',
    detail: 'Fay imported agreement acme-2026, version 2: somebody else must approve S-1',
  });
  assert.equal((await yesOf(hub, 'Gus')).kind, 'released');
  // What waits next is the carrier's doing, not hers.
  hub.at(START + 3 * MINUTE_MS);
  await hub.say('tms', liftgate('S-1', 'l-2'));
  await hub.settle();
  assert.equal((await yesOf(hub, 'Fay')).kind, 'released');
});

test('what was entered by hand into what waits stays its author’s, whatever is billed meanwhile', async () => {
  const hub = await invoiced('40.00');
  hub.at(START + MINUTE_MS);
  await importSetup(hub.context, pricedAt('300.00', '95.00'), 'Gus');
  await hub.settle();
  hub.at(START + 2 * MINUTE_MS);
  const credit = { shipment: 'S-1', entry: 'credit', code: 'LFT', amount: '30.00', reason: 'goodwill' } as const;
  const entered = await enter(hub.context, { ...credit, by: 'Fay', role: 'finance' });
  assert.equal(entered.kind === 'entered' && entered.waits, false);
  hub.at(START + 3 * MINUTE_MS);
  const charge = { shipment: 'S-1', entry: 'charge', code: 'ADM', amount: '20.00', reason: 'papers' } as const;
  const billed = await enter(hub.context, { ...charge, by: 'Ida', role: 'finance' });
  assert.deepEqual(billed.kind === 'entered' && billed.documents, ['S-1-2']);
  assert.equal((await yesOf(hub, 'Fay')).kind, 'own-cause');
  assert.equal((await yesOf(hub, 'Gus')).kind, 'own-cause');
  assert.equal((await yesOf(hub, 'Ida')).kind, 'released');
});
