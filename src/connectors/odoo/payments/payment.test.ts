// Payments registered in Odoo, each once, whatever was lost on the way or entered there by somebody else; and undone. Every case
// runs against the stand-in and, where the environment names one, against a real Odoo.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startOdooStandIn } from '../../../../examples/odoo-stand-in/index.ts';
import type { PaymentAct, SendResult, WantedDocument } from '../../contract.ts';
import { odooConnector } from '../index.ts';
import { withoutLive } from '../testing/live-odoo.ts';
import { type OdooPlace, openedForSuite, openLive, openStandIn } from '../testing/places.ts';

/** A bank journal whose payment method has an outstanding account. */
const JOURNAL = 'BNK1';

for (const version of [17, 18, 19] as const) {
  describePayments(`odoo ${version}, stand-in: payments`, JOURNAL, () => openStandIn({ version }));
}
describePayments('odoo, live: payments', process.env.ODOO_PAYMENT_JOURNAL ?? JOURNAL, openLive, withoutLive);

function describePayments(
  name: string,
  journalCode: string,
  openPlace: () => Promise<OdooPlace>,
  skip: string | false = false,
): void {
  describe(name, { skip }, () => {
    const today = new Date().toISOString().slice(0, 10);
    const run = Date.now();
    let made = 0;
    const odoo = openedForSuite(openPlace);

    const pay = (act: PaymentAct): Promise<SendResult> => {
      assert.ok(odoo.session.pay);
      return odoo.session.pay(act);
    };
    /** A posted invoice over 1,000.00, and a payment of a part of it. */
    const owing = async () => {
      made += 1;
      const key = `PAID-${run}-${made}`;
      const [sent] = await odoo.session.send([invoiceNamed(key, today)]);
      assert.equal(sent?.outcome, 'confirmed', shown(sent));
      const moveId = Number((sent as Extract<SendResult, { outcome: 'confirmed' }>).externalId);
      const part = (amountMinor: bigint, changes: Partial<PaymentAct> = {}): PaymentAct => ({
        ...{ act: 'register', key: `pay:acme/${key}/P-1#1`, invoice: key, currency: 'USD', amountMinor },
        ...{ receivedOn: today, journal: journalCode, reference: `${key} P-1`, others: [], wasConfirmed: false },
        ...changes,
      });
      return { key, moveId, part };
    };
    const find = async (model: string, domain: unknown[], fields: string[]) =>
      (await odoo.eye.call({ model, method: 'search_read', args: { domain, fields, limit: 80 } })) as Record<
        string,
        unknown
      >[];
    const residual = async (moveId: number) =>
      (await find('account.move', [['id', '=', moveId]], ['amount_residual']))[0]?.amount_residual;
    /** Amounts of the payments that are set off against the invoice. */
    const paidOn = async (moveId: number, amounts: readonly number[]) => {
      const rows = await find('account.payment', [['amount', 'in', amounts]], ['amount', 'reconciled_invoice_ids']);
      return rows
        .filter(({ reconciled_invoice_ids: on }) => (on as number[]).includes(moveId))
        .map(({ amount }) => amount)
        .sort();
    };
    /** As a person does it in Odoo; the database id of the payment. */
    const enter = async (moveId: number, amount: number): Promise<number> => {
      const [journal] = await find('account.journal', [['code', '=', journalCode]], ['code']);
      const context = { active_model: 'account.move', active_ids: [moveId] };
      const model = 'account.payment.register';
      const values = { amount, payment_date: today, journal_id: journal?.id, communication: 'typed in' };
      const ids = (await odoo.eye.call({
        model,
        method: 'create',
        args: { vals_list: [values] },
        context,
      })) as number[];
      const answer = await odoo.eye.call({ model, method: 'action_create_payments', ids, context });
      return (answer as { res_id: number }).res_id;
    };

    test('a part of an invoice is registered once and set off; undone, the invoice is open again', async () => {
      const { moveId, part } = await owing();
      const first = await pay(part(40_010n));
      assert.equal(first.outcome, 'confirmed', shown(first));
      assert.deepEqual(await pay(part(40_010n)), first);
      assert.deepEqual(await paidOn(moveId, [400.1]), [400.1]);
      assert.equal(await residual(moveId), 599.9);
      assert.equal((await pay(part(40_010n, { act: 'undo', wasConfirmed: true }))).outcome, 'confirmed');
      assert.equal((await pay(part(40_010n, { act: 'undo', wasConfirmed: true }))).outcome, 'confirmed');
      assert.equal(await residual(moveId), 1000);
      const again = await pay(part(40_010n));
      assert.deepEqual([again.outcome, 'kind' in again && again.kind], ['refused', 'cancelled-by-hand']);
    });

    test('before its invoice is posted it waits; undone before it was registered, nothing is done', async () => {
      const { part } = await owing();
      const early = await pay(part(100n, { invoice: `PAID-${run}-none` }));
      assert.deepEqual([early.outcome, 'scope' in early && early.scope], ['retry', 'document'], shown(early));
      assert.equal((await pay(part(100n, { act: 'undo' }))).outcome, 'confirmed');
    });

    for (const others of [0, 1, 2, 3]) {
      test(`an answer that is lost, after ${others} changes, never makes a second payment`, async () => {
        const { moveId, part } = await owing();
        await odoo.place.server.setFault({ mode: 'timeout-after-commit', skip: others, calls: 1 });
        let result = await pay(part(40_020n));
        for (let times = 0; times < 5 && result.outcome !== 'confirmed'; times++) result = await pay(part(40_020n));
        assert.equal(result.outcome, 'confirmed', shown(result));
        await odoo.place.server.setFault({ mode: 'up' });
        assert.deepEqual(await paidOn(moveId, [400.2]), [400.2]);
        assert.equal(await residual(moveId), 599.8);
      });
    }

    test('what somebody entered there is taken for the payment of that amount; only they can take it back', async () => {
      const { moveId, part } = await owing();
      const typed = await enter(moveId, 200.3);
      const adopted = await pay(part(20_030n));
      assert.deepEqual([adopted.outcome, 'externalId' in adopted && adopted.externalId], ['confirmed', String(typed)]);
      assert.equal(await residual(moveId), 799.7);
      // Another one of the same amount is another payment.
      const second = await pay(part(20_030n, { key: `${part(0n).key}x`, others: [String(typed)] }));
      assert.equal(second.outcome, 'confirmed', shown(second));
      assert.equal(await residual(moveId), 599.4);
      const back = part(20_030n, { act: 'undo', wasConfirmed: true, key: `${part(0n).key}y` });
      const paid = await pay(part(59_940n, { key: `${part(0n).key}z` }));
      assert.equal(paid.outcome, 'confirmed', shown(paid));
      const refused = await pay(back);
      assert.match('sentence' in refused ? refused.sentence : '', /cancel it there/);
      await odoo.eye.call({ model: 'account.payment', method: 'action_cancel', ids: [typed] });
      assert.equal(await residual(moveId), 200.3);
      assert.equal((await pay(back)).outcome, 'confirmed');
      // Ours is undone though later ones have numbers.
      const undone = await pay(part(20_030n, { act: 'undo', wasConfirmed: true, key: `${part(0n).key}x` }));
      assert.equal(undone.outcome, 'confirmed', shown(undone));
      assert.equal(await residual(moveId), 400.6);
    });

    test('an invoice that is paid there is not paid again, in however many parts', async () => {
      const { moveId, part } = await owing();
      await enter(moveId, 1000);
      for (const [index, amountMinor] of [30_000n, 70_000n].entries()) {
        const result = await pay(part(amountMinor, { key: `${part(0n).key}-${index}` }));
        assert.deepEqual([result.outcome, 'externalId' in result && result.externalId], ['confirmed', '']);
      }
      assert.deepEqual(await paidOn(moveId, [300, 700, 1000]), [1000]);
    });

    test('where less is open there than was paid, a person looks', async () => {
      const { moveId, part } = await owing();
      await enter(moveId, 900);
      const result = await pay(part(50_000n));
      assert.match('sentence' in result ? result.sentence : '', /has only 100\.00 USD open .* less than the 500\.00/);
      assert.equal(await residual(moveId), 100);
    });

    test('a journal that is not there is refused in words', async () => {
      const { part } = await owing();
      const nowhere = await pay(part(100n, { journal: 'NONE9' }));
      assert.match('sentence' in nowhere ? nowhere.sentence : '', /no bank or cash journal with the code NONE9/);
    });
  });
}

test('a payment method without an outstanding account is refused in words, and nothing is booked', async () => {
  const erp = await startOdooStandIn({ version: 19 });
  const { url, database, user, key } = erp;
  const session = odooConnector.open({ url, database, user, key }, { now: Date.now });
  await session.send([invoiceNamed('S-1-1', '2026-03-02')]);
  const OUTSTANDING_RECEIPTS = 48;
  erp.act('account.account', 'unlink', [OUTSTANDING_RECEIPTS]);
  const bare = await session.pay?.({
    ...{ act: 'register', key: 'pay:acme/P-1/S-1-1#1', invoice: 'S-1-1', currency: 'USD', amountMinor: 40_000n },
    ...{ receivedOn: '2026-03-04', journal: 'BNK1', reference: 'P-1 of acme', others: [], wasConfirmed: false },
  });
  assert.match(bare !== undefined && 'sentence' in bare ? bare.sentence : '', /has no outstanding account in Odoo/);
  const moves = erp.act('account.move', 'search_read', [], { domain: [], fields: ['amount_residual'] });
  assert.deepEqual(
    (moves as { amount_residual: number }[]).map(({ amount_residual }) => amount_residual),
    [1000],
  );
  await session.close();
  await erp.stop();
});

function invoiceNamed(key: string, issuedOn: string): WantedDocument {
  return {
    ...{ key, number: key, kind: 'invoice', currency: 'USD', issuedOn, reference: key },
    customer: { id: 'acme', name: 'Acme Distribution', identifiers: [] },
    lines: [{ shipment: 'S-1', code: 'LHL', description: 'Linehaul', amountMinor: 100_000n }],
    attachments: [],
  };
}

const shown = (result: unknown) =>
  JSON.stringify(result, (_, value) => (typeof value === 'bigint' ? String(value) : value));
