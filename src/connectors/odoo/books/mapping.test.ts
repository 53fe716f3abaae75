// A legal entity's own company, journals and accounts, up to what Odoo holds.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type StandIn, startOdooStandIn } from '../../../../examples/odoo-stand-in/index.ts';
import { addLegalEntities } from '../../../../examples/odoo-stand-in/legal-entities.ts';
import { addSaleTaxes } from '../../../../examples/odoo-stand-in/sale-taxes.ts';
import type { Session, WantedDocument } from '../../contract.ts';
import { sampleDocument } from '../../testing/describe-connector.ts';
import { odooConnector } from '../index.ts';

const CANADA = {
  id: 'ca-ltd',
  currency: 'USD',
  erp: {
    company: 'Lading Canada',
    journals: { sales: 'CINV', purchase: 'CBIL' },
    accounts: { sell: { FSC: '4020', '*': '4010' }, buy: { '*': '5010' } },
  },
};

let erp: StandIn;
let session: Session;
before(async () => {
  erp = await startOdooStandIn({});
  addLegalEntities(erp, [CANADA]);
  addSaleTaxes(erp, ['0.13']);
  const { url, database, user, key } = erp;
  session = odooConnector.open({ url, database, user, key }, { now: Date.now });
});
after(async () => {
  await session.close();
  await erp.stop();
});

function canadian(key: string, accounts: readonly (string | undefined)[], changes: Partial<WantedDocument> = {}) {
  const document = sampleDocument(key, { attachments: [], legalEntity: 'ca-ltd', ...changes });
  const lines = document.lines.map((line, index) => ({ ...line, account: accounts[index] }));
  return { ...document, books: { company: 'Lading Canada', journal: 'CINV' }, ...changes, lines };
}

type Row = Record<string, unknown>;
const rowsOf = (model: string, domain: unknown[], fields: string[]) =>
  erp.act(model, 'search_read', [], { domain, fields, order: 'id asc' }) as Row[];
const nameOf = (value: unknown) => (value as [number, string])[1];

test('an invoice is booked in its entity’s company and journal, each line on its account, with that company’s tax', async () => {
  const document = canadian('M-1', ['4010', '4020']);
  const lines = document.lines.map((line, at) => ({ ...line, taxRate: '0.13', taxMinor: [10_556n, 2_270n][at] }));
  // 812.00 × 13 % = 105.56; 174.58 × 13 % = 22.6954
  const [result] = await session.send([{ ...document, lines }]);
  assert.equal(result?.outcome, 'confirmed');
  const id = Number(result.externalId);
  const [move = {}] = rowsOf('account.move', [['id', '=', id]], ['company_id', 'journal_id']);
  assert.deepEqual([nameOf(move.company_id), nameOf(move.journal_id)], ['Lading Canada', 'CINV']);
  const booked = rowsOf('account.move.line', [['move_id', '=', id]], ['account_id']);
  assert.deepEqual(
    booked.map(({ account_id }) => nameOf(account_id)),
    ['4010', '4020'],
  );
});

test('documents of one slice go each to its own books', async () => {
  const plain = sampleDocument('M-2', { attachments: [] });
  const results = await session.send([canadian('M-3', ['4010', '4020']), plain]);
  assert.deepEqual(
    results.map(({ outcome }) => outcome),
    ['confirmed', 'confirmed'],
  );
  const companies = results.map((result) => {
    const id = 'externalId' in result ? Number(result.externalId) : 0;
    return nameOf(rowsOf('account.move', [['id', '=', id]], ['company_id'])[0]?.company_id);
  });
  assert.deepEqual(companies, ['Lading Canada', 'My Company']);
});

const refused = [
  {
    name: 'a company that is not there',
    document: { books: { company: 'Nobody' } },
    kind: 'legal-entity-unknown',
    says: /no company Nobody/,
  },
  {
    name: 'a journal that is not there',
    document: { books: { company: 'Lading Canada', journal: 'XX' } },
    kind: 'mapping-unknown',
    says: /no journal XX/,
  },
  {
    name: 'an account that is not there',
    accounts: ['4010', '9999'],
    kind: 'mapping-unknown',
    says: /no account 9999, which FSC/,
  },
  {
    name: 'a line without an account beside one with',
    accounts: ['4010', undefined],
    kind: 'mapping-unknown',
    says: /No account is named for FSC/,
  },
];
for (const [at, { name, document = {}, accounts = ['4010', '4020'], kind, says }] of refused.entries()) {
  test(`${name} is refused by name, and nothing is made`, async () => {
    const key = `M-9${at}`;
    const [result] = await session.send([canadian(key, accounts, document)]);
    assert.ok(result?.outcome === 'refused');
    assert.equal(result.kind, kind);
    assert.match(result.sentence, says);
    assert.deepEqual(await session.lookup([key]), [{ key, lookup: 'absent' }]);
  });
}
