// A carrier's invoice as a vendor bill: the other side of the books, and never among what we invoiced.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startOdooStandIn } from '../../../../examples/odoo-stand-in/index.ts';
import { sampleDocument } from '../../testing/describe-connector.ts';
import { odooConnector } from '../index.ts';

for (const version of [17, 18, 19] as const) {
  test(`odoo ${version}: a bill is posted once, with the sender's number and date, whenever it is booked`, async () => {
    const now = () => Date.parse('2026-04-10T12:00:00Z');
    const erp = await startOdooStandIn({ version, now });
    const { url, database, user, key } = erp;
    const session = odooConnector.open({ url, database, user, key }, { now });
    try {
      const bill = sampleDocument('bill:swft/R-9001', {
        kind: 'bill',
        customer: { id: 'swft', name: 'Swift Mile Trucking', identifiers: [] },
        issuedOn: '2026-03-06',
        paymentTermsDays: undefined,
        reference: 'R-9001',
        attachments: [],
      });
      const invoice = sampleDocument('S-1-1', { issuedOn: '2026-04-10' });
      const results = await session.send([bill, invoice, bill]);
      assert.deepEqual(
        results.map(({ outcome }) => outcome),
        ['confirmed', 'confirmed', 'confirmed'],
      );
      const held = erp.documents().find(({ moveType }) => moveType === 'in_invoice');
      assert.equal(held?.state, 'posted');
      assert.equal(held?.reference, 'R-9001');
      assert.equal(held?.date, '2026-03-31');
      assert.equal(held?.untaxed, 986.58);
      assert.equal(erp.documents().length, 2);
      const page = await session.documents();
      assert.ok(page.page === 'read');
      assert.deepEqual(
        page.items.map((item) => [item.key, item.kind, item.state]),
        [
          ['bill:swft/R-9001', 'bill', 'posted'],
          ['S-1-1', 'invoice', 'posted'],
        ],
      );
      assert.equal((await session.lookup([bill.key]))[0]?.lookup, 'found');
    } finally {
      await session.close();
      await erp.stop();
    }
  });
}

test('odoo: a vendor credit is posted, a bill meant as a draft stays one, and neither is made twice', async () => {
  const now = () => Date.parse('2026-03-10T12:00:00Z');
  const erp = await startOdooStandIn({ version: 19, now });
  const { url, database, user, key } = erp;
  const session = odooConnector.open({ url, database, user, key }, { now });
  const carrier = { id: 'swft', name: 'Swift Mile Trucking', identifiers: [] };
  const more = { customer: carrier, issuedOn: '2026-03-06', paymentTermsDays: undefined, attachments: [] };
  try {
    const credit = sampleDocument('credit:swft/C-1', { kind: 'vendor-credit', reference: 'C-1', ...more });
    const draft = sampleDocument('bill:swft/R-1', { kind: 'bill', reference: 'R-1', isDraft: true, ...more });
    for (const attempt of [1, 2]) {
      const results = await session.send([credit, draft]);
      const confirmed = results.map((each) => each.outcome === 'confirmed' && each.erpNumber !== '');
      assert.deepEqual(confirmed, [true, false], `attempt ${attempt}`);
      assert.equal(results[1]?.outcome, 'confirmed');
    }
    const held = erp.documents().map(({ moveType, state, untaxed }) => `${moveType} ${state} ${untaxed}`);
    assert.deepEqual(held.sort(), ['in_invoice draft 986.58', 'in_refund posted 986.58']);
    const page = await session.documents();
    const kinds = page.page === 'read' ? page.items.map(({ kind }) => kind) : [];
    assert.deepEqual(kinds.sort(), ['bill', 'vendor-credit']);
  } finally {
    await session.close();
    await erp.stop();
  }
});
