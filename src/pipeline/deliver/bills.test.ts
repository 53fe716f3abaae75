// What becomes of an approved carrier's invoice on its way into the ERP: one bill, whatever happens on the way.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { resumeDeliveries } from '../deliver.ts';
import { deliverAll, erpForEachTest } from '../testing/erp.ts';
import { event, hubsForFile, NETWORK, plan, START, type TestHub } from '../testing/hub.ts';

const US = { country: 'US' };

const hubs = hubsForFile();
let hub: TestHub;
const here = erpForEachTest();

/** S-1 is carried by rdwy for 180.00 of the currency, and billed. */
async function billed(currency = 'USD'): Promise<void> {
  const lane = {
    ...{ id: 'us', mode: 'FTL', origin: US, destination: US },
    linehaul: { basis: 'flat' as const, rate: '180.00' },
  };
  const bought = { side: 'buy' as const, party: 'rdwy', currency, validFrom: '2026-01-01', lanes: [lane] };
  hub = await hubs.open({ ...NETWORK, agreements: [{ id: 'rdwy-2026', ...bought }] });
  const stops = [
    { sequence: 1, kind: 'pickup', ...US, appointment: { from: '2026-03-02T08:00:00Z' } },
    { sequence: 2, kind: 'delivery', ...US },
  ];
  await hub.say('tms', plan('S-1', { stops }));
  const lines = ['100.00', '80.00'].map((amount) => ({ shipment: 'S-1', code: 'LHL', amount }));
  await hub.say(
    'rdwy',
    event('carrier.invoice', { carrier: 'rdwy', invoice: 'R/1', issuedOn: '2026-03-01', currency, lines }),
  );
  await hub.settle();
}

const deliver = () => deliverAll(hub, here);

const held = () =>
  here.erp.documents().map((document) => [document.moveType, document.state, document.reference, document.total]);

test('it is posted with the number and date of the carrier, a line a shipment and code', async () => {
  await billed();
  await deliver();
  assert.deepEqual(held(), [['in_invoice', 'posted', 'R/1', 180]]);
  assert.deepEqual(here.erp.documents()[0]?.lines, [{ description: 'S-1 LHL', amount: 180 }]);
  assert.deepEqual(
    await hub.rows('select bill, posted_at as "postedAt", erp_number as "erpNumber" from lading.carrier_invoice'),
    [{ bill: 'bill:rdwy/R/1', postedAt: START, erpNumber: here.erp.documents()[0]?.name }],
  );
});

for (const skip of [0, 1, 2, 3]) {
  test(`an answer lost, after ${skip} that arrived, leaves one`, async () => {
    await here.erp.setFault({ mode: 'timeout-after-commit', skip, calls: 1 });
    await billed();
    await deliver();
    assert.deepEqual(held(), [['in_invoice', 'posted', 'R/1', 180]]);
  });
}

test('refused by the ERP: its shipment has the exception, which closes when the cause is mended', async () => {
  await billed('CHF');
  await deliver();
  const exceptions = () =>
    hub.rows(`select kind, subject, closed_at is null as open from lading.exception where kind = 'erp-rejected'`);
  assert.deepEqual(await exceptions(), [{ kind: 'erp-rejected', subject: 'S-1', open: true }]);
  assert.deepEqual(held(), []);
  const [currency] = here.erp.act('res.currency', 'search_read', [], {
    domain: [['name', '=', 'CHF']],
    fields: ['id'],
  }) as { id: number }[];
  const rate = { name: '2020-01-01', rate: 0.9, currency_id: currency?.id, company_id: 1 };
  here.erp.act('res.currency.rate', 'create', [], { vals_list: [rate] });
  await resumeDeliveries(hub.context, { states: ['refused'] });
  await deliver();
  assert.deepEqual(held(), [['in_invoice', 'posted', 'R/1', 180]]);
  assert.deepEqual(await exceptions(), [{ kind: 'erp-rejected', subject: 'S-1', open: false }]);
});
