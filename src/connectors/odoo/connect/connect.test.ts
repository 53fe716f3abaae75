// The way in and what is found behind it, against the stand-in as each Odoo; and against a real one where one is named.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer as createTcpServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { type StandInOptions, startOdooStandIn } from '../../../../examples/odoo-stand-in/index.ts';
import { openConnection } from '../doors/connection.ts';
import type { Door } from '../doors/door.ts';
import { OdooError } from '../doors/failure.ts';
import { liveSettings, withoutLive } from '../testing/live-odoo.ts';
import { asAdministrator } from './administrator.ts';
import { createAutomations, createProducts, setCompanionHook } from './create.ts';
import { findingLine, isWanting } from './finding.ts';
import { keyInForce, readKeptKey } from './key-file.ts';
import { lookAtOdoo } from './look.ts';
import { lackingRights } from './rights.ts';
import { rotateKey } from './rotate.ts';
import { tryOdoo } from './trial.ts';

const deps = { now: () => Date.parse('2026-04-10T12:00:00Z') };
const VERSIONS = [17, 18, 19] as const;

async function standIn(t: TestContext, options: StandInOptions) {
  const erp = await startOdooStandIn({ now: deps.now, ...options });
  t.after(erp.stop);
  const { url, database, user, key } = erp;
  return { erp, settings: { url, database, user, key } };
}

function folderOf(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'lading-connect-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

async function missingLine(settings: Parameters<typeof tryOdoo>[0]): Promise<string> {
  const trial = await tryOdoo({ answerSeconds: 1, connectSeconds: 1, ...settings }, deps);
  if (trial.ok) await trial.connection.close();
  return trial.findings.filter(isWanting).map(findingLine).join('; ');
}

async function listening(t: TestContext, server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('connect: each way not to come in has one line that says how to mend it', async (t) => {
  const { settings } = await standIn(t, { version: 17 });
  const { url } = settings;
  const cases: [change: Partial<typeof settings> & { user?: string | undefined }, line: RegExp][] = [
    [{ url: 'erp.example.com' }, /^not an address: erp.example.com: give one like https:/],
    [{ url: url.replace('http:', 'https:') }, /^it does not speak https: .*: write http:\/\/ in place of https:\/\//],
    [{ url: 'http://127.0.0.1:1' }, /^nothing listens there: .*: correct host and port, or start Odoo/],
    [{ database: 'other' }, /^there is no such database: other at http/],
    [{ key: 'wrong' }, /^the user or the key is refused: lading in standin: check the login/],
    [{ user: 'nobody' }, /^the user or the key is refused: nobody in standin/],
    [{ user: undefined }, /^the user is not named: .*--user, ODOO_USER/],
  ];
  for (const [change, line] of cases)
    assert.match(await missingLine({ ...settings, ...change } as typeof settings), line);
});

test('connect: the older door is not asked where the key says whose it is', async (t) => {
  const { settings } = await standIn(t, { version: 19 });
  assert.equal(await missingLine({ ...settings, user: undefined } as never), '');
  assert.match(await missingLine({ ...settings, database: 'other' }), /^there is no such database: other/);
  assert.match(await missingLine({ ...settings, key: 'wrong' }), /is refused: lading in standin/);
});

test('connect: what is no Odoo is told as what it is', async (t) => {
  const settings = { database: 'd', user: 'u', key: 'k' };
  const answering = (status: number, headers: Record<string, string> = {}) =>
    listening(
      t,
      createServer((_, response) => {
        response.writeHead(status, headers);
        response.end('<html>');
      }),
    );
  assert.match(await missingLine({ ...settings, url: await answering(200) }), /answers there, but it is no Odoo/);
  assert.match(await missingLine({ ...settings, url: await answering(404) }), /answers there, but it is no Odoo/);
  assert.match(
    await missingLine({ ...settings, url: await answering(502) }),
    /what stands before Odoo cannot reach it/,
  );
  assert.match(
    await missingLine({ ...settings, url: await answering(400) }),
    /does not speak http: .*write https:\/\//,
  );
  const moved = await answering(301, { location: 'https://erp.example.com/web' });
  assert.match(
    await missingLine({ ...settings, url: moved }),
    /points elsewhere: .*: give https:\/\/erp.example.com as/,
  );
  // What a server of TLS sends to one who begins with plain text: an alert, `unexpected_message`.
  const encrypted = await listening(
    t,
    createTcpServer((socket) => {
      socket.on('error', () => undefined);
      socket.end(Buffer.from([0x15, 3, 1, 0, 2, 2, 0x0a]));
    }),
  );
  assert.match(await missingLine({ ...settings, url: encrypted }), /does not speak http: .*write https:\/\//);
});

test('connect: an ended key that we know of is told with its day', async (t) => {
  const { erp, settings } = await standIn(t, { version: 19 });
  const keyFile = join(folderOf(t), 'key.json');
  await rotateKey(settings, deps, { keyFile, from: { password: erp.password }, keepsOld: false });
  const later = { now: () => Date.parse('2026-08-01T00:00:00Z') };
  const [{ id }] = erp.act('res.users.apikeys', 'search_read', [], { domain: [], fields: [] }) as [{ id: number }];
  erp.act('res.users.apikeys', 'write', [id], { vals: { expiration_date: '2026-04-01 00:00:00' } });
  const trial = await tryOdoo({ ...settings, keyFile }, later);
  assert.match(
    trial.findings.map(findingLine).join(),
    /the key ended at 2026-07-09T00:00:00.000Z: standin: make a new one/,
  );
});

test('connect: the right that is missing is told by its model and by what grants it', async (t) => {
  const { settings } = await standIn(t, { version: 19 });
  const connection = openConnection(settings, deps);
  t.after(connection.close);
  const door: Door = async (call) => {
    if (call.model === 'account.move' && call.args?.operation === 'create') return false;
    if (call.model === 'stock.picking') {
      throw new OdooError({ kind: 'fault', name: 'werkzeug.exceptions.NotFound', message: 'no such model' });
    }
    return connection.call(call);
  };
  const findings = await lackingRights(door, 'lading', {});
  const lines = findings.map(findingLine);
  const noMove = 'it may not create account.move: lading: give its user the group Invoicing (Billing)';
  assert.ok(lines.includes(noMove), lines.join());
  assert.ok(
    lines.some((line) => /^no deliveries, for there is no stock.picking: lading: install Inventory/.test(line)),
  );
  assert.deepEqual(findings.filter(isWanting).map(findingLine), [noMove]);
});

test('connect: the right to landed costs is advice, a lack where the mapping asks for them, and nothing where the app is not there', async () => {
  const has =
    (app: boolean): Door =>
    async ({ model, args }) => {
      const isCost = model === 'stock.landed.cost';
      if (isCost && !app)
        throw new OdooError({ kind: 'fault', name: 'odoo.exceptions.UserError', message: 'no model' });
      return !(isCost && args?.operation === 'create');
    };
  const told = async (app: boolean, landedCosts?: 'validate' | 'leave') =>
    (await lackingRights(has(app), 'lading', { landedCosts })).map(({ state, what }) => `${state}: ${what}`);
  assert.deepEqual(await told(true), ['advice: no landed costs, for it may not create stock.landed.cost']);
  assert.deepEqual(await told(true, 'validate'), ['missing: it may not create stock.landed.cost']);
  assert.deepEqual([await told(true, 'leave'), await told(false), await told(false, 'validate')], [[], [], []]);
});

test('connect: among several companies one must be chosen', async (t) => {
  const { erp, settings } = await standIn(t, { version: 18 });
  erp.act('res.company', 'create', [], { vals_list: [{ name: 'Second', currency_id: 1 }] });
  erp.act('res.users', 'write', [6], { vals: { company_ids: [[6, 0, [1, 2]]] } });
  const open = await lookAtOdoo(settings, deps, {});
  assert.match(
    open.findings.filter(isWanting).map(findingLine).join(),
    /none is chosen: lading: .*: 1 My Company, 2 Second/,
  );
  assert.equal(open.surveyed, undefined);
  const chosen = await lookAtOdoo({ ...settings, company: 2 }, deps, {});
  assert.equal(chosen.surveyed?.companyId, 2);
  const foreign = await lookAtOdoo({ ...settings, company: 9 }, deps, {});
  assert.match(foreign.findings.filter(isWanting).map(findingLine).join(), /it may not see company 9/);
});

for (const version of VERSIONS) {
  test(`connect, ${version}: products are made once, found again, and missed when they go`, async (t) => {
    const { erp, settings } = await standIn(t, { version });
    const before = await lookAtOdoo(settings, deps, { codes: ['LHL', 'FRT'] });
    // One that has the code for its reference is as good as one of ours.
    assert.deepEqual([...(before.surveyed?.survey.products.keys() ?? [])], ['FRT']);
    const make = () =>
      asAdministrator(settings, deps, { login: 'admin', password: 'admin' }, (call) =>
        createProducts(call, before.version as NonNullable<typeof before.version>, settings, [
          { code: 'LHL', name: 'Linehaul' },
        ]),
      );
    const [id] = await make();
    assert.deepEqual(await make(), [id]);
    const after = await lookAtOdoo(settings, deps, { codes: ['LHL'] });
    assert.deepEqual(after.surveyed?.survey.products.get('LHL'), { id, code: 'LHL', name: 'Linehaul' });
    erp.act('product.product', 'write', [id as number], { vals: { active: false } });
    const lost = await lookAtOdoo({ ...settings, products: { LHL: id as number } }, deps, {});
    assert.match(
      lost.findings.filter(isWanting).map(findingLine).join(),
      /no product.product 3 .*: products.LHL: correct it/,
    );
  });

  test(`connect, ${version}: who is no administrator makes no product`, async (t) => {
    const { settings } = await standIn(t, { version });
    const connection = openConnection(settings, deps);
    t.after(connection.close);
    const making = createProducts(connection.call, await connection.version(), settings, [{ code: 'X', name: 'X' }]);
    await assert.rejects(making, OdooError);
  });

  test(`connect, ${version}: automations are made once, where their models are`, async (t) => {
    const { erp, settings } = await standIn(t, { version });
    const make = () =>
      asAdministrator(settings, deps, { login: 'admin', password: 'admin' }, (call) =>
        createAutomations(call, settings, 'https://hub.example.com/hook'),
      );
    assert.deepEqual(await make(), ['account.move']);
    assert.deepEqual(await make(), ['account.move']);
    assert.equal((erp.act('base.automation', 'search', [], { domain: [] }) as unknown[]).length, 1);
  });

  test(`connect, ${version}: the companion module pushes signed, where it is and the address has the token`, async (t) => {
    const hook = 'https://hub.example.com/v1/hooks/odoo/token-0123456789abcdef';
    const set = (settings: Parameters<typeof asAdministrator>[0], url: string) =>
      asAdministrator(settings, deps, { login: 'admin', password: 'admin' }, (call) => setCompanionHook(call, url));
    const { erp, settings } = await standIn(t, { version, companion: true });
    const parameters = () =>
      (
        erp.act('ir.config_parameter', 'search_read', [], { domain: [], fields: ['key', 'value'] }) as {
          key: string;
          value: string;
        }[]
      ).map(({ key, value }) => [key, value]);
    assert.equal(await set(settings, 'https://hub.example.com/elsewhere'), false);
    assert.deepEqual(parameters(), []);
    assert.equal(await set(settings, hook), true);
    assert.equal(await set(settings, hook.replace('hub.', 'other.')), true);
    assert.deepEqual(parameters(), [
      ['lading.hook_secret', 'whsec_dG9rZW4tMDEyMzQ1Njc4OWFiY2RlZg=='],
      ['lading.hook_url', 'https://other.example.com/v1/hooks/odoo'],
    ]);
    const without = await standIn(t, { version });
    assert.equal(await set(without.settings, hook), false);
    // Only an administrator may.
    const { call, close } = openConnection(settings, deps);
    t.after(close);
    await assert.rejects(setCompanionHook(call, hook), OdooError);
  });

  test(`connect, ${version}: a key is replaced while a connection is in use, and never is there none`, async (t) => {
    const { erp, settings } = await standIn(t, { version });
    const keyFile = join(folderOf(t), 'odoo-key.json');
    const running = openConnection({ ...settings, keyFile }, deps);
    t.after(running.close);
    const asks = () => running.call({ model: 'res.users', method: 'context_get' });
    await asks();
    const rotation = await rotateKey(settings, deps, { keyFile, from: { password: erp.password }, keepsOld: false });
    assert.deepEqual([rotation.name, rotation.removed, rotation.left], ['Lading 2026-04-10', ['stand-in'], []]);
    // 90 days, the longest that an ordinary user may have; before 18 keys do not end.
    assert.equal(rotation.endsAt, version === 17 ? undefined : Date.parse('2026-07-09T00:00:00Z'));
    // The old key is gone, and the connection that was opened with it goes on.
    await asks();
    assert.match(await missingLine(settings), /refused/);
    assert.equal(await missingLine({ ...settings, keyFile } as never), '');
    assert.equal(statSync(keyFile).mode & 0o777, 0o600);
    assert.ok(!readFileSync(keyFile, 'utf8').includes(settings.key));
  });

  test(`connect, ${version}: with the wrong password the old key stays as it was`, async (t) => {
    const { settings } = await standIn(t, { version });
    const keyFile = join(folderOf(t), 'odoo-key.json');
    const rotating = rotateKey(settings, deps, { keyFile, from: { password: 'wrong-one' }, keepsOld: false });
    await assert.rejects(
      rotating,
      (error: Error) => error instanceof OdooError && !error.message.includes('wrong-one'),
    );
    assert.equal(readKeptKey(keyFile), undefined);
    assert.equal(await missingLine(settings), '');
  });
}

test('connect: a key made by hand is tried, kept, and both stay in force', async (t) => {
  const { erp, settings } = await standIn(t, { version: 19 });
  const folder = folderOf(t);
  const [one, two] = [join(folder, 'one.json'), join(folder, 'two.json')];
  await rotateKey(settings, deps, { keyFile: one, from: { password: erp.password }, keepsOld: true });
  const made = keyInForce({ key: settings.key, keyFile: one });
  const byHand = await rotateKey(settings, deps, { keyFile: two, from: { key: made }, keepsOld: false });
  assert.deepEqual(byHand.removed, []);
  assert.equal(await missingLine(settings), '');
  assert.equal(keyInForce({ key: settings.key, keyFile: two }), made);
  // A key that a person sets anew goes before what is kept.
  assert.equal(keyInForce({ key: 'set since', keyFile: two }), 'set since');
  await assert.rejects(
    rotateKey(settings, deps, { keyFile: two, from: { key: 'no key' }, keepsOld: false }),
    OdooError,
  );
  assert.equal(keyInForce({ key: settings.key, keyFile: two }), made);
});

test('connect, live: it comes in, and finds a company, a journal and an income', { skip: withoutLive }, async () => {
  const settings = liveSettings as NonNullable<typeof liveSettings>;
  const { findings, surveyed } = await lookAtOdoo(settings, { now: Date.now }, { codes: ['LHL'] });
  assert.ok(surveyed !== undefined, findings.map(findingLine).join('\n'));
  const { survey, companyId } = surveyed;
  assert.ok(survey.user.companyIds.includes(companyId));
  assert.ok(survey.journals.some(({ type }) => type === 'sale'));
  assert.ok(survey.incomes.length > 0);
});

test('connect, live: each way not to come in is told as against the stand-in', { skip: withoutLive }, async () => {
  const settings = { ...(liveSettings as NonNullable<typeof liveSettings>), answerSeconds: 30, connectSeconds: 10 };
  assert.match(await missingLine({ ...settings, key: 'wrong' }), /is refused: /);
  assert.match(
    await missingLine({ ...settings, database: 'there-is-none' }),
    /there is no such database: there-is-none/,
  );
  if (settings.url.startsWith('http:')) {
    const line = await missingLine({ ...settings, url: settings.url.replace('http:', 'https:') });
    assert.match(line, /does not speak https/);
  }
});
