// What a real Odoo does with our documents, looked at past the connector, field by field. Every case runs against the
// stand-in too, so that it cannot drift from the truth.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import type { SendResult, WantedDocument } from '../../contract.ts';
import { sampleDocument, settle, storedDocument } from '../../testing/describe-connector.ts';
import { odooConnector } from '../index.ts';
import { withoutLive } from '../testing/live-odoo.ts';
import { type OdooPlace, openedForSuite, openLive, openStandIn } from '../testing/places.ts';
import { dueOn } from './invoice.ts';

type Shown = Readonly<Record<string, unknown>>;

for (const version of [17, 18, 19] as const) {
  for (const companion of [false, true]) {
    const name = `odoo ${version}${companion ? ' with the companion' : ''}`;
    describeBooks(`${name}, stand-in: documents as stored`, () => openStandIn({ version, companion }));
  }
}

describeBooks('odoo, live: documents as stored', openLive, withoutLive);

function describeBooks(name: string, openPlace: () => Promise<OdooPlace>, skip: string | false = false): void {
  describe(name, { skip }, () => {
    const run = Date.now();
    let made = 0;
    const odoo = openedForSuite(openPlace);

    const sample = (changes: Partial<WantedDocument> = {}) => {
      made += 1;
      return sampleDocument(`BOOKS-${run}-${made}`, changes);
    };
    const send = async (document: WantedDocument, by = odoo.session) => (await by.send([document]))[0] as SendResult;
    const confirmed = async (document: WantedDocument, by = odoo.session) => {
      const result = await send(document, by);
      assert.equal(
        result.outcome,
        'confirmed',
        JSON.stringify(result, (_, value) => (typeof value === 'bigint' ? String(value) : value)),
      );
      return Number((result as Extract<SendResult, { outcome: 'confirmed' }>).externalId);
    };
    const find = async (model: string, domain: unknown[], fields: string[]) =>
      (await odoo.eye.call({ model, method: 'search_read', args: { domain, fields, limit: 50 } })) as Shown[];
    const moveBehind = async (id: number, fields: string[]) =>
      (await find('account.move', [['id', '=', id]], fields))[0] as Shown;

    test('header, lines, due date and proof of delivery are stored as meant, and no tax', async () => {
      const document = sample();
      const id = await confirmed(document);
      const header = ['state', 'move_type', 'ref', 'invoice_origin', 'invoice_date', 'date', 'invoice_date_due'];
      const { issuedOn } = document;
      assert.deepEqual(await moveBehind(id, [...header, 'invoice_payment_term_id', 'amount_tax', 'amount_total']), {
        id,
        state: 'posted',
        move_type: 'out_invoice',
        ref: document.reference,
        invoice_origin: `Lading ${document.number}`,
        invoice_date: issuedOn,
        date: issuedOn,
        invoice_date_due: dueOn(issuedOn, 30),
        invoice_payment_term_id: false,
        amount_tax: 0,
        amount_total: 986.58,
      });
      const ofLines = ['name', 'quantity', 'price_unit', 'price_subtotal', 'tax_ids'];
      const lines = await find('account.move.line', [['move_id', '=', id]], ofLines);
      assert.deepEqual(
        lines.filter(({ price_subtotal }) => price_subtotal !== 0).map(({ id: _, ...line }) => line),
        document.lines.map(({ description, amountMinor }) => {
          const amount = Number(amountMinor) / 100;
          return { name: description, quantity: 1, price_unit: amount, price_subtotal: amount, tax_ids: [] };
        }),
      );
      const content = document.attachments[0]?.content as Uint8Array;
      const checksum = createHash('sha1').update(content).digest('hex');
      const [file, ...others] = await odoo.eye.filesOn([id]);
      assert.deepEqual([file?.name, file?.checksum, others], ['pod.pdf', checksum, []]);
    });

    test('a product never brings its tax', async (t) => {
      const [product] = await find('product.product', [['taxes_id', '!=', false]], ['name', 'taxes_id']);
      if (product === undefined) return t.skip('no product with a tax is there');
      const withProduct = odooConnector.open(
        { ...odoo.place.settings, products: { LHL: product.id as number } },
        { now: Date.now },
      );
      const id = await confirmed(sample(), withProduct);
      await withProduct.close();
      assert.equal((await moveBehind(id, ['amount_tax'])).amount_tax, 0);
      const lines = await find('account.move.line', [['move_id', '=', id]], ['product_id', 'tax_ids']);
      const ofProduct = lines.filter(({ product_id }) => product_id !== false);
      assert.deepEqual(
        ofProduct.map(({ tax_ids }) => tax_ids),
        [[]],
      );
    });

    test('tax of a rate that Odoo has is borne as meant; a rate that it lacks is refused', async (t) => {
      const percentages = [
        ['type_tax_use', '=', 'sale'],
        ['amount_type', '=', 'percent'],
        ['amount', '>', 0],
      ];
      const [tax] = await find('account.tax', percentages, ['amount']);
      if (tax === undefined) return t.skip('no sale tax is there');
      const percent = tax.amount as number;
      const taxed = (taxRate: string, taxMinor: bigint) => [
        { shipment: 'S-1', code: 'LHL', description: 'Linehaul', amountMinor: 100000n, taxRate, taxMinor },
      ];
      const id = await confirmed(sample({ lines: taxed(String(percent / 100), BigInt(Math.round(percent * 1000))) }));
      assert.equal((await moveBehind(id, ['amount_tax'])).amount_tax, percent * 10);
      const result = await send(sample({ lines: taxed('0.7777', 77770n) }));
      assert.deepEqual([result.outcome, 'kind' in result && result.kind], ['refused', 'tax-missing']);
    });

    test('without terms of ours the customer falls due by their own', async () => {
      const id = await confirmed(sample({ paymentTermsDays: undefined }));
      assert.equal((await moveBehind(id, ['invoice_date_due'])).invoice_date_due, sample().issuedOn);
    });

    test('a credit note over the whole reverses its invoice, and each knows the other', async () => {
      const invoice = sample();
      const credit = sample({ kind: 'credit-note', corrects: invoice.key, lines: invoice.lines });
      const invoiceId = await confirmed(invoice);
      const creditId = await confirmed(credit);
      const reversed = (await moveBehind(creditId, ['reversed_entry_id'])).reversed_entry_id as unknown[];
      assert.equal(reversed[0], invoiceId);
      const back = ['reversal_move_id', 'reversal_move_ids'];
      const known = await odoo.eye.call({ model: 'account.move', method: 'fields_get', args: { allfields: back } });
      const [field = ''] = Object.keys(known as object);
      const seen = await moveBehind(invoiceId, [field, 'payment_state', 'amount_residual']);
      const expected = { id: invoiceId, [field]: [creditId], payment_state: 'reversed', amount_residual: 0 };
      assert.deepEqual(seen, expected);
    });

    test('a currency with a rate is kept, one without or inactive is refused before anything is made', async (t) => {
      const currencies = await odoo.eye.call({
        model: 'res.currency',
        method: 'search_read',
        args: { domain: [['name', 'in', ['EUR', 'JPY', 'CHF', 'KWD']]], fields: ['name', 'active', 'rate_ids'] },
        context: { active_test: false },
      });
      const isThere = (wanted: string) =>
        (currencies as { name: string; active: boolean; rate_ids: number[] }[]).some(
          ({ name: code, active, rate_ids }) => code === wanted && active && rate_ids.length > 0,
        );
      for (const currency of ['EUR', 'JPY', 'CHF', 'KWD']) {
        const lines = [{ shipment: 'S-1', code: 'LHL', description: 'Linehaul', amountMinor: 98658n }];
        const document = sample({ currency, lines });
        if (isThere(currency)) {
          const stored = await moveBehind(await confirmed(document), ['currency_id', 'amount_total']);
          assert.equal((stored.currency_id as unknown[])[1], currency);
          assert.equal(stored.amount_total, currency === 'JPY' ? 98658 : 986.58);
        } else {
          const result = await send(document);
          assert.deepEqual([result.outcome, 'kind' in result && result.kind], ['refused', 'currency-unusable']);
          assert.deepEqual(await odoo.eye.movesOf(document.key), []);
        }
        t.diagnostic(`${currency}: ${isThere(currency) ? 'kept' : 'refused'}`);
      }
    });

    test('a day before the first rate of its currency is refused', async (t) => {
      const args = { domain: [], fields: ['name', 'currency_id'], order: 'name asc', limit: 1 };
      const rates = await odoo.eye.call({ model: 'res.currency.rate', method: 'search_read', args });
      const [first] = rates as { name: string; currency_id: [number, string] }[];
      if (first === undefined) return t.skip('no rates are there');
      const [, currency] = first.currency_id;
      const result = await send(sample({ currency, issuedOn: dueOn(first.name, -1) }));
      assert.deepEqual([result.outcome, 'kind' in result && result.kind], ['refused', 'currency-unusable']);
      await confirmed(sample({ currency, issuedOn: first.name }));
    });

    test('a bill of an earlier month keeps the date and number of who sent it, and no tax', async () => {
      const bill = sample({ kind: 'bill', reference: `R-${run}`, paymentTermsDays: undefined, issuedOn: '2026-03-06' });
      const id = await confirmed(bill);
      const stored = await moveBehind(id, ['state', 'move_type', 'ref', 'invoice_date', 'amount_tax', 'amount_total']);
      assert.deepEqual(stored, {
        id,
        state: 'posted',
        move_type: 'in_invoice',
        ref: bill.reference,
        invoice_date: '2026-03-06',
        amount_tax: 0,
        amount_total: 986.58,
      });
      assert.equal(await confirmed(bill), id);
      assert.equal((await storedDocument(odoo.session, bill.key))?.kind, 'bill');
    });

    test('two sessions that meet a new customer at once make one of it', async () => {
      const customer = { id: `c-${run}`, name: `New Customer ${run}`, identifiers: [] };
      const other = odooConnector.open(odoo.place.settings, { now: Date.now });
      const documents = [sample({ customer }), sample({ customer })] as const;
      const [[mine], [theirs]] = await Promise.all([odoo.session.send([documents[0]]), other.send([documents[1]])]);
      assert.equal((await settle(odoo.session, documents[0], mine as SendResult)).outcome, 'confirmed');
      assert.equal((await settle(other, documents[1], theirs as SendResult)).outcome, 'confirmed');
      await other.close();
      assert.equal((await find('res.partner', [['name', '=', customer.name]], ['ref'])).length, 1);
    });

    test('a large proof of delivery, cut off on its way, is attached once', async () => {
      const content = new Uint8Array(3_000_000).map((_, index) => index % 251);
      const attachments = [{ fileName: 'pod.tif', mediaType: 'image/tiff', content }];
      const document = sample({ attachments });
      const act = (await odoo.eye.hasCompanion()) ? { only: 'lading_post' } : { only: 'load', skip: 1 };
      await odoo.place.server.setFault({ mode: 'cut-off', ...act, calls: 1 });
      const first = await send(document);
      await odoo.place.server.setFault({ mode: 'up' });
      assert.equal(first.outcome, 'unknown');
      assert.equal((await settle(odoo.session, document, first)).outcome, 'confirmed');
      assert.equal((await odoo.eye.filesOn(await odoo.eye.movesOf(document.key))).length, 1);
    });

    test('a batch whose posting is cut off is settled one by one, each once', async () => {
      const documents = Array.from({ length: 10 }, () => sample());
      const only = (await odoo.eye.hasCompanion()) ? 'lading_post' : 'action_post';
      await odoo.place.server.setFault({ mode: 'cut-off', only, calls: 1 });
      const results = await odoo.session.send(documents);
      await odoo.place.server.setFault({ mode: 'up' });
      assert.ok(results.every(({ outcome }) => outcome === 'unknown'));
      for (const [index, document] of documents.entries()) {
        const settled = await settle(odoo.session, document, results[index] as SendResult);
        assert.equal(settled.outcome, 'confirmed');
        assert.equal((await odoo.eye.movesOf(document.key)).length, 1);
      }
    });

    test('a wrong key is said to be one', async () => {
      const wrong = odooConnector.open({ ...odoo.place.settings, key: 'f'.repeat(40) }, { now: Date.now });
      const result = await send(sample(), wrong);
      await wrong.close();
      assert.deepEqual([result.outcome, 'kind' in result && result.kind], ['refused', 'access-denied']);
    });

    test('an unknown database is a system to wait for', async () => {
      const lost = odooConnector.open({ ...odoo.place.settings, database: 'no_such_database' }, { now: Date.now });
      const result = await send(sample(), lost);
      await lost.close();
      assert.deepEqual([result.outcome, 'scope' in result && result.scope], ['retry', 'system']);
    });
  });
}
