import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as given from '../testing/given.ts';
import { waivedIn, withWaived } from './waive.ts';

const facts = [given.plan(), given.PICKED_UP, given.DELIVERED, given.POD];
const cheap = given.rules();
const dear = given.rules({
  agreements: [given.agreement({ lanes: [given.lane({ linehaul: { basis: 'flat', rate: '600.00' } })] })],
});

const invoiced = given.known(given.decided(facts, cheap).documents);

test('a refused increase is waived: not billed, not asked for again, and the rows still add up', () => {
  const waiting = given.decided(facts, dear, { documents: invoiced });
  assert.deepEqual(given.kindsOf(waiting), ['adjustment-approval']);
  const standing = withWaived({}, waiting.awaitingApproval);
  const after = given.decided(facts, dear, { documents: invoiced, standing });
  assert.deepEqual(given.kindsOf(after), []);
  assert.equal(after.billing, 'invoiced');
  assert.deepEqual(given.rowsOf(after), ['sell LHL invoiced 480.00', 'sell LHL waived 120.00']);
});

test('what comes after a refusal waits by itself', () => {
  const waiting = given.decided(facts, dear, { documents: invoiced });
  const standing = withWaived({}, waiting.awaitingApproval);
  const more = given.rules({
    agreements: [given.agreement({ lanes: [given.lane({ linehaul: { basis: 'flat', rate: '650.00' } })] })],
  });
  const after = given.decided(facts, more, { documents: invoiced, standing });
  assert.deepEqual(given.wordsOf(after.awaitingApproval), ['supplementary LHL 50.00']);
});

test('a refused reduction is waived below zero, and two refusals add up', () => {
  const [note] = given.decided(
    facts,
    given.rules({
      agreements: [given.agreement({ lanes: [given.lane({ linehaul: { basis: 'flat', rate: '400.00' } })] })],
    }),
    { documents: invoiced },
  ).awaitingApproval;
  assert.equal(note?.kind, 'credit-note');
  const twice = withWaived(withWaived({}, [note]), [note]);
  assert.equal(waivedIn(twice).get('USD')?.get('LHL'), -16_000n);
});
