// Acme's truckload: 240 miles at 2.00 = 480.00, delivered with proof, invoiced as S-1-1 unless a case says otherwise.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Fact } from '../../model/fact.ts';
import type { DecideOptions } from '../decide.ts';
import * as given from '../testing/given.ts';

const { entry, ruling } = given;
const journey = [given.plan(), given.PICKED_UP, given.DELIVERED, given.POD];
const beyond = entry('credit', 'LHL', '200.00', { needsApproval: true });
const book = given.rules();

type Case = { name: string; by: Fact[]; documents: string[]; rows: string[]; billing: string };

const beforeTheInvoice: Case[] = [
  {
    name: 'a further charge is on the invoice',
    by: [entry('charge', 'ADM', '25.00')],
    documents: ['S-1-1 invoice ADM 25.00 LHL 480.00'],
    rows: ['sell ADM pending 25.00', 'sell LHL pending 480.00'],
    billing: 'ready',
  },
  {
    name: 'several of one code are added, credits taken off', // 480 + 20 + 5 − 60
    by: [entry('charge', 'LHL', '20.00'), entry('charge', 'LHL', '5.00'), entry('credit', 'LHL', '60.00')],
    documents: ['S-1-1 invoice LHL 445.00'],
    rows: ['sell LHL pending 445.00'],
    billing: 'ready',
  },
  {
    name: 'no credit goes below nothing',
    by: [entry('credit', 'LHL', '300.00'), entry('credit', 'LHL', '300.00', { id: 'again' })],
    documents: [],
    rows: [],
    billing: 'nothing-to-bill',
  },
  {
    name: 'what is written off stays charged, and is not billed', // 480 − 80
    by: [entry('write-off', 'LHL', '80.00')],
    documents: ['S-1-1 invoice LHL 400.00'],
    rows: ['sell LHL pending 400.00', 'sell LHL waived 80.00'],
    billing: 'ready',
  },
  {
    name: 'a write-off of more than is charged is one of all of it',
    by: [entry('write-off', 'LHL', '999.00')],
    documents: [],
    rows: ['sell LHL waived 480.00'],
    billing: 'nothing-to-bill',
  },
  {
    name: 'beyond the limit it does not count yet, and keeps nothing back',
    by: [beyond],
    documents: ['S-1-1 invoice LHL 480.00'],
    rows: ['sell LHL pending 480.00'],
    billing: 'adjusting',
  },
  {
    name: 'approved it counts',
    by: [beyond, ruling('approved', beyond)],
    documents: ['S-1-1 invoice LHL 280.00'],
    rows: ['sell LHL pending 280.00'],
    billing: 'ready',
  },
  {
    name: 'refused it never counts',
    by: [beyond, ruling('refused', beyond)],
    documents: ['S-1-1 invoice LHL 480.00'],
    rows: ['sell LHL pending 480.00'],
    billing: 'ready',
  },
];

for (const { name, by, documents, rows, billing } of beforeTheInvoice) {
  test(`by hand: ${name}`, () => {
    const decision = given.decided([...journey, ...by], book);
    assert.deepEqual(given.wordsOf(decision.documents), documents);
    assert.deepEqual(
      given.rowsOf(decision).filter((row) => row.startsWith('sell')),
      rows,
    );
    assert.equal(decision.billing, billing);
  });
}

const invoiced = given.known(given.decided(journey, book).documents);
const reduction = (amountMinor: bigint): DecideOptions => ({
  authorised: { direction: 'reduction', currency: 'USD', amountMinor },
});

type Later = { name: string; by: Fact[]; asked?: DecideOptions; documents: string[]; awaiting: string[] };

const afterTheInvoice: Later[] = [
  {
    name: 'a credit of a part of a line waits for an approver',
    by: [entry('credit', 'LHL', '50.00')],
    documents: [],
    awaiting: ['credit-note LHL 50.00'],
  },
  {
    name: 'unless its author may enter so much alone',
    by: [entry('credit', 'LHL', '50.00')],
    asked: reduction(5_000n),
    documents: ['S-1-2 credit-note LHL 50.00'],
    awaiting: [],
  },
  {
    name: 'with another cause that waits already it is one adjustment, and waits', // 480 → 500 − 50 would be one; the plan takes off 40
    by: [given.plan({ distanceMiles: '220' }, { reported: '2026-03-06T07:00:00Z' }), entry('credit', 'LHL', '50.00')],
    asked: reduction(5_000n),
    documents: [],
    awaiting: ['credit-note LHL 90.00'],
  },
  {
    name: 'the limit of a credit is none of a charge',
    by: [entry('charge', 'ADM', '50.00')],
    asked: reduction(5_000n),
    documents: [],
    awaiting: ['supplementary ADM 50.00'],
  },
];

for (const { name, by, asked, documents, awaiting } of afterTheInvoice) {
  test(`by hand, once invoiced: ${name}`, () => {
    const decision = given.decided([...journey, ...by], book, { documents: invoiced, ...asked });
    assert.deepEqual(given.wordsOf(decision.documents), documents);
    assert.deepEqual(given.wordsOf(decision.awaitingApproval), awaiting);
  });
}

test('by hand: a credit note names the invoice it takes back from, and says why', () => {
  const facts = [...journey, entry('credit', 'LHL', '50.00')];
  const [note] = given.decided(facts, book, { documents: invoiced, approve: true }).documents;
  assert.equal(note?.corrects, 'S-1-1');
  assert.equal(note?.lines[0]?.derivation.at(-1), 'credited by hand 50.00 USD: agreed by phone');
});

test('by hand: an entry beyond the limit opens adjustment-approval, which says what is asked for', () => {
  const { exceptions } = given.decided([...journey, beyond], book);
  const [open] = exceptions.filter(({ kind }) => kind === 'adjustment-approval');
  assert.equal(open?.detail, 'To approve: credit LHL of 200.00 USD by Ann (agreed by phone).');
});
