import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decimal } from '../../model/decimal.ts';
import type { GoodsClaim, Standing } from '../../model/decision.ts';
import type { DocumentKind } from '../../model/document.ts';
import type { Order } from '../../model/shipment.ts';
import { withAnswersOf, withOpenAnswers } from './answers.ts';
import { claimsOf, coverageOf, withDocuments } from './claims.ts';
import type { GoodsLine } from './contents.ts';

const goods = (line: number, shipped: string, kept = shipped): GoodsLine => {
  return { order: 'O-1', line, shipped: decimal(shipped), kept: decimal(kept), facts: [] };
};
const billed = (kind: DocumentKind, line: number, quantityDelta: string, shipment = 'S-1') => ({
  number: `${shipment}-1`,
  currency: 'USD',
  inErp: true,
  kind,
  lines: [{ shipment, code: 'GDS', order: 'O-1', line, amountMinor: 1n, taxRate: '0', quantityDelta }],
});
const freight = {
  ...billed('invoice', 1, '1'),
  lines: [{ shipment: 'S-1', code: 'LHL', amountMinor: 1n, taxRate: '0' }],
};
const said = (claims: readonly GoodsClaim[]) =>
  claims.map(({ line, planned, kept, wanted, documented }) => [line, planned, kept, wanted, documented].join(' '));

const claimed = [
  { name: 'nothing billed yet', goods: [goods(1, '6'), goods(2, '25', '24')], claims: ['1 6 6 6 0', '2 25 24 24 0'] },
  { name: 'billed in part', goods: [goods(1, '6')], documents: [billed('invoice', 1, '4')], claims: ['1 6 6 6 4'] },
  {
    name: 'net of credit notes, a price alone counts nothing',
    goods: [goods(1, '6', '5')],
    documents: [billed('invoice', 1, '6'), billed('supplementary', 1, '0'), billed('credit-note', 1, '1')],
    claims: ['1 6 5 5 5'],
  },
  { name: 'no longer inside, and billed', goods: [], documents: [billed('invoice', 1, '6')], claims: ['1 0 0 0 6'] },
  { name: 'goods are not billed', goods: [goods(1, '6')], isBilled: false, claims: ['1 6 6 0 0'] },
  {
    name: 'what other shipments and other charges bill is not its own',
    goods: [goods(1, '6')],
    documents: [billed('invoice', 1, '4', 'S-2'), freight],
    claims: ['1 6 6 6 0'],
  },
];
for (const { name, goods: held, documents = [], isBilled = true, claims } of claimed) {
  test(`claims: ${name}`, () => assert.deepEqual(said(claimsOf('S-1', held, documents, isBilled)), claims));
}

test('claims: what is decided now is documented', () => {
  const claims = claimsOf('S-1', [goods(1, '6'), goods(2, '3')], [], true);
  assert.deepEqual(said(withDocuments('S-1', claims, [billed('invoice', 1, '6')])), ['1 6 6 6 6', '2 3 3 3 0']);
});

const ORDER: Order = {
  order: 'O-1',
  customer: 'acme',
  lines: [
    { line: 1, quantity: '10', unitPrice: '1' },
    { line: 2, quantity: '5', unitPrice: '1' },
  ],
  shipTo: {},
  currency: 'USD',
  placedAt: '2026-03-01T00:00:00Z',
};
const claim = (line: number, wanted: string, documented = '0', order = 'O-1'): GoodsClaim => {
  return { order, line, planned: wanted, kept: wanted, wanted, documented };
};
const covered = (line: number, quantity: string, ordered = '10') => ({ [`O-1/${line}`]: { quantity, ordered } });

const standings: { name: string; claims: GoodsClaim[]; standing: Standing; is: ReturnType<typeof coverageOf> }[] = [
  { name: 'nothing is wanted', claims: [], standing: {}, is: 'covered' },
  { name: 'all is documented', claims: [claim(1, '6', '6')], standing: {}, is: 'covered' },
  { name: 'a reduction asks nobody', claims: [claim(1, '4', '6')], standing: {}, is: 'covered' },
  { name: 'the order has yet to say', claims: [claim(1, '6')], standing: {}, is: 'not-asked' },
  { name: 'it said yes', claims: [claim(1, '6')], standing: { covered: covered(1, '6') }, is: 'covered' },
  { name: 'to less', claims: [claim(1, '7')], standing: { covered: covered(1, '6') }, is: 'not-asked' },
  { name: 'to more', claims: [claim(1, '5')], standing: { covered: covered(1, '6') }, is: 'covered' },
  {
    name: 'another quantity was ordered then',
    claims: [claim(1, '6')],
    standing: { covered: covered(1, '6', '8') },
    is: 'not-asked',
  },
  { name: 'it said no', claims: [claim(1, '6')], standing: { exceeding: ['O-1/1'] }, is: 'exceeding' },
  {
    name: 'no to one line is no',
    claims: [claim(1, '6'), claim(2, '6')],
    standing: { covered: covered(1, '6'), exceeding: ['O-1/2'] },
    is: 'exceeding',
  },
  { name: 'nobody placed the order', claims: [claim(1, '6', '0', 'O-9')], standing: {}, is: 'covered' },
  { name: 'nobody ordered the line', claims: [claim(9, '6')], standing: {}, is: 'covered' },
];
for (const { name, claims, standing, is } of standings) {
  test(`coverage: ${name}`, () => assert.equal(coverageOf(claims, standing, [ORDER]), is));
}

const DUE: Standing = { dueSince: 1 };
const answered: { name: string; standing: Standing; claims: GoodsClaim[]; after: Standing }[] = [
  {
    name: 'kept while it is wanted',
    standing: { ...DUE, covered: covered(1, '6'), exceeding: ['O-1/2'] },
    claims: [claim(1, '6'), claim(2, '4')],
    after: { ...DUE, covered: covered(1, '6'), exceeding: ['O-1/2'] },
  },
  {
    name: 'spent once it is documented',
    standing: { ...DUE, covered: covered(1, '6'), exceeding: ['O-1/2'] },
    claims: [claim(1, '6', '6'), claim(2, '4', '4')],
    after: DUE,
  },
  {
    name: 'no more than is wanted now',
    standing: { ...DUE, covered: covered(1, '6') },
    claims: [claim(1, '4')],
    after: { ...DUE, covered: covered(1, '4') },
  },
  { name: 'not due any more', standing: { covered: covered(1, '6') }, claims: [claim(1, '6')], after: {} },
  { name: 'no longer inside', standing: { ...DUE, exceeding: ['O-1/1'] }, claims: [], after: DUE },
];
for (const { name, standing, claims, after } of answered) {
  test(`an answer: ${name}`, () => assert.deepEqual(withOpenAnswers(standing, claims), after));
}

test('an answer replaces what that order said before, and nothing that others said', () => {
  const before: Standing = {
    ...DUE,
    covered: { ...covered(1, '6'), 'O-1/1/1': { quantity: '1', ordered: '1' } },
    exceeding: ['O-1/2', 'O-2/1'],
  };
  const lines = [
    { line: 1, ordered: '10', held: ['S-1'], covered: new Map() },
    { line: 2, ordered: '5', held: ['S-2'], covered: new Map([['S-1', '4']]) },
  ];
  assert.deepEqual(withAnswersOf('O-1', lines, 'S-1', before), {
    ...DUE,
    covered: { 'O-1/1/1': { quantity: '1', ordered: '1' }, ...covered(2, '4', '5') },
    exceeding: ['O-1/1', 'O-2/1'],
  });
});
