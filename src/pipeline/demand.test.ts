// Transport demand, over real HTTP: what is posted, what is answered, and what follows of it.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { signature } from '../connectors/demand/post.ts';
import type { Setup } from '../model/setup/index.ts';
import type { Partner } from '../model/setup/partner.ts';
import { HOUR_MS, MINUTE_MS } from '../model/time.ts';
import { interchange } from '../partners/testing/interchange.ts';
import { resumeDeliveries } from './deliver.ts';
import { resendDemand } from './demand/resend.ts';
import { demandOnce, nextDemand } from './demand.ts';
import { receive } from './intake.ts';
import { event, milestone, NETWORK, plan, START, startTestHubs, type TestHub, type TestHubs } from './testing/hub.ts';

type Received = { readonly headers: Readonly<Record<string, unknown>>; readonly body: string };

let hubs: TestHubs;
const received: Received[] = [];
let status = 202;
const receiver = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
    response.writeHead(status).end();
  });
});
before(async () => {
  hubs = await startTestHubs();
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
});
after(async () => {
  receiver.close();
  await hubs.close();
});

const SECRET = `whsec_${Buffer.from('a secret of some length').toString('base64')}`;
const PICKUP = { name: 'DC 4', city: 'Joliet', region: 'IL', country: 'US' };

type Desk = TestHub & {
  readonly go: (minutes: number) => Promise<void>;
  readonly place: (changes?: object, minutes?: number) => Promise<void>;
  readonly say204: (...transactions: Parameters<typeof interchange>[0]) => Promise<void>;
  readonly open: () => Promise<string[]>;
};

/** An ERP whose orders go to `rdwy` by 204, or to `tms` by webhook. */
async function desk(to: 'rdwy' | 'tms', profile: object = {}): Promise<Desk> {
  received.length = 0;
  status = 202;
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
  const form = to === 'rdwy' ? 'x12-204' : 'webhook';
  const demand = { form, url, mode: 'FTL', pickup: PICKUP, ...profile } as Partner['demand'];
  const identifiers: Partner['identifiers'] = [
    { scheme: 'scac', value: 'RDWY' },
    { scheme: 'x12', qualifier: '02', value: 'RDWY' },
  ];
  const partners = (NETWORK.partners ?? []).map((partner) =>
    partner.id === to ? { ...partner, ...(to === 'rdwy' ? { identifiers } : {}), demand } : partner,
  );
  const erp: Partner = { id: 'books', name: 'Our ERP', roles: ['erp'], pull: { demandTo: to } };
  const setup: Setup = { ...NETWORK, partners: [...partners, erp] };
  const hub = await hubs.open(setup);
  let control = 100;
  const go = async (minutes: number) => {
    hub.at(START + minutes * MINUTE_MS);
    await hub.settle();
    while ((await demandOnce(hub.context, { secretOf: () => SECRET })) > 0) await hub.settle();
  };
  return {
    ...hub,
    go,
    place: async (changes = {}, minutes = 0) => {
      hub.at(START + minutes * MINUTE_MS);
      await hub.say('books', event('order.placed', { ...ORDER, ...changes }, { time: START + minutes * MINUTE_MS }));
      await go(minutes);
    },
    say204: async (...transactions) => {
      control += 1;
      const text = interchange(transactions, { sender: 'RDWY', controlNumber: String(control).padStart(9, '0') });
      await receive(hub.context, [{ bytes: Buffer.from(text), partner: 'rdwy', channel: 'http' }]);
      await hub.settle();
    },
    open: async () => {
      const rows = await hub.rows(
        'select kind, subject from lading.exception where closed_at is null order by kind, subject',
      );
      return (rows as { kind: string; subject: string }[]).map(({ kind, subject }) => `${kind} ${subject}`);
    },
  };
}

const LINE = { line: 1, sku: 'BOLT', quantity: '10', unitPrice: '12.50', weight: { value: '100', unit: 'lb' } };
const ORDER = {
  order: 'SO-1',
  customer: 'acme',
  lines: [LINE],
  shipTo: { city: 'Atlanta', region: 'GA', country: 'US' },
  currency: 'USD',
  placedAt: new Date(START).toISOString(),
};

const tenders = () => received.map(({ body }) => /B2A\*(..)/.exec(body)?.[1]);
const ACCEPT = ['990', 'B1*RDWY*SO-1*20260302*A'] as const;
const DECLINE = ['990', 'B1*RDWY*SO-1*20260302*D'] as const;
const taken = (control: number) => ['997', `AK1*SM*${control}`, 'AK2*204*0001', 'AK5*A', 'AK9*A*1*1*1'] as const;
const rejected = (control: number) => ['997', `AK1*SM*${control}`, 'AK2*204*0001', 'AK5*R*5', 'AK9*R*1*1*0'] as const;

test('demand by 204: tendered to the carrier, planned here, receipted, accepted, changed, cancelled', async () => {
  const { rows, go, place, say204, open } = await desk('rdwy');
  await place();
  assert.deepEqual(tenders(), ['00']);
  assert.match(
    received[0]?.body ?? '',
    /ISA\*00\* {10}\*00\* {10}\*ZZ\*LADING {9}\*02\*RDWY {11}\*260302\*1200\*U\*00401\*000000001\*1\*P\*>/,
  );
  assert.equal(received[0]?.headers['webhook-id'], 'demand:rdwy:SO-1/acme/1');
  const shipments = await rows('select shipment, carrier, status from lading.shipment');
  assert.deepEqual(shipments, [{ shipment: 'SO-1', carrier: 'rdwy', status: 'tendered' }]);
  await say204(taken(1), ACCEPT);
  assert.deepEqual(await rows('select status from lading.shipment'), [{ status: 'accepted' }]);
  const [demand] = (await rows('select * from lading.transport_demand')) as Record<string, unknown>[];
  assert.deepEqual([demand?.answer, demand?.answer_due_at, demand?.acknowledged_at !== null], ['accepted', null, true]);
  // Nothing new, and a new price, are nothing to the carrier.
  await place({}, 10);
  await place({ lines: [{ ...LINE, unitPrice: '13.00' }] }, 20);
  assert.deepEqual(tenders(), ['00']);
  await place({ lines: [{ ...LINE, quantity: '12' }] }, 30);
  assert.deepEqual(tenders(), ['00', '04']);
  await place({ lines: [], cancelledAt: new Date(START + 40 * MINUTE_MS).toISOString() }, 40);
  assert.deepEqual(tenders(), ['00', '04', '01']);
  await go(41);
  assert.deepEqual(await rows('select status from lading.shipment'), [{ status: 'cancelled' }]);
  await say204(taken(3));
  await go(600);
  assert.deepEqual(await open(), []);
});

test('demand: what changes while a message is under way goes as one when it is settled', async () => {
  const { go, place } = await desk('rdwy');
  status = 503;
  await place();
  await place({ lines: [{ ...LINE, quantity: '11' }] }, 1);
  await place({ lines: [{ ...LINE, quantity: '12' }] }, 2);
  status = 202;
  await go(60);
  const bodies = received.filter(({ body }) => /L11\*1[02] BOLT/.test(body));
  assert.equal(received.filter(({ body }) => body.includes('L11*11 BOLT')).length, 0);
  // Tried again, it is the same to the byte.
  assert.equal(new Set(bodies.map(({ body }) => body)).size, 2);
  assert.deepEqual(tenders().at(-1), '04');
});

test('demand: declined, it is for a person; a change of the order asks anew', async () => {
  const { place, say204, open } = await desk('rdwy');
  await place();
  await say204(DECLINE);
  assert.deepEqual(await open(), ['demand-not-taken SO-1']);
  await place({ lines: [{ ...LINE, quantity: '9' }] }, 5);
  assert.deepEqual(tenders(), ['00', '00']);
  await say204(ACCEPT);
  assert.deepEqual(await open(), []);
});

test('demand: rejected by 997, it opens delivery-failed until a later message is receipted', async () => {
  const { place, say204, open } = await desk('rdwy');
  await place();
  await say204(rejected(1));
  assert.deepEqual(await open(), ['delivery-failed 1/0001']);
  await place({ shipTo: { ...ORDER.shipTo, postal: '30303' } }, 5);
  assert.deepEqual(tenders(), ['00', '00']);
  await say204(taken(2), ACCEPT);
  assert.deepEqual(await open(), []);
});

test('demand asked again: only what is dead, in a new message under a new id, by whom and why', async () => {
  const { context, rows, go, place, say204, open } = await desk('rdwy');
  const again = async (reason = 'they were full') => {
    const result = await resendDemand(context, { order: 'SO-1', by: 'key:7 Ann', reason });
    return result.kind === 'refused' ? result.detail : result.kind;
  };
  assert.equal(await again(), 'unknown');
  await place();
  assert.equal(await again(), 'rdwy has the last message of SO-1 and has not answered yet: ask there');
  await say204(rejected(1));
  assert.equal(await again(), 'asked');
  assert.equal(await again(), 'the last message of SO-1 is on its way to rdwy');
  await go(1);
  assert.deepEqual(tenders(), ['00', '00']);
  await say204(taken(2), DECLINE);
  const ids = () => received.map(({ headers }) => headers['webhook-id']);
  const both = await Promise.all([again(), again()]);
  assert.deepEqual(both.sort(), ['asked', 'the last message of SO-1 is on its way to rdwy']);
  await go(2);
  assert.deepEqual(ids(), ['demand:rdwy:SO-1/acme/1', 'demand:rdwy:SO-1/acme/2', 'demand:rdwy:SO-1/acme/3']);
  await say204(taken(3), ACCEPT);
  assert.equal(await again(), 'rdwy accepted order SO-1');
  assert.deepEqual(await open(), []);
  assert.deepEqual(await rows('select status from lading.shipment'), [{ status: 'accepted' }]);
  assert.deepEqual(
    await rows('select revision, rejected_as, answer, resent_by from lading.demand_message order by 1'),
    [
      { revision: 1, rejected_as: '1/0001', answer: null, resent_by: null },
      { revision: 2, rejected_as: null, answer: 'declined', resent_by: 'key:7 Ann' },
      { revision: 3, rejected_as: null, answer: 'accepted', resent_by: 'key:7 Ann' },
    ],
  );
  const acts = (await rows(`select actor, subject, detail from lading.audit_entry where action = 'demand.resend'`)) as {
    subject: string;
    detail: { reason: string; formerState: string };
  }[];
  assert.deepEqual(
    acts.map(({ subject, detail: { reason, formerState } }) => [subject, reason, formerState]),
    [
      ['SO-1', 'they were full', 'rejected'],
      ['SO-1', 'they were full', 'declined'],
    ],
  );
});

test('demand asked again: refused when posted, yes; given up without an answer, no', async () => {
  const { context, rows, go, place } = await desk('tms');
  const again = async () => {
    const result = await resendDemand(context, { order: 'SO-1', by: 'test' });
    return result.kind === 'refused' ? result.detail : result.kind;
  };
  status = 422;
  await place();
  status = 200;
  assert.equal(await again(), 'asked');
  await go(1);
  assert.equal(new Set(received.map(({ headers }) => headers['webhook-id'])).size, 2);
  // What was given up may have been taken: nobody knows.
  await place({ lines: [{ ...LINE, quantity: '11' }] }, 2);
  await rows(`update lading.effect set state = 'dead' where key like '%/3'`);
  assert.match(await again(), /^whether tms has the last message of SO-1 is not known: `lading replay/);
  assert.equal(received.length, 3);
});

test('demand: no 997 and no 990 within the time given is told, and over when the answer comes', async () => {
  const { context, go, place, say204, open } = await desk('rdwy', { answerWithinMinutes: 30 });
  await place();
  assert.equal(await nextDemand(context), START + 30 * MINUTE_MS);
  await go(29);
  assert.deepEqual(await open(), []);
  await go(30);
  assert.deepEqual(await open(), ['demand-unanswered SO-1']);
  await say204(taken(1));
  assert.deepEqual(await open(), ['demand-unanswered SO-1']);
  await say204(ACCEPT);
  assert.deepEqual(await open(), []);
});

test('demand: a change after pickup is told to a person and not to the carrier, until the goods are there', async () => {
  const { say, go, place, say204, open } = await desk('rdwy');
  await place();
  await say204(taken(1), ACCEPT);
  await say('rdwy', milestone({ shipment: 'SO-1' }, 'picked-up', 1));
  await go(61);
  await place({ lines: [{ ...LINE, quantity: '12' }] }, 70);
  assert.deepEqual(tenders(), ['00']);
  assert.deepEqual(await open(), ['order-changed-in-transit SO-1']);
  await place({}, 80);
  assert.deepEqual(await open(), []);
  await place({ lines: [], cancelledAt: new Date(START + HOUR_MS).toISOString() }, 90);
  assert.deepEqual(await open(), ['order-changed-in-transit SO-1']);
  await say('rdwy', milestone({ shipment: 'SO-1' }, 'delivered', 4));
  await go(5 * 60);
  assert.deepEqual(await open(), []);
  assert.deepEqual(tenders(), ['00']);
});

test('demand by webhook: a signed CloudEvent; the TMS plans the shipment itself', async () => {
  const { say, rows, go, place, open } = await desk('tms', { secretEnv: 'TMS_SECRET', answerWithinMinutes: 60 });
  await place();
  const [{ headers, body }] = received as [Received];
  const id = headers['webhook-id'] as string;
  const expected = signature(SECRET, id, headers['webhook-timestamp'] as string, Buffer.from(body));
  assert.equal(headers['webhook-signature'], expected);
  const { type, data } = JSON.parse(body);
  assert.deepEqual(
    [type, data.purpose, data.order, data.lines[0].quantity],
    ['transport.demanded', 'original', 'SO-1', '10'],
  );
  assert.equal(data.lines[0].unitPrice, undefined);
  assert.deepEqual(await rows('select 1 from lading.shipment'), []);
  const answer = { shipment: 'SO-1', milestone: 'tender-accepted', occurredAt: new Date(START).toISOString() };
  await say('tms', event('shipment.milestone', answer));
  await go(60);
  // The order's number is no shipment's, and yet nobody waits for one.
  await go(60 * 30);
  assert.deepEqual(await open(), []);
  await say('tms', plan('LOAD-9', { orders: ['SO-1'] }), milestone({ shipment: 'LOAD-9' }, 'picked-up', 30));
  await go(60 * 31);
  await place({ lines: [{ ...LINE, quantity: '12' }] }, 60 * 32);
  assert.equal(received.length, 1);
  assert.deepEqual(await open(), ['order-changed-in-transit SO-1']);
});

test('demand: refused, it waits for a person and is replayed; a place that nobody knows is said before', async () => {
  const { context, go, place, open } = await desk('tms');
  status = 422;
  await place();
  assert.deepEqual(await open(), ['demand-not-taken SO-1']);
  status = 200;
  assert.equal((await resumeDeliveries(context, {})).length, 1);
  await go(1);
  assert.deepEqual(await open(), []);
  assert.equal(new Set(received.map(({ body }) => body)).size, 1);
  await place({ order: 'SO-2', shipTo: { city: 'Nowhere' } }, 2);
  assert.deepEqual(await open(), ['demand-not-taken SO-2']);
  assert.equal(received.length, 2);
});

test('demand: orders from before the partner was asked go by other means', async () => {
  const { place } = await desk('tms');
  await place({ placedAt: '2026-03-01T12:00:00Z' });
  assert.equal(received.length, 0);
});
