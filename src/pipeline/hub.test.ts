// The hub as it runs: at the machine's own time, alone and beside another.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type StandIn, startOdooStandIn } from '../../examples/odoo-stand-in/index.ts';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { outcomeOf } from '../insight/outcome.ts';
import type { Setup } from '../model/setup/index.ts';
import { openStore, type Store } from '../store/database.ts';
import { connectErp, erpDocumentsOf, type HubParts, startHub } from './hub.ts';
import { receive } from './intake.ts';
import { importSetup } from './setup.ts';

const SETUP: Setup = {
  partners: [
    { id: 'acme', name: 'Acme Tools', roles: ['customer'] },
    { id: 'tms', name: 'Our transport desk', roles: ['tms'] },
  ],
  agreements: [
    {
      ...{
        id: 'acme-flat',
        side: 'sell',
        party: 'acme',
        currency: 'USD',
        validFrom: '2020-01-01',
        rounding: 'half-up',
      },
      lanes: [{ id: 'us', mode: 'FTL', origin: {}, destination: {}, linehaul: { basis: 'per-mile', rate: '2.00' } }],
    },
  ],
  policies: [{ customer: 'acme', trigger: 'delivered', consolidation: 'shipment' }],
};

let database: TestDatabase;
before(async () => {
  database = await createTestDatabase();
});
after(() => database.drop());

function partsFor(erp: StandIn, store: Store): HubParts {
  const { url, database, user, key } = erp;
  return { store, connectors: [connectErp({ url, database, user, key }, { now: Date.now })] };
}

/** A plan and its delivery, as two events of one message. */
function deliveredShipment(shipment: string): Uint8Array {
  const event = (id: string, type: string, data: object) => ({ specversion: '1.0', id, source: '/tms', type, data });
  const stops = [
    { sequence: 1, kind: 'pickup', country: 'US' },
    { sequence: 2, kind: 'delivery', country: 'US' },
  ];
  const plan = { shipment, customer: 'acme', mode: 'FTL', stops, distanceMiles: '100' };
  const milestone = { shipment, milestone: 'delivered', occurredAt: '2026-03-05T15:00:00Z' };
  const events = [
    event(`${shipment}-plan`, 'shipment.planned', plan),
    event(`${shipment}-delivered`, 'shipment.milestone', milestone),
  ];
  return Buffer.from(JSON.stringify(events));
}

async function until(condition: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`still waiting for ${what}`);
    await sleep(20);
  }
}

test('two hubs side by side turn deliveries into invoices, each once, and stop in order', async () => {
  const erp = await startOdooStandIn();
  await erp.setFault({ mode: 'timeout-after-commit', probability: 0.1, seed: 3 });
  const stores = [openStore(database.url), openStore(database.url)];
  const hubs = stores.map((store) => startHub(partsFor(erp, store)));
  const [{ context }] = hubs as [(typeof hubs)[number]];
  await importSetup(context, SETUP, 'test');
  for (let index = 0; index < 40; index++) {
    await receive(context, [{ bytes: deliveredShipment(`S-${index}`), partner: 'tms', channel: 'http' }]);
  }
  await until(() => erp.documents().filter(({ state }) => state === 'posted').length >= 40, 'forty invoices');
  await sleep(300);
  const outcome = await outcomeOf(context.store, await erpDocumentsOf(hubs[0] as (typeof hubs)[number]));
  await Promise.all(hubs.map((hub) => hub.stop()));
  await Promise.all(stores.map((store) => store.close()));
  await erp.stop();
  assert.equal(outcome.erp.invoices, 40);
  assert.equal(outcome.conservation.USD?.total, '8000.00');
});

test('a process without the role leaves that work to others', async () => {
  const erp = await startOdooStandIn();
  const store = openStore(database.url, { tenant: 'roles' });
  const hub = startHub({ ...partsFor(erp, store), roles: ['deliver', 'schedule'] });
  await importSetup(hub.context, SETUP, 'test');
  await receive(hub.context, [{ bytes: deliveredShipment('R-1'), partner: 'tms', channel: 'http' }]);
  await sleep(400);
  const { rows } = await store.query('select message_id from lading.inbox');
  assert.equal(rows.length, 1);
  await hub.stop();
  await store.close();
  await erp.stop();
});

test('stopping waits for the act under way, and for no longer than the deadline', async () => {
  const erp = await startOdooStandIn();
  await erp.setFault({ mode: 'slow', delayMs: 5_000 });
  const store = openStore(database.url, { tenant: 'stops' });
  const hub = startHub(partsFor(erp, store));
  await importSetup(hub.context, SETUP, 'test');
  await receive(hub.context, [{ bytes: deliveredShipment('Q-1'), partner: 'tms', channel: 'http' }]);
  await until(() => erp.callCount() > 0, 'the first call');
  const begin = Date.now();
  await hub.stop(200);
  assert.ok(Date.now() - begin < 3_000, `stopped after ${Date.now() - begin} ms`);
  await store.close();
  await erp.stop();
});
