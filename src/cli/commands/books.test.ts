// `lading books check` at a running hub and without one: what it prints, and how it ends.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openTestHub, type TestHub, wholeJourney } from '../../api/testing/hub.ts';
import { runCommand } from '../testing/run.ts';
import { command } from './books.ts';

let hub: TestHub;
let folder: string;
let port: string;
before(async () => {
  hub = await openTestHub();
  await hub.app.listen({ port: 0, host: '127.0.0.1' });
  port = String((hub.app.server.address() as AddressInfo).port);
  folder = await mkdtemp(join(tmpdir(), 'lading-books-'));
  await writeFile(join(folder, 'admin.key'), hub.keys.admin);
  await hub.send('tms', wholeJourney('S-1'));
});
after(async () => {
  await hub.close();
  await rm(folder, { recursive: true });
});

const check = (...words: string[]) => runCommand(command, ['check', ...words], { folder, env: { LADING_PORT: port } });

test('books check: what holds ends with 0, and says that no ERP was asked', async () => {
  const { code, out } = await check();
  assert.equal(code, 0);
  assert.match(out, /^- +USD +2026-03-03 +1645\.00 +0\.00 +1645\.00 +0\.00/m);
  assert.match(out, /^The ERP was not asked: none is connected\.$/m);
  assert.match(out, /^The books hold/m);
});

test('books check: a charge that somebody changed is named, and the end is 1', async () => {
  await hub.context.store.query(`update lading.charge set amount_minor = 164400 where side = 'sell'`);
  const { code, out } = await check();
  assert.equal(code, 1);
  assert.match(out, /^S-1 LHL USD: 1645\.00 was decided and its rows add up to 1644\.00$/m);
  const asJson = await check('--json');
  assert.equal(asJson.code, 1);
  assert.equal(JSON.parse(asJson.out).deviations[0].shipment, 'S-1');
});

test('books check: a charge of a shipment that is not there is named, too', async () => {
  await hub.context.store.query(
    `insert into lading.charge (tenant, shipment, side, code, currency, state, amount_minor)
     select tenant, 'GHOST', side, 'LHL', currency, 'expected', 500 from lading.charge where side = 'sell' limit 1`,
  );
  const { code, out } = await check();
  assert.equal(code, 1);
  assert.match(out, /^- +USD +- +0\.00 +5\.00 /m);
  assert.match(out, /^GHOST LHL USD: 0\.00 was decided and its rows add up to 5\.00$/m);
});
