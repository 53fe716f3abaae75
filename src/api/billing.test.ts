// Lists of invoices and of carriers' invoices, and where billing stands. Each whole journey is 1645.00; a liftgate that is
// told after the invoice is 95.00, more than the 50.00 that are approved by themselves.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eventOf, milestoneOf, openTestHub, PLAN, type TestHub, wholeJourney } from './testing/hub.ts';

let hub: TestHub;
before(async () => {
  hub = await openTestHub();
  for (const shipment of ['S-1', 'S-2', 'S-3']) await hub.send('tms', wholeJourney(shipment));
  const reported = { code: 'LFT', side: 'sell', quantity: '1', occurredAt: '2026-03-04T20:00:00Z' };
  await hub.send('tms', eventOf('charge.reported', { shipment: 'S-1', ...reported }));
  // Delivered without proof.
  await hub.send('tms', [
    eventOf('shipment.planned', { shipment: 'S-4', ...PLAN }),
    milestoneOf('S-4', 'delivered', '2026-03-04T20:00:00Z'),
  ]);
  const bill = (carrier: string, invoice: string, issuedOn: string, shipment: string, amount: string) =>
    hub.send(
      carrier,
      eventOf('carrier.invoice', {
        ...{ carrier, invoice, issuedOn, currency: 'USD' },
        lines: [{ shipment, code: 'LHL', amount }],
      }),
    );
  await bill('rdwy', 'R-1', '2026-03-07', 'S-1', '1200.00');
  await bill('rdwy', 'R-2', '2026-03-05', 'S-2', '1300.00');
  await bill('swift', 'W-1', '2026-03-06', 'S-99', '75.00');
});
after(() => hub.close());

const get = async (url: string, role: Parameters<TestHub['as']>[0] = 'finance') => {
  const answer = await hub.app.inject({ url, headers: hub.as(role) });
  return { status: answer.statusCode, body: answer.json() };
};
const listed = async (url: string, key: string, role?: Parameters<TestHub['as']>[0]) =>
  (await get(url, role)).body.items.map((item: Record<string, string>) => item[key]);
const walked = async (url: string, key: string) => {
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const { body } = await get(`${url}&limit=1${cursor === undefined ? '' : `&cursor=${cursor}`}`);
    seen.push(...body.items.map((item: Record<string, string>) => item[key]));
    cursor = body.next;
  } while (cursor !== undefined);
  return seen;
};

test('where billing stands: what waits for its trigger and for approval, and the documents', async () => {
  const { body } = await get('/v1/billing');
  assert.deepEqual(
    body.shipments.map(({ billing, shipments, amount }: Record<string, string>) => `${billing} ${shipments} ${amount}`),
    // No ERP has posted anything: the 1645.00 of S-1 are on no posted document either.
    ['adjusting 1 1740.00', 'not-due 1 1645.00', 'ready 2 3290.00'],
  );
  assert.deepEqual(body.documents, [
    { currency: 'USD', kind: 'invoice', state: 'decided', documents: 3, total: '4935.00' },
  ]);
  assert.deepEqual((await get('/v1/billing', 'customer')).body, body, 'all of it is acme’s');
  const { rows } = await hub.context.store.query(
    `select c.shipment from (select shipment, currency, sum(amount_minor) as minor from lading.charge
       where side = 'sell' and state in ('expected', 'pending') group by 1, 2) as c
       full join (select shipment, unnest(unposted_currencies) as currency, unnest(unposted_minors) as minor
                    from lading.shipment_listing) as l using (shipment, currency)
      where c.minor is distinct from l.minor`,
  );
  assert.deepEqual(rows, [], 'the list says of each shipment what its charges say');
});

test('invoices: every order is a whole walk, both ways', async () => {
  for (const sort of ['number', 'decided', 'customer', 'total']) {
    const forth = await walked(`/v1/invoices?sort=${sort}`, 'number');
    assert.deepEqual([...forth].sort(), ['S-1-1', 'S-2-1', 'S-3-1'], sort);
    assert.deepEqual(await walked(`/v1/invoices?sort=-${sort}`, 'number'), forth.reverse(), sort);
  }
});

test('invoices: filters and search', async () => {
  assert.deepEqual(await listed('/v1/invoices?search=s-2', 'number'), ['S-2-1']);
  assert.deepEqual(await listed('/v1/invoices?search=acme', 'number'), ['S-1-1', 'S-2-1', 'S-3-1']);
  assert.deepEqual(await listed('/v1/invoices?search=nothing', 'number'), []);
  assert.deepEqual(await listed('/v1/invoices?shipment=S-3', 'number'), ['S-3-1']);
  assert.deepEqual(await listed('/v1/invoices?state=posted', 'number'), []);
  assert.deepEqual(await listed('/v1/invoices?decidedBefore=2026-01-01T00:00:00Z', 'number'), []);
  assert.deepEqual(await listed('/v1/invoices', 'customerName'), ['Acme Tools', 'Acme Tools', 'Acme Tools']);
  assert.equal((await get('/v1/invoices?sort=colour')).status, 400);
  const { next } = (await get('/v1/invoices?limit=1')).body;
  assert.equal((await get(`/v1/invoices?limit=1&sort=total&cursor=${next}`)).status, 400, 'the place of another order');
});

test('an invoice says when it is due and what is open of it', async () => {
  const { open, settledBy, correctedBy, total } = (await get('/v1/invoices/S-1-1')).body;
  assert.deepEqual(
    { open, settledBy, correctedBy, total },
    {
      ...{ open: '1645.00', settledBy: [], correctedBy: [], total: '1645.00' },
    },
  );
});

test('an adjustment says what it is for', async () => {
  const { body } = await get('/v1/explain/shipment:S-1');
  const [waits] = body.awaitingApproval;
  assert.equal(`${waits.kind} ${waits.total}`, 'supplementary 95.00');
  assert.deepEqual(
    waits.lines.map(({ code, amount }: Record<string, string>) => `${code} ${amount}`),
    ['LFT 95.00'],
  );
  assert.match(waits.lines[0].derivation.join('\n'), /95\.00/);
});

test('once approved, the supplementary is what corrects the invoice', async () => {
  const [{ id }] = (await get('/v1/exceptions?kind=adjustment-approval&state=open')).body.items;
  const url = `/v1/exceptions/${id}/approve`;
  assert.equal((await hub.app.inject({ method: 'POST', url, headers: hub.as('finance') })).statusCode, 200);
  const { correctedBy } = (await get('/v1/invoices/S-1-1')).body;
  assert.deepEqual(correctedBy, [
    { number: 'S-1-2', kind: 'supplementary', state: 'decided', currency: 'USD', total: '95.00' },
  ]);
  assert.deepEqual((await get('/v1/invoices/S-1-2')).body.correctedBy, []);
});

test("carriers' invoices: the largest difference first, found by verdict, dispute, number and shipment", async () => {
  // 1200.00 is expected of R-1 and of R-2, nothing of W-1, whose shipment nobody knows.
  assert.deepEqual(await listed('/v1/carrier-invoices?sort=-difference', 'invoice'), ['R-2', 'W-1', 'R-1']);
  assert.deepEqual(await listed('/v1/carrier-invoices?sort=-difference', 'difference'), ['100.00', '75.00', '0.00']);
  assert.deepEqual(await listed('/v1/carrier-invoices?verdict=disputed', 'invoice'), ['R-2']);
  assert.deepEqual(await listed('/v1/carrier-invoices?dispute=open', 'dispute'), ['open']);
  assert.deepEqual(await listed('/v1/carrier-invoices?search=w-', 'carrierName'), ['Swift Haul']);
  assert.deepEqual(await listed('/v1/carrier-invoices?search=roadway', 'invoice'), ['R-1', 'R-2']);
  assert.deepEqual(await listed('/v1/carrier-invoices?search=S-2', 'invoice'), ['R-2']);
  for (const sort of ['arrived', 'issued', 'carrier', 'invoice', 'billed', 'difference']) {
    const forth = await walked(`/v1/carrier-invoices?sort=${sort}`, 'invoice');
    assert.deepEqual([...forth].sort(), ['R-1', 'R-2', 'W-1'], sort);
    assert.deepEqual(await walked(`/v1/carrier-invoices?sort=-${sort}`, 'invoice'), forth.reverse(), sort);
  }
});

test('a carrier sees its own, and not how it is argued about', async () => {
  assert.deepEqual(await listed('/v1/carrier-invoices', 'invoice', 'partner'), ['R-1', 'R-2']);
  assert.deepEqual(await listed('/v1/carrier-invoices', 'dispute', 'partner'), [undefined, undefined]);
  assert.equal((await get('/v1/carrier-invoices?dispute=open', 'partner')).status, 403);
});
