// Following a shipment by a link: what it shows and what it never shows, when it ends, and who guesses.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eventOf, milestoneOf, openTestHub, PLAN, type TestHub } from './testing/hub.ts';

let hub: TestHub;
before(async () => {
  hub = await openTestHub({ failedAttemptsPerMinute: 3 });
  const [pickup, delivery] = PLAN.stops;
  const stops = [
    { ...pickup, name: 'Jane Sender', postal: '60431' },
    { ...delivery, name: 'Joe Receiver', appointment: { from: '2026-03-04T14:00:00Z', to: '2026-03-04T20:00:00Z' } },
  ];
  const references = [
    { type: 'po', value: 'PO-4711' },
    { type: 'pro', value: 'PRO-OF-CARRIER' },
    { type: 'load', value: 'LOAD-OURS' },
  ];
  const eta = {
    shipment: 'S-1',
    milestone: 'in-transit',
    occurredAt: '2026-03-03T20:00:00Z',
    eta: '2026-03-04T16:30:00Z',
  };
  await hub.send('tms', [
    eventOf('shipment.planned', { shipment: 'S-1', ...PLAN, references, stops }),
    milestoneOf('S-1', 'tender-accepted', '2026-03-01T15:00:00Z'),
    milestoneOf('S-1', 'picked-up', '2026-03-03T15:00:00Z'),
    eventOf('shipment.milestone', { ...eta, reason: 'driver Bob is tired' }),
    eventOf('charge.reported', { shipment: 'S-1', code: 'LFT', side: 'both', occurredAt: '2026-03-03T20:00:00Z' }),
    eventOf('shipment.planned', { shipment: 'S-9', ...PLAN, customer: 'bolt' }),
  ]);
});
after(() => hub.close());

const ask = (method: 'GET' | 'POST' | 'DELETE', url: string, payload?: object, as = hub.as('customer')) =>
  hub.app.inject({ method, url, headers: as, ...(payload && { payload }) });
const share = async (days = 7) => (await ask('POST', '/v1/shipments/S-1/tracking-links', { days })).json();
const follow = (address: string) => hub.app.inject({ url: `/v1/tracking/${address.slice('/track/'.length)}` });

test('a link shows places, times and the customer’s own number, without signing in', async () => {
  const { address } = await share();
  const answer = await follow(address);
  assert.equal(answer.statusCode, 200, answer.body);
  const { linkExpiresAt: _, ...tracking } = answer.json();
  assert.deepEqual(tracking, {
    references: [{ type: 'po', value: 'PO-4711' }],
    status: 'in-transit',
    origin: 'Joliet, IL, US',
    destination: 'Atlanta, GA, US',
    expectedAt: '2026-03-04T16:30:00Z',
    expectedBy: 'estimate',
    stops: [
      {
        ...{ sequence: 1, kind: 'pickup', place: 'Joliet, IL, US', timezone: 'America/Chicago' },
        doneAt: '2026-03-03T15:00:00Z',
      },
      {
        ...{ sequence: 2, kind: 'delivery', place: 'Atlanta, GA, US', timezone: 'America/New_York' },
        ...{ plannedAt: '2026-03-04T14:00:00Z', plannedUntil: '2026-03-04T20:00:00Z' },
      },
    ],
    timeLine: [
      { milestone: 'in-transit', at: '2026-03-03T20:00:00Z' },
      { milestone: 'picked-up', at: '2026-03-03T15:00:00Z', place: 'Joliet, IL, US', timezone: 'America/Chicago' },
    ],
  });
  assert.doesNotMatch(answer.body, /Jane|Joe|Bob|60431|PRO-|LOAD|S-1|acme|rdwy|1645|95\.00|USD/);
  assert.equal(answer.headers['x-robots-tag'], 'noindex');
  assert.deepEqual((await ask('GET', '/v1/shipments/S-1/tracking')).json(), tracking, 'who signs in sees the same');
});

test('a link ends when its days are over, and when it is taken back', async () => {
  const [first, second] = [await share(1), await share(1)];
  const { rows } = await hub.context.store.query<{ left: string; secret: boolean }>(
    `select round(extract(epoch from expires_at - created_at))::text as left,
            position($2::bytea in hash) > 0 as secret from lading.tracking_link where id = $1`,
    [first.id, Buffer.from(first.address)],
  );
  assert.deepEqual(rows[0], { left: '86400', secret: false });
  const listed = async () => {
    const { items } = (await ask('GET', '/v1/shipments/S-1/tracking-links')).json();
    return items.map(({ id }: { id: string }) => id);
  };
  assert.deepEqual((await listed()).slice(0, 2), [second.id, first.id]);
  await hub.context.store.query('update lading.tracking_link set expires_at = now() where id = $1', [first.id]);
  assert.equal((await ask('DELETE', `/v1/shipments/S-1/tracking-links/${second.id}`)).statusCode, 204);
  for (const { address } of [first, second]) {
    const answer = await follow(address);
    assert.equal(answer.statusCode, 404);
    assert.equal(answer.json().detail, 'this link has ended, or was cut short: ask for a new one');
  }
  assert.equal((await ask('DELETE', `/v1/shipments/S-1/tracking-links/${second.id}`)).statusCode, 404);
  assert.ok(!(await listed()).includes(first.id));
});

test('only those whose shipment it is share it, for as many days as may be', async () => {
  const to = async (url: string, payload: object, role: 'customer' | 'partner' | 'operations') =>
    (await ask('POST', url, payload, hub.as(role))).statusCode;
  assert.equal(await to('/v1/shipments/S-9/tracking-links', { days: 7 }, 'customer'), 404);
  assert.equal((await ask('GET', '/v1/shipments/S-9/tracking')).statusCode, 404);
  assert.equal(await to('/v1/shipments/S-9/tracking-links', { days: 7 }, 'operations'), 201);
  assert.equal(await to('/v1/shipments/S-1/tracking-links', { days: 7 }, 'partner'), 403);
  assert.equal(await to('/v1/shipments/S-1/tracking-links', { days: 0 }, 'customer'), 400);
  assert.equal(await to('/v1/shipments/S-1/tracking-links', { days: 91 }, 'customer'), 400);
});

test('who guesses links has to wait; who signs in does not', async () => {
  const codes: number[] = [];
  for (let tries = 0; tries < 4; tries += 1) codes.push((await follow(`/track/${'A'.repeat(42)}${tries}`)).statusCode);
  assert.deepEqual(codes, [404, 404, 404, 429]);
  assert.equal((await ask('GET', '/v1/shipments/S-1/tracking')).statusCode, 200);
});
