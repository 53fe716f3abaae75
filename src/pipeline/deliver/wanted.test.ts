import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Heard } from '../../domain/shipment/hearing.ts';
import type { DocumentFact } from '../../model/fact.ts';
import type { Reference } from '../../model/reference.ts';
import type { DeliverableDocument } from '../../store/deliverable-documents.ts';
import { proofsFor, wantedDocument } from './wanted.ts';

const MEGABYTE = 1024 * 1024;

function proof(id: string, content?: string, reportedAt = 0): DocumentFact {
  const said = { id, sender: 'rdwy', reportedAt, kind: 'document' as const, document: 'pod' as const };
  return content === undefined ? said : { ...said, content };
}

function heard(references: Reference[], facts: DocumentFact[] = [], orders: string[] = []): Heard {
  const plan = { shipment: 'S-1', customer: 'acme', mode: 'LTL', stops: [], references, orders };
  return { plan, facts, unheard: [], planFact: { id: '0', sender: 'tms', reportedAt: 0, kind: 'plan', plan } };
}

function document(shipments: string[]): DeliverableDocument {
  return {
    ...{ number: `${shipments[0]}-1`, kind: 'invoice', customer: 'acme', currency: 'USD', shipments, lines: [] },
    decidedAt: Date.parse('2026-03-05T23:59:59Z'),
  };
}

function wanted(shipments: [string, Heard][], more: Partial<Parameters<typeof wantedDocument>[1]> = {}) {
  const background = { shipments: new Map(shipments), proofs: [], attachments: new Map(), ...more };
  return wantedDocument(document(shipments.map(([shipment]) => shipment)), background);
}

test('the reference names the shipment and the numbers its customer knows, in a fixed order', () => {
  const references = [
    { type: 'load', value: 'L-9' },
    { type: 'bol', value: '88123' },
    { type: 'po', value: '4711' },
    { type: 'ZZ', value: 'nobody knows' },
  ];
  assert.equal(
    wanted([['S-1', heard(references, [], ['O-5'])]]).reference,
    'S-1, PO 4711, Order O-5, BOL 88123, Load L-9',
  );
});

test('a reference of many shipments ends at a whole number', () => {
  const shipments = Array.from({ length: 60 }, (_, index) => [`S-${1000 + index}`, heard([])] as [string, Heard]);
  const { reference } = wanted(shipments);
  assert.ok(reference.length <= 250);
  assert.match(reference, /^S-1000, S-1001, .*, S-10\d\d, …$/);
});

test('the day of issue is that of the decision, UTC, whenever it is sent', () => {
  assert.equal(wanted([['S-1', heard([])]]).issuedOn, '2026-03-05');
});

test('a customer without a profile goes by its id', () => {
  assert.deepEqual(wanted([['S-1', heard([])]]).customer, { id: 'acme', name: 'acme', identifiers: [] });
});

test('proofs of delivery bear names that tell them apart', () => {
  const content = new Uint8Array(1);
  const attachments = new Map([
    ['a', { sha256: 'a', mediaType: 'application/pdf', content }],
    ['b', { sha256: 'b', mediaType: 'image/tiff', content }],
    ['c', { sha256: 'c', content }],
  ]);
  const proofs = ['a', 'b', 'c'].map((hash) => ({ shipment: 'S-1', content: hash }));
  const names = wanted([['S-1', heard([])]], { proofs, attachments }).attachments.map(({ fileName }) => fileName);
  assert.deepEqual(names, ['POD S-1.pdf', 'POD S-1 2.tif', 'POD S-1 3.bin']);
});

test('of proofs, the first reported go first, each content once, and no more than an ERP takes', () => {
  const facts = [proof('3', 'late', 9), proof('1', 'early'), proof('2', 'early', 5), proof('4'), proof('5', 'huge', 1)];
  const bytes = new Map([
    ['early', 8 * MEGABYTE],
    ['huge', 13 * MEGABYTE],
    ['late', 12 * MEGABYTE],
  ]);
  const proofs = proofsFor(document(['S-1']), new Map([['S-1', heard([], facts)]]), bytes);
  assert.deepEqual(
    proofs.map(({ content }) => content),
    ['early', 'late'],
  );
});

test('a legal entity has its own company, journal and accounts, of bills the other side’s', () => {
  const erp = {
    company: 'Lading Canada',
    journals: { sales: 'CINV', purchase: 'CBIL' },
    accounts: { sell: { FSC: '4020', '*': '4010' }, buy: { '*': '5010' } },
  };
  const line = { shipment: 'S-1', amountMinor: 1n, taxRate: '0', taxMinor: 0n, description: '' };
  const lines = [
    { ...line, code: 'FSC' },
    { ...line, code: 'LHL' },
  ];
  const background = { entity: { id: 'ca-ltd', erp }, shipments: new Map(), proofs: [], attachments: new Map() };
  const accounts = (document: DeliverableDocument) => {
    const { books, lines: mapped } = wantedDocument({ ...document, lines }, background);
    return [books?.company, books?.journal, ...mapped.map(({ account }) => account)];
  };
  const invoice = document(['S-1']);
  assert.deepEqual(accounts(invoice), ['Lading Canada', 'CINV', '4020', '4010']);
  assert.deepEqual(accounts({ ...invoice, kind: 'bill' }), ['Lading Canada', 'CBIL', '5010', '5010']);
  const { books, lines: plain } = wantedDocument({ ...invoice, lines }, { ...background, entity: { id: 'us-inc' } });
  assert.deepEqual([books, plain], [undefined, lines]);
});
