// Payments registered in Odoo, each once, whatever was lost on the way; and undone. 17 by JSON-RPC, 19 by JSON-2.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type StandIn, startOdooStandIn } from '../../../examples/odoo-stand-in/index.ts';
import type { PaymentAct, Session, WantedDocument } from '../contract.ts';
import { odooConnector } from './index.ts';

const INVOICE: WantedDocument = {
  ...{ key: 'S-1-1', number: 'S-1-1', kind: 'invoice', currency: 'USD', issuedOn: '2026-03-02', reference: 'S-1' },
  customer: { id: 'acme', name: 'Acme', identifiers: [] },
  lines: [{ shipment: 'S-1', code: 'LHL', description: 'Linehaul', amountMinor: 100_000n }],
  attachments: [],
};
const PAYMENT: PaymentAct = {
  ...{ act: 'register', key: 'pay:acme/P-1/S-1-1#1', invoice: 'S-1-1', currency: 'USD', amountMinor: 40_000n },
  ...{ receivedOn: '2026-03-04', journal: 'BNK1', reference: 'P-1 of acme' },
};
const OUTSTANDING_RECEIPTS = 48;
const NOW = Date.parse('2026-03-05T12:00:00Z');

type Opened = { readonly erp: StandIn; readonly session: Session; readonly pay: NonNullable<Session['pay']> };

async function withOdoo(version: 17 | 18 | 19, run: (opened: Opened) => Promise<void>): Promise<void> {
  const erp = await startOdooStandIn({ version, now: () => NOW });
  const { url, database, user, key } = erp;
  const session = odooConnector.open({ url, database, user, key }, { now: () => NOW });
  const { pay } = session;
  assert.ok(pay);
  try {
    await run({ erp, session, pay });
  } finally {
    await session.close();
    await erp.stop();
  }
}

const read = (erp: StandIn, model: string, fields: string[], domain: unknown[] = []) =>
  (erp.act(model, 'search_read', [], { domain, fields }) as Record<string, unknown>[]).map(({ id: _, ...row }) => row);
const invoiceIn = (erp: StandIn) =>
  read(erp, 'account.move', ['payment_state', 'amount_residual'], [['move_type', '=', 'out_invoice']]);

for (const version of [17, 18, 19] as const) {
  test(`${version}: a payment in part is registered once and set off; undone, the invoice is open again`, async () => {
    await withOdoo(version, async ({ erp, session, pay }) => {
      const waits = await pay(PAYMENT);
      assert.deepEqual(
        [waits.outcome, 'reason' in waits && waits.reason],
        ['retry', 'S-1-1 is not posted in Odoo yet'],
      );
      await session.send([INVOICE]);
      const first = await pay(PAYMENT);
      assert.equal(
        first.outcome,
        'confirmed',
        JSON.stringify(first, (_, v) => (typeof v === 'bigint' ? `${v}` : v)),
      );
      assert.deepEqual(await pay(PAYMENT), first);
      const memo = version === 17 ? 'ref' : 'memo';
      assert.deepEqual(read(erp, 'account.payment', ['amount', 'date', 'is_reconciled', memo]), [
        { amount: 400, date: '2026-03-04', is_reconciled: true, [memo]: 'P-1 of acme' },
      ]);
      assert.deepEqual(invoiceIn(erp), [{ payment_state: 'partial', amount_residual: 600 }]);
      assert.equal((await pay({ ...PAYMENT, act: 'undo' })).outcome, 'confirmed');
      assert.equal((await pay({ ...PAYMENT, act: 'undo' })).outcome, 'confirmed');
      assert.deepEqual(invoiceIn(erp), [{ payment_state: 'not_paid', amount_residual: 1000 }]);
      const again = await pay(PAYMENT);
      assert.deepEqual([again.outcome, 'kind' in again && again.kind], ['refused', 'cancelled-by-hand']);
    });
  });
}

for (const skip of [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]) {
  test(`an answer that is lost, after ${skip} that arrived, never makes a second payment`, async () => {
    await withOdoo(19, async ({ erp, session, pay }) => {
      await session.send([INVOICE]);
      await erp.setFault({ mode: 'timeout-after-commit', skip, calls: 1 });
      const first = await pay(PAYMENT);
      const second = first.outcome === 'confirmed' ? first : await pay(PAYMENT);
      assert.equal(second.outcome, 'confirmed');
      assert.equal(read(erp, 'account.payment', ['amount']).length, 1);
      assert.deepEqual(invoiceIn(erp), [{ payment_state: 'partial', amount_residual: 600 }]);
    });
  });
}

test('a journal that is not there, and a payment method without an outstanding account, are refused in words', async () => {
  await withOdoo(19, async ({ erp, session, pay }) => {
    await session.send([INVOICE]);
    const nowhere = await pay({ ...PAYMENT, journal: 'BNK9' });
    assert.match('sentence' in nowhere ? nowhere.sentence : '', /no bank or cash journal with the code BNK9/);
    erp.act('account.account', 'unlink', [OUTSTANDING_RECEIPTS]);
    const bare = await pay(PAYMENT);
    assert.match('sentence' in bare ? bare.sentence : '', /has no outstanding account in Odoo/);
    assert.deepEqual(invoiceIn(erp), [{ payment_state: 'not_paid', amount_residual: 1000 }]);
  });
});

test('what was never registered is undone', async () => {
  await withOdoo(17, async ({ pay }) => {
    assert.equal((await pay({ ...PAYMENT, act: 'undo' })).outcome, 'confirmed');
  });
});
