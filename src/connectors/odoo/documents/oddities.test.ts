// What is odd about Odoo, and about the people who work in it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type StandIn, startOdooStandIn } from '../../../../examples/odoo-stand-in/index.ts';
import type { SendResult, Session, WantedDocument } from '../../contract.ts';
import { sampleDocument } from '../../testing/describe-connector.ts';
import { versionFrom } from '../doors/versions.ts';
import { odooConnector } from '../index.ts';
import type { OdooSettings } from '../settings.ts';

const NOW = Date.parse('2026-04-10T12:00:00Z');
let erp: StandIn;
let session: Session;
before(async () => {
  erp = await startOdooStandIn({ now: () => NOW });
  session = open();
});
after(async () => {
  await session.close();
  await erp.stop();
});

function open(changes: Partial<OdooSettings> = {}, to = erp): Session {
  const { url, database, user, key } = to;
  return odooConnector.open({ url, database, user, key, ...changes }, { now: () => NOW });
}

const sample = (key: string, changes: Partial<WantedDocument> = {}) =>
  sampleDocument(key, { issuedOn: '2026-04-09', ...changes });

async function send(document: WantedDocument, by = session): Promise<SendResult> {
  return (await by.send([document]))[0] as SendResult;
}

const held = (key: string) => erp.documents().find(({ externalId }) => externalId === `lading.doc_${key}`);

function assertRefused(result: SendResult, kind: string, sentence: RegExp): void {
  assert.equal(result.outcome, 'refused');
  assert.deepEqual('kind' in result && result.kind, kind);
  assert.match('sentence' in result ? result.sentence : '', sentence);
}

/** Leaves a draft: posting is refused for the moment. */
async function sendHalfway(document: WantedDocument): Promise<number> {
  await erp.setFault({ mode: 'throttled', only: 'action_post' });
  await send(document);
  await erp.setFault({ mode: 'up' });
  const draft = held(document.key);
  assert.equal(draft?.state, 'draft');
  return draft?.id as number;
}

test('a draft that was left half way is finished, not doubled', async () => {
  const document = sample('half');
  const id = await sendHalfway(document);
  assert.equal((await session.lookup(['half']))[0]?.lookup, 'found');
  const result = await send(document);
  assert.deepEqual([result.outcome, 'externalId' in result && result.externalId], ['confirmed', String(id)]);
});

test('a draft that somebody deleted is made anew', async () => {
  const document = sample('deleted');
  erp.act('account.move', 'unlink', [await sendHalfway(document)]);
  assert.equal((await session.lookup(['deleted']))[0]?.lookup, 'absent');
  assert.equal((await send(document)).outcome, 'confirmed');
});

test('a draft that somebody changed is not posted', async () => {
  const document = sample('changed');
  const id = await sendHalfway(document);
  const line = [0, 0, { name: 'Something more', price_unit: 1 }];
  erp.act('account.move', 'write', [id], { vals: { invoice_line_ids: [line] } });
  assertRefused(
    await send(document),
    'differs',
    /^changed as a draft in Odoo comes to 987\.58 USD before tax, not 986\.58 USD and has 3 lines, not 2; delete the draft/,
  );
  assert.equal(held('changed')?.state, 'draft');
  erp.act('account.move', 'unlink', [id]);
  assert.equal((await send(document)).outcome, 'confirmed');
});

test('a price that Odoo keeps with fewer digits is told, though the books were told the amount', async () => {
  const digits = (count: number) => erp.act('decimal.precision', 'write', [1], { vals: { digits: count } });
  digits(1);
  const result = await send(sample('rounded'));
  digits(2);
  assertRefused(result, 'differs', /^rounded as a draft in Odoo has 174\.6 in line 2, not 174\.58; delete the draft/);
});

test('what a person cancelled stays cancelled', async () => {
  const document = sample('cancelled');
  await send(document);
  erp.act('account.move', 'button_cancel', [held('cancelled')?.id as number]);
  const [seen] = await session.lookup(['cancelled']);
  assert.equal(seen?.lookup === 'found' && seen.state, 'cancelled');
  assertRefused(await send(document), 'cancelled-by-hand', /^Somebody cancelled cancelled in Odoo/);
  const credit = sample('credit-of-cancelled', { kind: 'credit-note', corrects: 'cancelled' });
  assertRefused(await send(credit), 'original-missing', /somebody cancelled/);
});

test('what is posted otherwise than meant is told, amount and all', async () => {
  await send(sample('other'));
  const lines = [{ shipment: 'S-101', code: 'LHL', description: 'Linehaul', amountMinor: 90000n }];
  const result = await send(sample('other', { lines }));
  assertRefused(
    result,
    'differs',
    /^other \(INV\/2026\/\d{5} in Odoo\) comes to 986\.58 USD before tax, not 900\.00 USD$/,
  );
});

test('a proof of delivery is attached once, also when its answer was lost', async () => {
  const content = new Uint8Array(3000).fill(7);
  const pod = { fileName: 'pod.pdf', mediaType: 'application/pdf', content };
  const document = sample('pod', { attachments: [pod, pod] });
  // The customer is known from the tests before; the files' load comes after the document's.
  await send(sample('known'));
  await erp.setFault({ mode: 'timeout-after-commit', only: 'load', skip: 1, calls: 1 });
  assert.equal((await send(document)).outcome, 'unknown');
  assert.deepEqual([held('pod')?.state, held('pod')?.attachments], ['draft', 1]);
  assert.equal((await send(document)).outcome, 'confirmed');
  assert.equal(held('pod')?.attachments, 1);
});

test('currencies: with a rate, without one, inactive, and with no minor unit', async () => {
  const line = (amountMinor: bigint) => [{ shipment: 'S-1', code: 'LHL', description: 'Linehaul', amountMinor }];
  assert.equal((await send(sample('eur', { currency: 'EUR' }))).outcome, 'confirmed');
  assertRefused(await send(sample('chf', { currency: 'CHF' })), 'currency-unusable', /^CHF has no rate in Odoo/);
  const early = sample('eur-early', { currency: 'EUR', issuedOn: '2019-12-31' });
  assertRefused(await send(early), 'currency-unusable', /^EUR has no rate in Odoo before 2020-01-01/);
  assertRefused(await send(sample('kwd', { currency: 'KWD' })), 'currency-unusable', /^KWD is not active in Odoo/);
  const yen = await send(sample('jpy', { currency: 'JPY', lines: line(98658n) }));
  assert.equal('storedTotalMinor' in yen && yen.storedTotalMinor, 98658n);
  assert.deepEqual([held('jpy')?.total, held('chf'), held('kwd')], [98658, undefined, undefined]);
});

test('a day in closed books is refused before anything is made', async () => {
  erp.act('res.company', 'write', [1], { vals: { sale_lock_date: '2026-03-31' } });
  const result = await send(sample('closed', { issuedOn: '2026-03-31' }));
  assertRefused(
    result,
    'period-closed',
    /^closed is of 2026-03-31, but the books in Odoo are closed until 2026-03-31$/,
  );
  assert.equal(held('closed'), undefined);
  assert.equal((await send(sample('open', { issuedOn: '2026-04-01' }))).outcome, 'confirmed');
  const late = sample('late-draft', { issuedOn: '2026-04-02' });
  await sendHalfway(late);
  erp.act('res.company', 'write', [1], { vals: { sale_lock_date: '2026-04-02' } });
  assertRefused(await send(late), 'period-closed', /closed until 2026-04-02$/);
  assert.equal(held('late-draft')?.state, 'draft');
});

test('a day in closed books is booked on the next open one where the policy says so', async () => {
  const lenient = open({ closedPeriod: 'next-open-day' });
  const result = await send(sample('moved', { issuedOn: '2026-03-30' }), lenient);
  assert.equal(result.outcome, 'confirmed');
  assert.equal((await send(sample('moved', { issuedOn: '2026-03-30' }), lenient)).outcome, 'confirmed');
  await lenient.close();
  const [move] = erp.act('account.move', 'read', [held('moved')?.id as number], {
    fields: ['date', 'invoice_date'],
  }) as {
    date: string;
    invoice_date: string;
  }[];
  assert.deepEqual([move?.invoice_date, (move?.date ?? '') > '2026-04-02'], ['2026-03-30', true]);
});

test('what closes the books of the company above closes those of its branch', async () => {
  const server = await startOdooStandIn({ now: () => NOW });
  const lock = { fiscalyear_lock_date: '2026-04-30' };
  const [head] = server.act('res.company', 'create', [], {
    vals_list: [{ name: 'Head', currency_id: 1, root_id: 1, parent_ids: [[6, 0, []]], ...lock }],
  }) as number[];
  server.act('res.company', 'write', [1], { vals: { parent_ids: [[6, 0, [head]]] } });
  const branch = open({ companies: { branch: 1, gone: 77 } }, server);
  assertRefused(await send(sample('in-branch', { legalEntity: 'branch' }), branch), 'period-closed', /2026-04-30$/);
  assertRefused(await send(sample('unseen', { legalEntity: 'gone' }), branch), 'legal-entity-unknown', /company 77/);
  await Promise.all([branch.close(), server.stop()]);
});

test('a product carries the account, never its tax', async () => {
  const withProduct = open({ products: { LHL: 1 } });
  assert.equal((await send(sample('product'), withProduct)).outcome, 'confirmed');
  await withProduct.close();
  assert.deepEqual([held('product')?.tax, held('product')?.total], [0, 986.58]);
});

test("customers: the operator's word, then the identifier, then the one we made", async () => {
  const [theirs] = erp.act('res.partner', 'create', [], { vals_list: [{ name: 'Acme, as they know it' }] }) as number[];
  const partnerOf = (key: string) => {
    const [move] = erp.act('account.move', 'read', [held(key)?.id as number], { fields: ['partner_id'] }) as {
      partner_id: unknown[];
    }[];
    return move?.partner_id;
  };
  const mapped = open({ customers: { acme: theirs as number } });
  await send(sample('mapped'), mapped);
  await mapped.close();
  assert.deepEqual(partnerOf('mapped'), [theirs, 'Acme, as they know it']);
  const customer = { id: 'b', name: 'B', identifiers: [{ scheme: 'odoo', value: String(theirs) }] };
  await send(sample('identified', { customer }));
  assert.deepEqual(partnerOf('identified'), [theirs, 'Acme, as they know it']);
  const unknown = { id: 'c', name: 'C', identifiers: [{ scheme: 'odoo', value: '987654' }] };
  assertRefused(await send(sample('nobody', { customer: unknown })), 'customer-unknown', /987654/);
});

test('a legal entity without its company is refused by name', async () => {
  const entities = open({ companies: { 'us-inc': 1 } });
  assertRefused(await send(sample('entity', { legalEntity: 'eu-bv' }), entities), 'legal-entity-unknown', /eu-bv/);
  assert.equal((await send(sample('entity', { legalEntity: 'us-inc' }), entities)).outcome, 'confirmed');
  await entities.close();
});

for (const version of [17, 19] as const) {
  test(`odoo ${version}: a wrong key and an unknown database pause everything, and say so`, async () => {
    const server = await startOdooStandIn({ version });
    const wrongKey = open({ key: 'sesame-wrong' }, server);
    const refused = await send(sample('x'), wrongKey);
    assertRefused(refused, 'access-denied', /make a new API key/);
    assert.equal('scope' in refused && refused.scope, 'system');
    assert.ok(!JSON.stringify(refused).includes('sesame-wrong'));
    assert.equal((await wrongKey.lookup(['x']))[0]?.lookup, 'unavailable');
    const wrongDatabase = open({ database: 'nosuch' }, server);
    const waiting = await send(sample('x'), wrongDatabase);
    assert.deepEqual([waiting.outcome, 'scope' in waiting && waiting.scope], ['retry', 'system']);
    assert.deepEqual(server.documents(), []);
    await Promise.all([wrongKey.close(), wrongDatabase.close(), server.stop()]);
  });
}

test('an answer that comes too late is unknown, and is found by its key', async () => {
  const impatient = open({ connectSeconds: 0.1, answerSeconds: 0.1 });
  const document = sample('late');
  await erp.setFault({ mode: 'slow', delayMs: 500, only: 'action_post' });
  assert.equal((await send(document, impatient)).outcome, 'unknown');
  await erp.setFault({ mode: 'up' });
  assert.equal((await send(document, impatient)).outcome, 'confirmed');
  await impatient.close();
});

test('throttling tells how long to wait', async () => {
  await erp.setFault({ mode: 'throttled', calls: 1 });
  const result = await send(sample('throttled'));
  assert.deepEqual([result.outcome, 'afterMs' in result && result.afterMs], ['retry', 1000]);
});

test('a stopping process ends its calls', async () => {
  const { url, database, user, key } = erp;
  const stopped = odooConnector.open({ url, database, user, key }, { now: () => NOW, signal: AbortSignal.abort() });
  assert.equal((await stopped.lookup(['x']))[0]?.lookup, 'unavailable');
  await stopped.close();
});

test('many documents go in few calls and come back page by page, ours alone', async () => {
  const server = await startOdooStandIn({ now: () => NOW });
  const [ours, others] = [open({}, server), open({ module: 'other_hub' }, server)];
  const documents = Array.from({ length: 205 }, (_, index) => sample(`M-${index + 1}`, { attachments: [] }));
  const results = await ours.send(documents);
  assert.ok(results.every(({ outcome }) => outcome === 'confirmed'));
  // Five batches; none asks for each key.
  assert.ok(server.callCount() < 5 * 14, `${server.callCount()} calls`);
  const keys: string[] = [];
  for (let cursor: string | undefined, pages = 0; pages === 0 || cursor !== undefined; pages += 1) {
    const page = await ours.documents(cursor);
    assert.ok(page.page === 'read');
    keys.push(...page.items.map(({ key }) => key));
    cursor = page.next;
  }
  assert.deepEqual(
    keys,
    documents.map(({ key }) => key),
  );
  const theirs = await others.documents();
  assert.deepEqual(theirs.page === 'read' && theirs.items, []);
  await Promise.all([ours.close(), others.close(), server.stop()]);
});

test('versions: hosted builds are read, old ones are refused', () => {
  assert.equal(versionFrom([19, 0, 0, 'final', 0, '']).major, 19);
  assert.equal(versionFrom(['saas~18', 2, 0, 'final', 0, '']).major, 18);
  assert.throws(() => versionFrom([16, 0]), /17 or later/);
  assert.throws(() => versionFrom(undefined), /17 or later/);
});
