// send, explain, replay and key, as a person uses them, against a hub that runs.

import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventOf, milestoneOf, openTestHub, SAMPLE_SETUP, type TestHub, wholeJourney } from '../../api/testing/hub.ts';
import type { Agreement } from '../../model/setup/agreement.ts';
import { importSetup } from '../../pipeline/setup.ts';
import { replayableMessages } from '../../store/replayable.ts';
import type { Command } from '../command.ts';
import { runCommand } from '../testing/run.ts';
import { command as allocate } from './allocate.ts';
import { command as approve } from './approve.ts';
import { command as charge } from './charge.ts';
import { command as collections } from './collections.ts';
import { command as compare } from './compare.ts';
import { command as dispute } from './dispute.ts';
import { command as explain } from './explain.ts';
import { command as key } from './key.ts';
import { command as link } from './link.ts';
import { command as payments } from './payments.ts';
import { command as receivables } from './receivables.ts';
import { command as refuse } from './refuse.ts';
import { command as replay } from './replay.ts';
import { command as send } from './send.ts';
import { command as waive } from './waive.ts';

let hub: TestHub;
let folder: string;
let port: string;
let isWorking = true;
let worker: Promise<void>;
before(async () => {
  hub = await openTestHub();
  await hub.app.listen({ port: 0, host: '127.0.0.1' });
  port = String((hub.app.server.address() as AddressInfo).port);
  folder = await mkdtemp(join(tmpdir(), 'lading-commands-'));
  await writeFile(join(folder, 'admin.key'), hub.keys.admin);
  worker = workOn();
});
after(async () => {
  isWorking = false;
  await worker;
  await hub.work();
  await hub.close();
  await rm(folder, { recursive: true });
});

async function workOn(): Promise<void> {
  while (isWorking) {
    await hub.work();
    await sleep(20);
  }
}

/** The worker beside may have the shipment in its hands. */
async function untilOpen(kind: string, subject: string): Promise<void> {
  const { store } = hub.context;
  const open = `select from lading.exception where tenant = $1 and kind = $2 and subject = $3 and closed_at is null`;
  for (let tries = 0; tries < 500; tries++) {
    if ((await store.query(open, [store.tenant, kind, subject])).rows.length > 0) return;
    await sleep(20);
  }
  assert.fail(`${kind} of ${subject} does not open`);
}

const run = (command: Command, words: string[], env: Record<string, string> = {}) =>
  runCommand(command, words, { folder, env: { LADING_PORT: port, ...env } });

const json = (content: object) => JSON.stringify(content);

test('send: what became of each file of a folder', async () => {
  await mkdir(join(folder, 'in', 'deeper'), { recursive: true });
  await writeFile(join(folder, 'in', '1-journey.json'), json(wholeJourney('S-1')));
  await writeFile(
    join(folder, 'in', 'deeper', '2-waits.json'),
    json(milestoneOf('S-9', 'picked-up', '2026-03-03T15:00:00Z')),
  );
  await writeFile(join(folder, 'in', '.hidden'), 'left out');
  const good = await run(send, ['in', '--partner', 'tms']);
  assert.deepEqual([good.code, good.err], [0, '']);
  assert.match(good.out, /^in\/1-journey\.json: message \d+, applied, json, 4 events, shipments S-1\n/);
  assert.match(
    good.out,
    /in\/deeper\/2-waits\.json: message \d+, waiting, json, 1 event, 1 waiting for its shipment\n/,
  );
  assert.match(good.out, /2 files: 1 applied, 1 waiting; 5 events\n$/);

  await writeFile(join(folder, 'bad.x12'), 'no kind that anybody knows');
  await writeFile(join(folder, 'empty'), '');
  const bad = await run(send, ['bad.x12', '--partner', 'tms']);
  assert.equal(bad.code, 1);
  assert.match(
    bad.out,
    /^bad\.x12: message \d+, quarantined, unknown, 0 events\n {4}unreadable-message bad\.x12: no known kind/,
  );
  const twice = await run(send, ['bad.x12', 'empty', '--partner', 'tms', '--json']);
  assert.equal(twice.code, 2, 'one could not be sent');
  assert.equal(JSON.parse(twice.out)[0].verdict, 'duplicate');
  assert.match(twice.err, /^the file is empty: empty: /);
});

test('explain: readable, as JSON, and one line for what nobody knows', async () => {
  const text = await run(explain, ['S-1']);
  assert.equal(text.code, 0);
  assert.match(text.out, /^Shipment S-1: delivered, ready\nDecided, and not in the ERP yet because /);
  assert.match(text.out, /sell LHL 1645\.00 USD: pending, agreement acme-2026 version 1, lane ftl-il-ga\n/);
  const value = JSON.parse((await run(explain, ['S-1/LHL', '--json'])).out);
  assert.deepEqual([value.about, value.charges[0].amount], ['charge', '1645.00']);
  const unknown = await run(explain, ['S-404']);
  assert.deepEqual([unknown.code, unknown.out], [2, '']);
  assert.match(unknown.err, /^nothing is known by that name: S-404: give .*\n$/);
});

test('replay: what would change, and what did', async () => {
  await writeFile(join(folder, 'late.json'), json(milestoneOf('S-1', 'eta', '2026-03-04T12:00:00Z')));
  assert.equal((await run(send, ['late.json', '--partner', 'late'])).code, 1);
  const setup = { partners: [{ id: 'late', name: 'Late', roles: ['tms'] }] };
  await hub.app.inject({ method: 'PUT', url: '/v1/setup', headers: hub.as('integration'), payload: setup });
  const dry = await run(replay, ['--dry-run', '--partner', 'late']);
  assert.match(
    dry.out,
    /late\.json +1 new event; out of quarantine\n\n1 message would be translated again: 1 out of quarantine, 1 new event\.\n$/,
  );
  const done = JSON.parse((await run(replay, ['--partner', 'late', '--json'])).out);
  assert.deepEqual([done.messages.length, done.messages[0].quarantined, done.messages[0].newEvents], [1, false, 1]);
  assert.match((await run(replay, ['--partner', 'late'])).out, /^Nothing to replay\.\n$/);
  assert.match((await run(replay, ['--deliveries'])).out, /^Nothing to replay\.\n$/);
  assert.match((await run(replay, ['x'])).err, /^not the id of a message: x: /);
  assert.match((await run(replay, ['--since', 'yesterday'])).err, /^not a time: yesterday: /);
});

test('key: made, listed, revoked', async () => {
  const made = await run(key, ['add', '--role', 'partner', '--partner', 'rdwy', '--name', 'Roadway']);
  assert.match(made.out, /^lad_[0-9a-f]{12}_[A-Za-z0-9_-]{43}\n$/);
  const id = made.out.slice(4, 16);
  assert.match((await run(key, ['list'])).out, new RegExp(`${id} +partner +rdwy +never used +Roadway\n`));
  assert.deepEqual(await run(key, ['revoke', id]), { code: 0, out: `revoked ${id}\n`, err: '' });
  assert.match((await run(key, ['revoke', id])).err, /^no such key in force: /);
  assert.match((await run(key, ['add', '--role', 'partner', '--name', 'x'])).err, /needs the partner/);
  assert.match((await run(key, ['make'])).err, /^unknown act: make: /);
});

test('approve and refuse: what waits is released, or waived with its reason', async () => {
  const late = (shipment: string) => ({ shipment, code: 'LFT', side: 'sell', occurredAt: '2026-03-04T20:00:00Z' });
  for (const shipment of ['S-81', 'S-82']) {
    await hub.send('tms', wholeJourney(shipment));
    await hub.send('tms', eventOf('charge.reported', late(shipment)));
  }
  assert.deepEqual(await run(approve, ['S-81']), {
    code: 0,
    out: 'S-81: released S-81-2. To approve: supplementary of 95.00 USD.\n',
    err: '',
  });
  assert.match((await run(approve, ['S-81'])).err, /^no adjustment waits: S-81: /);
  const refused = await run(refuse, ['S-82', '--reason', 'goodwill', '--json']);
  assert.deepEqual(JSON.parse(refused.out).waived, ['supplementary 95.00 USD']);
  assert.match((await run(explain, ['S-82'])).out, /sell LFT 95\.00 USD: waived/);
  const told = (await run(explain, ['S-82'])).out;
  assert.match(told, /Approvals\n.*T.*Z\s+refused by key .*\)\s+supplementary 95\.00 USD: goodwill/);
  const { rows } = await hub.context.store.query<{ detail: { reason: string } }>(
    "select detail from lading.audit_entry where action = 'exception.refuse'",
  );
  assert.equal(rows[0]?.detail.reason, 'goodwill');
  assert.match((await run(refuse, ['S-82'])).err, /--reason/);
  assert.match((await run(refuse, ['S-82', '--reason', 'x', '--key', hub.keys.auditor])).err, /^no adjustment waits/);
});

test('charge: by hand, within the limit at once, beyond it by somebody else', async () => {
  // 700 miles × 2.35 = 1645.00, invoiced. Customer service may enter 25.00 alone, nobody else anything.
  const limits = { autoApproveUpTo: '50.00', manualLimits: { 'customer-service': '25.00' } };
  await importSetup(hub.context, { policies: [{ customer: 'acme', trigger: 'pod', adjustments: limits }] }, 'a test');
  await hub.send('tms', wholeJourney('S-91'));
  const service = ['--key', hub.keys['customer-service']];
  const credit = ['credit', 'S-91', '--code', 'LHL', '--reason', 'late'];
  assert.deepEqual(await run(charge, [...credit, '--amount', '20.00', ...service]), {
    code: 0,
    out: 'S-91: LHL 20.00 USD credited: S-91-2.\n',
    err: '',
  });
  // 20.00 + 10.00 is more than 25.00.
  assert.equal(
    (await run(charge, [...credit, '--amount', '10.00', ...service])).out,
    'S-91: LHL 10.00 USD is beyond your limit and waits for somebody else to approve it.\n',
  );
  const mine = await run(charge, ['add', 'S-91', '--code', 'ADM', '--amount', '60.00', '--reason', 'papers', '--json']);
  assert.equal(JSON.parse(mine.out).waits, true);
  assert.match((await run(approve, ['S-91'])).err, /entered by hand what waits: somebody else must approve S-91/);
  assert.match((await run(explain, ['S-91'])).out, /credit LHL\s+10\.00 USD\s+by key .*: late\s+waits for approval/);
  const approved = await run(approve, ['S-91', '--key', hub.keys.finance, '--json']);
  const { entries, documents } = JSON.parse(approved.out);
  assert.deepEqual(entries, ['credit LHL 10.00 USD', 'charge ADM 60.00 USD']);
  assert.deepEqual(documents, ['S-91-3', 'S-91-4']);
  assert.match((await run(explain, ['S-91/LHL'])).out, /credited by hand 10\.00 USD: late/);
});

test('charge: what was entered by hand is never translated again', async () => {
  const { store } = hub.context;
  const replayable = await replayableMessages(store, store.tenant, { all: true }, 10_000);
  const { rows } = await store.query<{ id: string }>("select id::text from lading.message where channel = 'desk'");
  // Two credits, a charge, and one word on two of them.
  assert.equal(rows.length, 4);
  assert.deepEqual(
    rows.filter(({ id }) => replayable.some((message) => message.id === id)),
    [],
  );
});

test('charge: what cannot be entered is said in one line', async () => {
  const asked = (...words: string[]) => run(charge, [...words, '--reason', 'x']).then(({ err }) => err);
  assert.match(await asked('give', 'S-91', '--code', 'LHL'), /^unknown act: give: it is one of add, credit, write-off/);
  assert.match(await asked('credit', 'S-91', '--code', 'LHL'), /^option missing: --amount: /);
  assert.match(await asked('add', 'S-0', '--code', 'LHL', '--amount', '1'), /no shipment S-0 is known with its plan/);
  // 1645.00 − 20.00 − 10.00
  assert.match(
    await asked('credit', 'S-91', '--code', 'LHL', '--amount', '1615.01'),
    /LHL of S-91 comes to 1615\.00 USD: no more than that can be credited/,
  );
  assert.match(
    await asked('write-off', 'S-91', '--code', 'LHL'),
    /LHL of S-91 has 0\.00 USD not invoiced yet: .*; what is invoiced is credited/,
  );
  assert.match(await asked('add', 'S-91', '--code', 'ADM', '--amount', '1.005'), /amount "1\.005" is no amount of USD/);
  assert.match(
    await asked('add', 'S-91', '--code', 'ADM', '--amount', '0'),
    /amount "0" is no amount of USD above zero/,
  );
  assert.match(await asked('credit', 'S-91', '--code', 'GDS', '--amount', '1'), /GDS follows the order/);
  assert.match(
    (await run(charge, ['add', 'S-91', '--code', 'A', '--amount', '1', '--reason', 'x', '--key', hub.keys.auditor]))
      .err,
    /a key of role auditor may not enter charges, credits and write-offs by hand/,
  );
});

test('approve: a finance key does not approve what its own new price caused; another does', async () => {
  await hub.send('tms', wholeJourney('S-95'));
  const finance = hub.as('finance');
  const [agreement] = SAMPLE_SETUP.agreements as [Agreement];
  const [lane] = agreement.lanes;
  const dearer = { ...lane, linehaul: { basis: 'per-mile', rate: '2.50' } };
  const payload = { agreements: [{ ...agreement, lanes: [dearer] }] };
  const imported = await hub.app.inject({ method: 'PUT', url: '/v1/setup', headers: finance, payload });
  assert.equal(imported.statusCode, 200, imported.body);
  await untilOpen('adjustment-approval', 'S-95');
  assert.match(
    (await run(approve, ['S-95', '--key', hub.keys.finance])).err,
    /imported agreement acme-2026, version 2: somebody else must approve S-95/,
  );
  // 700 × 2.50 = 1750.00
  assert.match((await run(approve, ['S-95'])).out, /^S-95: released S-95-2\. To approve: supplementary of 105\.00 USD/);
});

test('approve: nor what its own fuel price caused', async () => {
  const [agreement] = SAMPLE_SETUP.agreements as [Agreement];
  const table = [
    { from: '0', value: '10.0' },
    { from: '4.00', value: '20.0' },
  ];
  const fuelled: Agreement = { ...agreement, fuel: { index: 'us-diesel', method: 'percent-of-linehaul', table } };
  const pricedAt = (price: string) => [{ index: 'us-diesel', entries: [{ effective: '2026-03-02', price }] }];
  await importSetup(hub.context, { agreements: [fuelled], fuel: pricedAt('3.50') }, 'a test');
  await hub.send('tms', wholeJourney('S-96'));
  const imported = await hub.app.inject({
    method: 'PUT',
    url: '/v1/setup',
    headers: hub.as('finance'),
    payload: { fuel: pricedAt('4.10') },
  });
  assert.equal(imported.statusCode, 200, imported.body);
  await untilOpen('adjustment-approval', 'S-96');
  assert.match(
    (await run(approve, ['S-96', '--key', hub.keys.finance])).err,
    /imported fuel us-diesel of 2026-03-02: somebody else must approve S-96/,
  );
  // 700 × 2.35 = 1645.00, of which 20 % are 329.00 and 10 % were 164.50.
  assert.match((await run(approve, ['S-96'])).out, /^S-96: released S-96-2\. To approve: supplementary of 164\.50 USD/);
});

test('a partner may not say what people enter by hand', async () => {
  const data = { shipment: 'S-91', entry: 'credit', code: 'LHL', amount: '9.00', currency: 'USD', reason: 'x' };
  const said = { ...data, enteredAt: '2026-03-05T12:00:00Z', needsApproval: false };
  await writeFile(join(folder, 'own.json'), JSON.stringify(eventOf('charge.entered', said)));
  const { out } = await run(send, [join(folder, 'own.json'), '--partner', 'tms']);
  assert.match(out, /partner-not-party/);
});

test('no hub, no key, a key that may not: one line each', async () => {
  const gone = { LADING_PORT: '1' };
  assert.match(
    (await run(send, ['bad.x12', '--partner', 'tms'], gone)).err,
    /^no hub is running: .*: start it by .*\n$/,
  );
  const empty = { LADING_DATA: join(folder, 'in') };
  assert.match((await run(send, ['bad.x12', '--partner', 'tms'], empty)).err, /^no key for the running hub: /);
  const barred = await run(send, ['bad.x12', '--partner', 'tms', '--key', hub.keys.auditor]);
  assert.match(
    barred.err,
    /^the hub refuses: \/v1\/inbound\/tms: a key of role auditor may not send messages and events\n$/,
  );
  assert.match((await run(explain, ['S-1'], { LADING_PORT: 'http' })).err, /^not a port: /);
  assert.match((await run(send, ['nothing-there', '--partner', 'tms'])).err, /^cannot read file: .*nothing-there: /);
});

test('compare says what the last night found, and that no ERP is there to be asked now', async () => {
  const before = await run(compare, []);
  assert.match(before.out, /^Nothing was compared yet/);
  assert.match((await run(compare, ['--now'])).err, /No ERP is connected/);
});

test('receivables, payments, collections, dispute, allocate', async () => {
  await hub.send('tms', wholeJourney('S-70'));
  const payment = { payment: 'P-70', customer: 'acme', currency: 'USD', amount: '1.00', receivedOn: '2026-03-10' };
  await hub.send('acme', eventOf('payment.received', payment));
  const owed = await run(receivables, ['--customer', 'acme']);
  assert.match(owed.out, /^customer +owed +not due/);
  assert.match(owed.out, /acme +USD .* 1\.00\n/);
  assert.equal((await run(receivables, ['--customer', 'bolt'])).out, 'bolt owes nothing.\n');
  assert.match(
    (await run(payments, ['--left'])).out,
    /^payment .*\nP-70 +acme +2026-03-10 +1\.00 +1\.00 +USD +on-account\n/,
  );
  assert.match(
    (await run(explain, ['P-70'])).out,
    /^Payment P-70: on-account\n1\.00 USD of acme, .*payment-unmatched/s,
  );
  assert.ok(Array.isArray(JSON.parse((await run(collections, ['--json'])).out)));
  const opened = await run(dispute, ['S-70-1', '--reason', 'not ours']);
  assert.match(opened.out, /^S-70-1: disputed by acme; it is not collected/);
  assert.match((await run(dispute, ['S-70-1', '--reason', 'it was', '--close'])).out, /its days count again/);
  const applied = await run(allocate, ['P-70', 'S-70-1', '--customer', 'acme']);
  assert.equal(applied.err, '');
  assert.equal(applied.out, 'S-70-1: 1.00 USD of P-70 applied; 0.00 USD of it are left.\n');
  const again = await run(allocate, ['P-70', 'S-70-1', '--customer', 'acme']);
  assert.equal(again.code, 2);
  assert.match(again.err, /no payment P-70 of acme has anything left/);
});

test('link and waive: by number or subject; what cannot be done is said in one line', async () => {
  const { store } = hub.context;
  await hub.send('tms', wholeJourney('S-195'));
  await hub.send('rdwy', [
    milestoneOf('S-195x', 'in-transit', '2026-03-03T20:00:00Z'),
    milestoneOf('S-195', 'damaged', '2026-03-03T21:00:00Z'),
  ]);
  await store.query(`update lading.waiting set since = since - interval '25 hours' where subject = 'S-195x'`);
  await untilOpen('unmatched-reference', 'S-195x');
  await untilOpen('shipment-damaged', 'S-195');
  assert.match((await run(link, ['S-195x', 'S-0'])).err, /no shipment S-0 is known with its plan/);
  assert.match((await run(link, ['S-195x', 'S-195', '--reference', 'pro'])).err, /write it as pro:4711/);
  assert.equal((await run(link, ['S-195x', 'S-195'])).out, 'unmatched-reference S-195x: linked to S-195.\n');
  assert.match((await run(link, ['S-195x', 'S-195'])).err, /^no such exception: S-195x: nothing of that is open/);
  assert.match((await run(waive, ['S-195'])).err, /^option missing: --reason/);
  const waived = await run(waive, ['S-195', '--reason', 'The customer keeps it']);
  assert.deepEqual([waived.out, waived.err], ['shipment-damaged S-195: waived.\n', '']);
});
