// What an operator is told of an Odoo before the first invoice; against the real one too, when the environment names it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startOdooStandIn } from '../../../examples/odoo-stand-in/index.ts';
import { examineOdoo } from './examine.ts';
import { liveSettings, withoutLive } from './testing/live-odoo.ts';

const NOW = Date.parse('2026-04-10T12:00:00Z');
const deps = { now: () => NOW };

for (const version of [17, 18, 19] as const) {
  test(`odoo ${version}: one that has all we need is told with version, database and user`, async (t) => {
    const erp = await startOdooStandIn({ version });
    t.after(erp.stop);
    const { url, database, user, key } = erp;
    const found = await examineOdoo({ url, database, user, key }, deps);
    assert.equal(found.ok, true);
    assert.match(
      found.says,
      new RegExp(`^Odoo ${version}, database standin, user lading, company My Company; no rate for CHF`),
    );
  });
}

test('odoo: without a sales journal, and with a key that ends soon, it says how to mend both', async (t) => {
  const erp = await startOdooStandIn({ version: 19 });
  t.after(erp.stop);
  erp.act('account.journal', 'unlink', [1]);
  const keys = [
    { name: 'old', user_id: 6, expiration_date: '2026-04-20 00:00:00' },
    { name: 'new', user_id: 6, expiration_date: '2026-07-09 00:00:00' },
    { name: "another's", user_id: 2, expiration_date: '2026-04-11 00:00:00' },
  ];
  erp.act('res.users.apikeys', 'create', [], { vals_list: keys });
  const { url, database, user, key } = erp;
  const { ok, says } = await examineOdoo({ url, database, user, key }, deps);
  assert.equal(ok, false);
  assert.match(says, /there is no sales journal: standin: choose a chart of accounts/);
  assert.match(says, /the key ends on 2026-04-20: "old": replace it by `lading connect odoo --rotate`/);
  assert.doesNotMatch(says, /"new"|another/);
});

for (const version of [17, 18, 19] as const) {
  test(`odoo ${version}: a payment journal that is missing, or whose payments would have no entry, is told before`, async (t) => {
    const erp = await startOdooStandIn({ version });
    t.after(erp.stop);
    const { url, database, user, key } = erp;
    const look = (code: string) =>
      examineOdoo({ url, database, user, key }, deps, { paymentJournals: [{ legalEntity: 'us-inc', code }] });
    assert.equal((await look('BNK1')).ok, true);
    assert.match(
      (await look('NONE')).says,
      /^there is no bank or cash journal of that code for payments: NONE of us-inc: /,
    );
    erp.act('account.payment.method.line', 'write', [1], { vals: { payment_account_id: false } });
    const { ok, says } = await look('BNK1');
    assert.equal(ok, version === 17, says);
    if (version > 17) assert.match(says, /^the payment method has no outstanding account: BNK1 of us-inc: set one in/);
  });
}

test('odoo: where tax is rounded over the whole document, it advises otherwise', async (t) => {
  const erp = await startOdooStandIn({ version: 19 });
  t.after(erp.stop);
  erp.act('res.company', 'write', [1], { vals: { tax_calculation_rounding_method: 'round_globally' } });
  const { url, database, user, key } = erp;
  const { ok, says } = await examineOdoo({ url, database, user, key }, deps);
  assert.equal(ok, true);
  assert.match(
    says,
    /over the whole document: standin: before billing with tax, set Rounding Method to "Round per Line"/,
  );
});

test('odoo: a wrong key, a wrong database and a closed port are told as such', async () => {
  const erp = await startOdooStandIn({ version: 17 });
  const { url, database, user, key } = erp;
  const wrongKey = await examineOdoo({ url, database, user, key: 'wrong' }, deps);
  assert.match(
    wrongKey.says,
    /the user or the key is refused: lading in standin: check the login, and make a new API key/,
  );
  const wrongDatabase = await examineOdoo({ url, database: 'other', user, key }, deps);
  assert.match(wrongDatabase.says, /there is no such database: other at http/);
  await erp.stop();
  const gone = await examineOdoo({ url, database, user, key }, deps);
  assert.match(gone.says, /^nothing listens there: http.*ECONNREFUSED\): correct host and port/);
});

test('odoo, live: it has all we need', { skip: withoutLive }, async (t) => {
  const found = await examineOdoo(liveSettings as NonNullable<typeof liveSettings>, { now: Date.now });
  t.diagnostic(found.says);
  assert.equal(found.ok, true, found.says);
});

const { ODOO_PAYMENT_JOURNAL: paymentJournal } = process.env;
const skip = withoutLive || (paymentJournal === undefined && 'set ODOO_PAYMENT_JOURNAL');
test('odoo, live: its payment journal will do, and one that is not there will not', { skip }, async () => {
  const look = (code = '') =>
    examineOdoo(
      liveSettings as NonNullable<typeof liveSettings>,
      { now: Date.now },
      {
        paymentJournals: [{ legalEntity: 'us-inc', code }],
      },
    );
  assert.equal((await look(paymentJournal)).ok, true);
  assert.match((await look('NONE9')).says, /^there is no bank or cash journal of that code/);
});
