// What people do in Odoo to documents of ours, and what becomes of them: nothing is doubled, and nothing of theirs is
// written over. Every case runs against the stand-in as 17, 18 and 19, and against a real Odoo where one is named.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { SendResult, WantedDocument } from '../../contract.ts';
import { sampleDocument } from '../../testing/describe-connector.ts';
import { odooConnector } from '../index.ts';
import { type Eye, withoutLive } from '../testing/live-odoo.ts';
import { type OdooPlace, openedForSuite, openLive, openStandIn } from '../testing/places.ts';

type Hand = (call: Eye['call'], moveId: number) => Promise<unknown>;

const MOVE = 'account.move';
const write = (vals: object): Hand => {
  return (call, id) => call({ model: MOVE, method: 'write', ids: [id], args: { vals } });
};
const press = (...buttons: string[]): Hand => {
  return async (call, id) => {
    for (const method of buttons) await call({ model: MOVE, method, ids: [id] });
  };
};
const changeLines = (...changes: object[]): Hand => {
  return async (call, id) => {
    const domain = [
      ['move_id', '=', id],
      ['display_type', '=', 'product'],
    ];
    const args = { domain, fields: ['id'], order: 'id asc' };
    const lines = (await call({ model: `${MOVE}.line`, method: 'search_read', args })) as { id: number }[];
    await write({ invoice_line_ids: changes.map((change, index) => [1, lines[index]?.id, change]) })(call, id);
  };
};
const idOf = async (call: Eye['call'], model: string, name: string) => {
  const args = { domain: [['name', '=', name]], fields: ['id'], limit: 1 };
  const [found] = (await call({ model, method: 'search_read', args })) as { id: number }[];
  return found?.id ?? assert.fail(`${model} ${name} is not there`);
};

type Refused = { readonly kind: string; readonly says: RegExp };
type Case = { readonly name: string; readonly hand: Hand; readonly comes: 'confirmed' | Refused };
const differs = (says: RegExp): Refused => ({ kind: 'differs', says });
const cancelled: Refused = { kind: 'cancelled-by-hand', says: /^Somebody cancelled .* in Odoo/ };

const toDrafts: readonly Case[] = [
  {
    name: 'a price',
    hand: changeLines({ price_unit: 812.5 }),
    comes: differs(/comes to 987\.08 USD before tax, not 986\.58/),
  },
  {
    name: 'prices that make up for each other',
    hand: changeLines({ price_unit: 811 }, { price_unit: 175.58 }),
    comes: differs(/has 811 in line 1, not 812\.00; delete the draft/),
  },
  {
    name: 'a text',
    hand: changeLines({ name: 'Something else' }),
    comes: differs(/says "Something else" in line 1, not/),
  },
  { name: 'its date', hand: write({ invoice_date: '2020-01-31' }), comes: differs(/is dated 2020-01-31, not /) },
  {
    name: 'its currency',
    hand: async (call, id) => write({ currency_id: await idOf(call, 'res.currency', 'EUR') })(call, id),
    comes: differs(/comes to [0-9.]+ EUR before tax, not 986\.58 USD/),
  },
  {
    name: 'its customer',
    hand: async (call, id) => write({ partner_id: await idOf(call, 'res.partner', 'My Company') })(call, id),
    comes: differs(/names My Company, not Acme Distribution/),
  },
  { name: 'deleted', hand: (call, id) => call({ model: MOVE, method: 'unlink', ids: [id] }), comes: 'confirmed' },
  { name: 'cancelled', hand: press('button_cancel'), comes: cancelled },
  { name: 'posted', hand: press('action_post'), comes: 'confirmed' },
];

const toPosted: readonly Case[] = [
  { name: 'nothing', hand: async () => undefined, comes: 'confirmed' },
  { name: 'cancelled', hand: press('button_draft', 'button_cancel'), comes: cancelled },
  { name: 'set back to a draft', hand: press('button_draft'), comes: 'confirmed' },
];

for (const version of [17, 18, 19] as const) {
  describeHands(`odoo ${version}, stand-in: by hand`, () => openStandIn({ version }));
}

describeHands('odoo, live: by hand', openLive, withoutLive);

function describeHands(name: string, openPlace: () => Promise<OdooPlace>, skip: string | false = false): void {
  describe(name, { skip }, () => {
    const run = Date.now();
    let made = 0;
    const odoo = openedForSuite(openPlace);

    const sample = (changes: Partial<WantedDocument> = {}) => {
      made += 1;
      return sampleDocument(`HAND-${run}-${made}`, { attachments: [], ...changes });
    };
    const send = async (document: WantedDocument) => (await odoo.session.send([document]))[0] as SendResult;
    const moveOf = async ({ key }: WantedDocument) => {
      const moves = await odoo.eye.movesOf(key);
      assert.equal(moves.length, 1, 'one document of the key');
      return moves[0] as number;
    };
    const assertComes = async (document: WantedDocument, comes: Case['comes']) => {
      const result = await send(document);
      if (comes === 'confirmed') {
        assert.equal(
          result.outcome,
          'confirmed',
          JSON.stringify(result, (_, value) => (typeof value === 'bigint' ? String(value) : value)),
        );
        await moveOf(document);
        return;
      }
      assert.deepEqual([result.outcome, 'kind' in result && result.kind], ['refused', comes.kind]);
      assert.match('sentence' in result ? result.sentence : '', comes.says);
    };

    for (const { name: what, hand, comes } of toDrafts) {
      test(`a draft of ours, by hand: ${what}`, async () => {
        const document = sample();
        await odoo.place.server.setFault({ mode: 'throttled', only: 'action_post' });
        await send(document);
        await odoo.place.server.setFault({ mode: 'up' });
        await hand(odoo.eye.call, await moveOf(document));
        await assertComes(document, comes);
      });
    }

    for (const { name: what, hand, comes } of toPosted) {
      test(`a posted document of ours, by hand: ${what}`, async () => {
        const document = sample();
        await assertComes(document, 'confirmed');
        await hand(odoo.eye.call, await moveOf(document));
        await assertComes(document, comes);
      });
    }

    test('an archived customer gets no invoice until somebody unarchives the contact', async () => {
      const customer = { id: `hand-${run}`, name: `Hand ${run}`, identifiers: [] };
      await assertComes(sample({ customer }), 'confirmed');
      const contact = await idOf(odoo.eye.call, 'res.partner', customer.name);
      const archive = (active: boolean) =>
        odoo.eye.call({ model: 'res.partner', method: 'write', ids: [contact], args: { vals: { active } } });
      await archive(false);
      const document = sample({ customer });
      await assertComes(document, { kind: 'customer-unknown', says: /is archived in Odoo; unarchive the contact/ });
      assert.deepEqual(await odoo.eye.movesOf(document.key), []);
      await archive(true);
      await assertComes(document, 'confirmed');
    });

    test('a tax of purchases that the settings name for a sale is refused, which Odoo would take', async () => {
      const args = { domain: [['type_tax_use', '=', 'purchase']], fields: ['id'], limit: 1 };
      const [tax] = (await odoo.eye.call({ model: 'account.tax', method: 'search_read', args })) as { id: number }[];
      const settings = { ...odoo.place.settings, taxes: { '0.15': tax?.id as number } };
      const misled = odooConnector.open(settings, { now: Date.now });
      const line = { shipment: 'S-101', code: 'LHL', description: 'Linehaul', amountMinor: 10_000n };
      const document = sample({ lines: [{ ...line, taxRate: '0.15', taxMinor: 1_500n }] });
      const [result] = await misled.send([document]);
      await misled.close();
      assert.deepEqual([result?.outcome, result?.outcome === 'refused' && result.kind], ['refused', 'tax-missing']);
      assert.deepEqual(await odoo.eye.movesOf(document.key), []);
    });
  });
}
