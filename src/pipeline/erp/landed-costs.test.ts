// What a bill cost, added to the value of the goods it brought here: when, how often, and what is said where it cannot be.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type StandIn, startOdooStandIn } from '../../../examples/odoo-stand-in/index.ts';
import type { BillCosts, LandedResult, Session } from '../../connectors/contract.ts';
import { odooConnector } from '../../connectors/odoo/index.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../model/time.ts';
import { carrierInvoicesNamed } from '../../store/read/carrier-invoices.ts';
import { ERP_SYSTEM } from '../context.ts';
import { deliverOnce } from '../deliver.ts';
import { pullOnce } from '../pull.ts';
import { event, NETWORK, plan, START, startTestHubs, type TestHub, type TestHubs } from '../testing/hub.ts';
import { landOnce, nextLanding } from './landed-costs.ts';

const SYSTEM = { name: ERP_SYSTEM, pace: { burst: 50 } };
const US = { country: 'US' };
const ERP = { id: 'books', name: 'Our Odoo', roles: ['erp' as const], pull: { everySeconds: 60 } };

let hubs: TestHubs;
let erp: StandIn;
let session: Session;
before(async () => {
  hubs = await startTestHubs();
  erp = await startOdooStandIn({ landedCosts: true, now: () => START });
  const { url, database, user, key } = erp;
  erp.act('product.product', 'write', [2], { vals: { landed_cost_ok: true, split_method_landed_cost: 'by_weight' } });
  const settings = { url, database, user, key, products: { LHL: 2 }, landedCosts: 'validate' as const };
  session = odooConnector.open(settings, { now: () => START });
});
after(async () => {
  await session.close();
  await erp.stop();
  await hubs.close();
});

let bills = 0;

/** S-1 with PRO-… is carried by rdwy for 180.00, billed, and the bill is in the ERP. */
async function billed(): Promise<{ hub: TestHub; pro: string; bill: string }> {
  bills += 1;
  const lane = {
    id: 'us',
    mode: 'FTL',
    origin: US,
    destination: US,
    linehaul: { basis: 'flat' as const, rate: '180' },
  };
  const bought = { side: 'buy' as const, party: 'rdwy', currency: 'USD', validFrom: '2026-01-01', lanes: [lane] };
  const partners = [...(NETWORK.partners ?? []), ERP];
  const hub = await hubs.open({ ...NETWORK, partners, agreements: [{ id: 'rdwy-2026', ...bought }] });
  const stops = [
    { sequence: 1, kind: 'pickup', ...US, appointment: { from: '2026-03-02T08:00:00Z' } },
    { sequence: 2, kind: 'delivery', ...US },
  ];
  const pro = `PRO-${bills}`;
  await hub.say('tms', plan('S-1', { stops, references: [{ type: 'pro', value: pro }] }));
  const invoice = { carrier: 'rdwy', invoice: `R-${bills}`, issuedOn: '2026-03-01', currency: 'USD' };
  await hub.say(
    'rdwy',
    event('carrier.invoice', { ...invoice, lines: [{ shipment: 'S-1', code: 'LHL', amount: '180.00' }] }),
  );
  await hub.settle();
  assert.equal(await nextLanding(hub.context, session), undefined, 'nothing before the bill is there');
  assert.equal(await deliverOnce(hub.context, session, SYSTEM), 1);
  return { hub, pro, bill: `bill:rdwy/R-${bills}` };
}

/** A session that does nothing but answer as it is told to. */
function answering(answer: (bill: BillCosts) => LandedResult) {
  return { landCosts: async (some: readonly BillCosts[]) => some.map(answer) };
}
const rows = (hub: TestHub) => hub.rows('select bill, state, reason from lading.landed_cost');
/** As people see it. */
async function shown({ context: { store } }: TestHub, bill: string) {
  const [invoice] = await carrierInvoicesNamed(store, store.tenant, bill.slice('bill:'.length));
  const { state, reason, nextLookAt } = invoice?.landedCost ?? {};
  return [state, reason, ...(nextLookAt === undefined ? [] : [Date.parse(nextLookAt) - START])];
}
const exceptions = (hub: TestHub) =>
  hub.rows(`select subject, detail, closed_at is null as open from lading.exception where kind = 'erp-rejected'`);
const costs = (bill: string) =>
  erp.act('stock.landed.cost', 'search_read', [], {
    domain: [['vendor_bill_id.invoice_origin', '=', `Lading ${bill}`]],
    fields: ['state', 'amount_total'],
  }) as { state: string; amount_total: number }[];

test('a confirmed bill is landed once its receipt is done, with the names that its shipment has', async () => {
  const { hub, pro, bill } = await billed();
  assert.equal(await nextLanding(hub.context, session), 0);
  assert.equal(await landOnce(hub.context, session, SYSTEM), 1);
  assert.deepEqual(await rows(hub), [{ bill, state: 'due', reason: `no receipt bears S-1, ${pro}` }]);
  assert.equal(await nextLanding(hub.context, session), START + HOUR_MS);
  const receipt = { name: `WH/IN/${pro}`, picking_type_code: 'incoming', location_id: 4, carrier_tracking_ref: pro };
  erp.act('stock.picking', 'create', [], {
    vals_list: [{ ...receipt, state: 'done', date_done: '2026-03-02 11:00:00' }],
  });
  assert.equal(await landOnce(hub.context, session, SYSTEM), 0);
  hub.at(START + HOUR_MS);
  assert.equal(await landOnce(hub.context, session, SYSTEM), 1);
  assert.deepEqual(await rows(hub), [{ bill, state: 'landed', reason: null }]);
  assert.deepEqual(
    costs(bill).map(({ state, amount_total }) => [state, amount_total]),
    [['done', 180]],
  );
  assert.equal(await nextLanding(hub.context, session), undefined);
  assert.deepEqual(await exceptions(hub), []);
});

test('a receipt that is pulled wakes the bills that wait for it, and no other', async () => {
  const { hub, pro, bill } = await billed();
  const other = answering(({ key }) => ({ key, outcome: 'waits', for: 'receipt', reason: 'no receipt' }));
  const look = async (at: number) => {
    hub.at(at);
    const read = { name: ERP_SYSTEM, ...(session.pull === undefined ? {} : { pull: session.pull }) };
    while ((await pullOnce(hub.context, read)) > 0);
  };
  await look(START);
  assert.equal(await landOnce(hub.context, session, SYSTEM), 1);
  const receipt = { picking_type_code: 'incoming', location_id: 4, state: 'done', date_done: '2026-03-02 11:00:00' };
  const receive = (vals: object) => erp.act('stock.picking', 'create', [], { vals_list: [{ ...receipt, ...vals }] });
  receive({ name: `WH/IN/9${pro}`, carrier_tracking_ref: `${pro}-of-another` });
  await look(START + 2 * MINUTE_MS);
  assert.equal(await nextLanding(hub.context, session), START + HOUR_MS, 'it bears another number');
  receive({ name: `WH/IN/8${pro}`, carrier_tracking_ref: pro });
  await look(START + 4 * MINUTE_MS);
  assert.equal(await nextLanding(hub.context, session), 0);
  assert.equal(await landOnce(hub.context, session, SYSTEM), 1);
  assert.deepEqual(await shown(hub, bill), ['made', undefined]);
  await look(START + 6 * MINUTE_MS);
  assert.equal(await nextLanding(hub.context, other), undefined, 'what is made is not made again');
});

test('where only a person can do it, an exception says so until it is done', async () => {
  const { hub, bill } = await billed();
  assert.deepEqual(await shown(hub, bill), ['waiting', undefined]);
  const reason = 'only a person knows which of WH/IN/1, WH/IN/2 it was';
  await landOnce(
    hub.context,
    answering(({ key }) => ({ key, outcome: 'person', reason })),
    SYSTEM,
  );
  assert.deepEqual(await shown(hub, bill), ['needs-person', reason, 6 * HOUR_MS]);
  const detail = `landed cost of ${bill}: ${reason}; make it there, with Create Landed Costs on the bill`;
  assert.deepEqual(await exceptions(hub), [{ subject: 'S-1', detail, open: true }]);
  hub.at(START + 6 * HOUR_MS);
  const byHand = 'somebody made its landed cost';
  await landOnce(
    hub.context,
    answering(({ key }) => ({ key, outcome: 'none', reason: byHand })),
    SYSTEM,
  );
  assert.deepEqual(await shown(hub, bill), ['not-needed', byHand]);
  assert.deepEqual(await exceptions(hub), [{ subject: 'S-1', detail, open: false }]);
});

test('a receipt that is there and not done after sixty days needs a person', async () => {
  const { hub, bill } = await billed();
  hub.at(START + 60 * DAY_MS);
  const reason = 'WH/IN/1 is not done yet';
  const open = answering(({ key }) => ({ key, outcome: 'waits', for: 'end-of-receipt', reason }));
  await landOnce(hub.context, open, SYSTEM);
  assert.deepEqual(await shown(hub, bill), ['needs-person', reason, 61 * DAY_MS]);
  assert.deepEqual(await exceptions(hub), [
    { subject: 'S-1', detail: `landed cost of ${bill}: ${reason}`, open: true },
  ]);
});

test('what is refused is an exception of the shipment, and is over when it is landed', async () => {
  const { hub, bill } = await billed();
  const sentence = 'LC/2026/0001 comes to 170.00 USD, not 180.00 USD';
  const wrong = answering(({ key }) => ({ key, outcome: 'refused', kind: 'differs', scope: 'document', sentence }));
  assert.equal(await landOnce(hub.context, wrong, SYSTEM), 1);
  const detail = `landed cost of ${bill}: ${sentence}`;
  assert.deepEqual(await exceptions(hub), [{ subject: 'S-1', detail, open: true }]);
  hub.at(START + 6 * HOUR_MS);
  const mended = answering(({ key }) => ({ key, outcome: 'landed' }));
  assert.equal(await landOnce(hub.context, mended, SYSTEM), 1);
  assert.deepEqual(await exceptions(hub), [{ subject: 'S-1', detail, open: false }]);
});

test('a system in trouble is asked again in a minute; a receipt that never comes is given up after sixty days', async () => {
  const { hub, bill } = await billed();
  const down = answering(({ key }) => ({ key, outcome: 'retry', scope: 'system', reason: 'down' }));
  assert.equal(await landOnce(hub.context, down, SYSTEM), 1);
  assert.equal(await nextLanding(hub.context, down), START + MINUTE_MS);
  const waiting = answering(({ key }) => ({ key, outcome: 'waits', for: 'receipt', reason: 'no receipt' }));
  let looks = 0;
  for (let at: number | undefined = START; at !== undefined; at = await nextLanding(hub.context, waiting)) {
    hub.at(at);
    looks += await landOnce(hub.context, waiting, SYSTEM);
  }
  assert.deepEqual(await rows(hub), [{ bill, state: 'left', reason: 'no receipt' }]);
  assert.ok(looks > 60 && looks < 75, `${looks} looks`);
  assert.ok(hub.context.clock.now() >= START + 60 * DAY_MS);
});

test('a system without landed costs is asked nothing', async () => {
  const { hub } = await billed();
  assert.equal(await nextLanding(hub.context, {}), undefined);
  assert.equal(await landOnce(hub.context, {}, SYSTEM), 0);
});
