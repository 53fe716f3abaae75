// Why an order is not invoiced, and what was asked of whom to carry it, explained down to each message and answer.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { eventOf, milestoneOf, openTestHub, PLAN, type TestHub, wholeJourney } from '../src/api/testing/hub.ts';
import { explanationLines } from '../src/cli/text/explanation.ts';
import { explain } from '../src/insight/explain.ts';
import type { DemandExplanation, OrderExplanation } from '../src/insight/explanation/order.ts';
import { Explanation } from '../src/insight/explanation.ts';
import { validate } from '../src/model/validate.ts';
import { resendDemand } from '../src/pipeline/demand/resend.ts';
import { demandOnce } from '../src/pipeline/demand.ts';
import { importSetup } from '../src/pipeline/setup.ts';

let hub: TestHub;
let status = 200;
const receiver = createServer((request, response) => {
  request.resume().on('end', () => response.writeHead(status).end());
});
before(async () => {
  hub = await openTestHub();
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
  const pickup = { city: 'Joliet', country: 'US' };
  const partners = [
    { id: 'books', name: 'Our ERP', roles: ['erp' as const], pull: { demandTo: 'tms' } },
    {
      ...{ id: 'tms', name: 'Dispatch TMS', roles: ['tms' as const] },
      demand: { form: 'webhook' as const, url, pickup, answerWithinMinutes: 60 },
    },
  ];
  await importSetup(hub.context, { partners }, 'test');
});
after(async () => {
  receiver.close();
  await hub.close();
});

const placedAt = new Date(Date.now() + 60_000).toISOString();
const order = (name: string, lines: object[], customer = 'acme') =>
  eventOf('order.placed', {
    ...{ order: name, customer, lines, currency: 'USD', placedAt, customerReference: 'PO-1' },
    shipTo: { city: 'Atlanta', region: 'GA', country: 'US' },
  });
const line = (number: number, quantity: string) => ({
  line: number,
  sku: `BOLT-${number}`,
  quantity,
  unitPrice: '12.50',
});

/** Explained, held to its own schema, and printable. */
async function explained(ref: string): Promise<Explanation> {
  const explanation = await explain(hub.context, ref);
  assert.ok(explanation, `${ref} is known`);
  const checked = validate(Explanation, JSON.parse(JSON.stringify(explanation)));
  assert.ok(checked.ok, JSON.stringify(checked));
  assert.ok(explanationLines(explanation).every((text) => !/undefined|\[object|\bNaN\b/.test(text)));
  return explanation;
}

test('an order: its lines, why they are not invoiced, and every message about it with its answer', async () => {
  await hub.send('books', [order('SO-1', [line(1, '10'), line(2, '4')])]);
  await demandOnce(hub.context);
  const placed = (await explained('SO-1')) as OrderExplanation;
  assert.deepEqual([placed.about, placed.status, placed.value.ordered], ['order', 'open', '175.00']);
  assert.equal(placed.sentence, '175.00 USD of goods; nothing of it is delivered yet.');
  assert.deepEqual(placed.notInvoiced.slice(0, 2), [
    'Line 1: 10 of 10 are in no shipment.',
    'Line 2: 4 of 4 are in no shipment.',
  ]);
  assert.match(
    placed.notInvoiced[2] ?? '',
    /^Transport demand: tms has the original since .*; waits for its answer, due .*; owner operations\.$/,
  );
  await hub.send('tms', [
    eventOf('shipment.milestone', { shipment: 'SO-1', milestone: 'tender-declined', occurredAt: placedAt }),
  ]);
  assert.equal((await resendDemand(hub.context, { order: 'SO-1', by: 'Ann' })).kind, 'asked');
  await demandOnce(hub.context);
  await hub.send('tms', [
    eventOf('shipment.milestone', { shipment: 'SO-1', milestone: 'tender-accepted', occurredAt: placedAt }),
  ]);
  status = 503;
  await hub.send('books', [order('SO-1', [line(1, '12'), line(2, '4')])]);
  await demandOnce(hub.context);
  const demand = (await explained('demand:SO-1')) as DemandExplanation;
  assert.deepEqual(
    demand.messages.map(({ purpose, state, resentBy, changes }) => [purpose, state, resentBy, changes]),
    [
      ['original', 'declined', undefined, undefined],
      ['original', 'accepted', 'Ann', undefined],
      ['change', 'asking', undefined, ['goods']],
    ],
  );
  assert.match(demand.sentence, /^The change is on its way to tms: .*503.*; next try .*; owner integration\.$/);
  const names = ['demand:SO-1/acme/2', 'demand:tms:SO-1/acme/2', 'demand:acme/SO-1'];
  for (const name of names) assert.deepEqual(await explained(name), demand);
  status = 200;
});

test('an order: what its shipments wait for, and what is left unplanned', async () => {
  await hub.send('books', [order('SO-2', [line(1, '10')])]);
  await demandOnce(hub.context);
  const contents = [{ order: 'SO-2', line: 1, quantity: '6' }];
  await hub.send('tms', [
    eventOf('shipment.planned', { ...PLAN, shipment: 'L-2', orders: ['SO-2'], contents }),
    milestoneOf('L-2', 'picked-up', '2026-03-03T15:00:00Z'),
  ]);
  const it = (await explained('order:SO-2')) as OrderExplanation;
  assert.deepEqual(
    it.lines.map(({ ordered, planned, delivered, invoiced, shipments }) => [
      ...[ordered, planned, delivered, invoiced],
      shipments,
    ]),
    [['10', '6', '0', '0', ['L-2']]],
  );
  const [unplanned, asked, held] = it.notInvoiced;
  assert.equal(unplanned, 'Line 1: 4 of 10 are in no shipment.');
  assert.match(asked ?? '', /^Transport demand: The original is on its way to tms/);
  assert.match(held ?? '', /^L-2: Not invoiced because its billing trigger pod is not reached; waits for delivery/);
  // A customer sees how far its order is, and nothing of who else was asked.
  const own = (await explain(hub.context, 'SO-2', { customer: 'acme' })) as OrderExplanation;
  assert.deepEqual([own.about, own.demand, own.notInvoiced], ['order', undefined, []]);
  assert.equal(await explain(hub.context, 'SO-2', { customer: 'bolt' }), undefined);
  assert.equal(await explain(hub.context, 'demand:SO-2', { customer: 'acme' }), undefined);
});

test('an order: of two customers with one number it is asked which; a shipment of that name goes first', async () => {
  await hub.send('books', [order('SO-3', [line(1, '1')]), order('SO-3', [line(1, '2')], 'bolt')]);
  const choice = await explained('SO-3');
  assert.deepEqual(choice.about === 'choice' ? choice.choices.map(({ ref }) => ref).sort() : choice, [
    'order:acme/SO-3',
    'order:bolt/SO-3',
  ]);
  const ofBolt = (await explained('order:bolt/SO-3')) as OrderExplanation;
  assert.equal(ofBolt.lines[0]?.ordered, '2');
  await hub.send('tms', wholeJourney('SO-3'));
  assert.equal((await explained('SO-3')).about, 'shipment');
  const cancelled = eventOf('order.placed', {
    ...{ order: 'SO-4', customer: 'acme', lines: [], currency: 'USD', placedAt, cancelledAt: placedAt },
    shipTo: { city: 'Atlanta', country: 'US' },
  });
  await hub.send('books', [cancelled]);
  const none = (await explained('SO-4')) as OrderExplanation;
  assert.deepEqual([none.sentence.startsWith('Cancelled at '), none.notInvoiced], [true, []]);
  assert.equal(await explain(hub.context, 'demand:SO-4'), undefined);
});
