import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OurDocument, TheirDocument } from '../../model/comparison.ts';
import { differencesBetween, sentenceFor } from './differences.ts';

const ours: OurDocument = {
  ...{ number: 'S-1-1', kind: 'invoice', state: 'posted', isUnderWay: false, erpNumber: 'INV/2026/00001' },
  ...{ currency: 'USD', subtotalMinor: 62_000n, taxMinor: 5_115n },
};
const theirs: TheirDocument = {
  ...{ key: 'S-1-1', kind: 'invoice', state: 'posted', erpNumber: 'INV/2026/00001' },
  ...{ currency: 'USD', subtotalMinor: 62_000n, taxMinor: 5_115n },
};
const none = undefined;

const cases: readonly { name: string; ours?: OurDocument; theirs?: TheirDocument; says: readonly string[] }[] = [
  { name: 'the same', ours, theirs, says: [] },
  { name: 'gone there', ours, theirs: none, says: ['missing-there: posted, 620.00 USD | '] },
  { name: 'cancelled there', ours, theirs: { ...theirs, state: 'cancelled' }, says: ['state: posted | cancelled'] },
  { name: 'a draft again', ours, theirs: { ...theirs, state: 'draft' }, says: ['state: posted | draft'] },
  {
    name: 'cancelled, and we know',
    ours: { ...ours, state: 'cancelled' },
    theirs: { ...theirs, state: 'cancelled' },
    says: [],
  },
  {
    name: 'cancelled, and posted again',
    ours: { ...ours, state: 'cancelled' },
    theirs,
    says: ['state: cancelled | posted'],
  },
  {
    name: 'refused, and a draft there',
    ours: { ...ours, state: 'decided' },
    theirs: { ...theirs, state: 'draft' },
    says: [],
  },
  {
    name: 'refused, and posted by hand',
    ours: { ...ours, state: 'decided' },
    theirs,
    says: ['state: decided | posted'],
  },
  { name: 'on its way', ours: { ...ours, state: 'decided', isUnderWay: true }, theirs, says: [] },
  {
    name: 'another number',
    ours,
    theirs: { ...theirs, erpNumber: 'INV/2026/00007' },
    says: ['number: INV/2026/00001 | INV/2026/00007'],
  },
  {
    name: 'another amount',
    ours,
    theirs: { ...theirs, subtotalMinor: 61_999n },
    says: ['amount: 620.00 USD | 619.99 USD'],
  },
  { name: 'another tax', ours, theirs: { ...theirs, taxMinor: 0n }, says: ['tax: 51.15 | 0.00'] },
  { name: 'another currency', ours, theirs: { ...theirs, currency: 'EUR' }, says: ['currency: USD | EUR'] },
  {
    name: 'a bill that a person there will post',
    ours: { ...ours, kind: 'bill' },
    theirs: { ...theirs, kind: 'bill', state: 'draft' },
    says: [],
  },
  { name: 'unknown here', ours: none, theirs, says: ['missing-here:  | posted as INV/2026/00001, 620.00 USD'] },
  { name: 'an unknown draft', ours: none, theirs: { ...theirs, state: 'draft' }, says: [] },
];

for (const { name, says, ...sides } of cases) {
  test(`differences between books: ${name}`, () => {
    const found = differencesBetween(sides.ours ? [sides.ours] : [], sides.theirs ? [sides.theirs] : []);
    assert.deepEqual(
      found.map((each) => `${each.what}: ${each.ours} | ${each.theirs}`),
      says,
    );
  });
}

test('a sentence tells both sides of everything that differs about a document', () => {
  const found = differencesBetween([ours], [{ ...theirs, erpNumber: 'INV/2026/00007', subtotalMinor: 1n }]);
  assert.equal(
    sentenceFor(found),
    'S-1-1: it has another number there (here INV/2026/00001, there INV/2026/00007); it comes to another amount there (here 620.00 USD, there 0.01 USD)',
  );
});
