// An account may be looked at again before the shipments on its invoices are: what was invoiced once stays invoiced once.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Setup } from '../model/setup/index.ts';
import { markAccountsDue } from '../store/candidates.ts';
import { settleOnce } from './settle.ts';
import { hubsForFile, milestone, NETWORK, plan, proof, START, type TestHub } from './testing/hub.ts';
import { workOnce } from './work.ts';

const hubs = hubsForFile();

const shipped = (shipment: string) => [plan(shipment), milestone({ shipment }, 'delivered', -1), proof({ shipment })];

// With a limit it is the account that decides, and not each shipment for itself.
const withLimit = (creditLimit: string): Setup => ({
  ...NETWORK,
  policies: [{ customer: 'acme', trigger: 'pod', creditLimit }],
});

async function settleAgain(hub: TestHub): Promise<void> {
  await markAccountsDue(hub.store, hub.store.tenant, ['acme'], START);
  await settleOnce(hub.context);
}

const documents = (hub: TestHub) =>
  hub.rows('select kind, shipments from lading.invoice order by decided_at, length(number), number');

test('an account that is due again at once bills no shipment twice', async () => {
  const hub = await hubs.open(withLimit('5000.00'));
  await hub.say('tms', ...shipped('S-1'), ...shipped('S-2'));
  await workOnce(hub.context);
  await settleOnce(hub.context);
  await settleAgain(hub);
  const once = [
    { kind: 'invoice', shipments: ['S-1'] },
    { kind: 'invoice', shipments: ['S-2'] },
  ];
  assert.deepEqual(await documents(hub), once);
  await hub.settle();
  assert.deepEqual(await documents(hub), once);
});

test('what is over the credit limit is offered on, and billed once there is room', async () => {
  const hub = await hubs.open(withLimit('600.00'));
  await hub.say('tms', ...shipped('S-1'), ...shipped('S-2'));
  await workOnce(hub.context);
  await settleOnce(hub.context);
  await settleAgain(hub);
  const first = [{ kind: 'invoice', shipments: ['S-1'] }];
  assert.deepEqual(await documents(hub), first);
  await hub.settle();
  assert.deepEqual(await hub.rows('select shipment from lading.billing_candidate'), [{ shipment: 'S-2' }]);
});

test('a week that ended while nobody ran is invoiced as that week, once, and the weeks without anything make nothing', async () => {
  const hub = await hubs.open({
    ...NETWORK,
    policies: [{ customer: 'acme', trigger: 'pod', consolidation: 'weekly' }],
  });
  await hub.say('tms', ...shipped('S-1'), ...shipped('S-2'));
  await workOnce(hub.context);
  // Monday 2 March; next looked at on Wednesday 18 March, when more has come in before the account is settled.
  hub.at(Date.parse('2026-03-18T09:00:00Z'));
  await hub.say('tms', ...shipped('S-3'));
  await workOnce(hub.context);
  await hub.settle();
  const ofTheWeek = { kind: 'invoice', shipments: ['S-1', 'S-2'] };
  assert.deepEqual(await documents(hub), [ofTheWeek]);
  hub.at(Date.parse('2026-04-01T09:00:00Z'));
  await hub.settle();
  assert.deepEqual(await documents(hub), [ofTheWeek, { kind: 'invoice', shipments: ['S-3'] }]);
});
