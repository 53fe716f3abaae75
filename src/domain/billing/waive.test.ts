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

const priced = (rate: string) =>
  given.rules({ agreements: [given.agreement({ lanes: [given.lane({ linehaul: { basis: 'flat', rate } })] })] });

// Invoiced at 480.00; an increase to 600.00 or a reduction to 400.00 was refused, and then the price changed again.
const afterRefusal = [
  { name: 'back where it was, there is nothing to adjust', refused: '600.00', now: '480.00', waits: [] },
  {
    name: 'below the invoice, only what is below it',
    refused: '600.00',
    now: '450.00',
    waits: ['credit-note LHL 30.00'],
  },
  { name: 'a part of the increase is still refused', refused: '600.00', now: '550.00', waits: [] },
  { name: 'a refused reduction that is over adds nothing', refused: '400.00', now: '480.00', waits: [] },
  { name: 'nor to an increase', refused: '400.00', now: '500.00', waits: ['supplementary LHL 20.00'] },
  { name: 'a greater reduction: the rest', refused: '400.00', now: '390.00', waits: ['credit-note LHL 10.00'] },
];

for (const { name, refused, now, waits } of afterRefusal) {
  test(`a refusal is of a difference: ${name}`, () => {
    const waiting = given.decided(facts, priced(refused), { documents: invoiced });
    const standing = withWaived({}, waiting.awaitingApproval);
    const after = given.decided(facts, priced(now), { documents: invoiced, standing });
    assert.deepEqual(given.wordsOf(after.awaitingApproval), waits);
  });
}

test('cancelled after a refused increase: what was billed is taken back, and no more', () => {
  const waiting = given.decided(facts, dear, { documents: invoiced });
  const standing = withWaived({}, waiting.awaitingApproval);
  const cancelled = [given.plan(), given.milestone('cancelled', '2026-03-04T10:00:00Z')];
  const after = given.decided(cancelled, dear, { documents: invoiced, standing });
  assert.deepEqual(given.wordsOf(after.awaitingApproval), ['credit-note LHL 480.00']);
  assert.equal(after.standing.waived, undefined);
});

test('a refusal that is over is not remembered: the same increase later is asked for anew', () => {
  const waiting = given.decided(facts, dear, { documents: invoiced });
  const { standing } = given.decided(facts, cheap, {
    documents: invoiced,
    standing: withWaived({}, waiting.awaitingApproval),
  });
  const again = given.decided(facts, dear, { documents: invoiced, standing });
  assert.deepEqual(given.wordsOf(again.awaitingApproval), ['supplementary LHL 120.00']);
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
