// Duty and customs lines by hand: laid out, passed on, corrected.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LandedLine } from '../../model/landed.ts';
import type { BillingPolicy } from '../../model/setup/policy.ts';
import * as given from '../testing/given.ts';

const duty: LandedLine = {
  carrier: 'clear',
  invoice: 'C-1',
  code: 'DTY',
  currency: 'USD',
  amountMinor: '21040',
  arrivedAt: 0,
};
const back: LandedLine = { ...duty, invoice: 'C-2', amountMinor: '-5000' };
const FACTS = [given.plan(), given.PICKED_UP, given.DELIVERED, given.POD];
const bookOf = (landedCost: BillingPolicy['landedCost']) =>
  given.rules({
    policy: { landedCost, adjustments: { autoApproveUpTo: '1000.00' } },
  });
const PASSED_ON = bookOf({ codes: ['DTY'], correction: true });

const first = given.decided(FACTS, PASSED_ON);
const late = (landed: readonly LandedLine[], book = PASSED_ON, documents = first.documents) =>
  given.decided(FACTS, book, { documents: given.known(documents), standing: { ...first.standing, landed } });

test('disbursements: what comes late corrects the invoice, at what it came to', () => {
  const decision = late([duty]);
  assert.deepEqual(given.wordsOf(decision.documents), ['S-1-2 supplementary DTY 210.40']);
  assert.deepEqual(decision.documents[0]?.lines[0]?.derivation, ['billed by clear on C-1: 210.40 USD']);
});

test('disbursements: what is given back is credited', () => {
  const billed = [...first.documents, ...late([duty]).documents];
  assert.deepEqual(given.wordsOf(late([duty, back], PASSED_ON, billed).documents), ['S-1-3 credit-note DTY 50.00']);
});

test('disbursements: known before, it is on the invoice itself', () => {
  const decision = given.decided(FACTS, PASSED_ON, { standing: { landed: [duty] } });
  assert.deepEqual(given.wordsOf(decision.documents), ['S-1-1 invoice DTY 210.40 LHL 480.00']);
});

const unbilled = [
  { name: 'without correction it is cost alone', book: bookOf({ codes: ['DTY'] }), cost: 21_040n },
  { name: 'another code is no matter of it', book: bookOf({ codes: ['CUS'], correction: true }), cost: undefined },
  { name: 'without the key neither', book: bookOf(undefined), cost: undefined },
];
for (const { name, book, cost } of unbilled) {
  test(`disbursements: ${name}`, () => {
    const decision = late([duty], book);
    assert.deepEqual(decision.documents, []);
    assert.equal(decision.disbursed?.[0]?.amountMinor, cost);
  });
}

test('disbursements: a code that the agreement prices is charged by it, once', () => {
  const priced = given.rules({
    agreements: [given.agreement({ accessorials: [{ code: 'DTY', trigger: 'reported', rate: '99.00' }] })],
    policy: { landedCost: { codes: ['DTY'], correction: true } },
  });
  const decision = given.decided([...FACTS, given.charge('DTY')], priced, { standing: { landed: [duty] } });
  assert.deepEqual(given.ratedOf(decision), { DTY: '99.00', LHL: '480.00' });
});
