// Export invoicing in stages, by hand: 240 miles at 2.00, a liftgate of 95.00.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Fact } from '../../model/fact.ts';
import type { BillingPolicy } from '../../model/setup/policy.ts';
import { DAY_MS, formatInstant, instantOf } from '../../model/time.ts';
import * as given from '../testing/given.ts';

const LFT = { code: 'LFT', trigger: 'reported' as const, rate: '95.00' };
const BOOK = (stages: BillingPolicy['stages'], policy: Partial<BillingPolicy> = {}) =>
  given.rules({
    agreements: [given.agreement({ accessorials: [LFT] })],
    policy: { trigger: 'dispatched', stages, adjustments: { autoApproveUpTo: '1000.00' }, ...policy },
  });
const STAGED = BOOK({ proForma: 'planned', final: 'export-proof', proofWithinDays: 90 });
const PROOF = given.document('export-proof', '2026-03-20T10:00:00Z');
const LIFT = given.charge('LFT');

type Decided = ReturnType<typeof given.decided>;
const proFormas = ({ standing }: Decided) =>
  (standing.proFormas ?? []).map(
    ({ number, state, replacedBy = '-', lines }) =>
      `${number} ${state} ${replacedBy} ${lines.map(({ code, amount }) => `${code} ${amount}`).join(' ')}`,
  );
const after = (before: Decided, facts: readonly Fact[], book = STAGED, documents = given.known(before.documents)) =>
  given.decided(facts, book, { standing: before.standing, documents });

test('stages: a pro-forma is issued once, with its tax estimated, and does not touch the books', () => {
  const first = given.decided([given.plan()], STAGED);
  assert.deepEqual(proFormas(first), ['S-1-P1 open - LHL 480.00']);
  assert.equal(first.standing.proFormas?.[0]?.lines[0]?.taxedBy.stage, 'estimate');
  assert.deepEqual([first.documents, first.billing], [[], 'not-due']);
  assert.deepEqual(given.rowsOf(first), ['sell LHL expected 480.00']);
  assert.equal(after(first, [given.plan()]).standing.proFormas, first.standing.proFormas, 'nothing changed');
});

test('stages: a change issues it anew, and the invoice takes its place', () => {
  const first = given.decided([given.plan()], STAGED);
  const second = after(first, [given.plan(), LIFT]);
  assert.deepEqual(proFormas(second), ['S-1-P1 replaced S-1-P2 LHL 480.00', 'S-1-P2 open - LFT 95.00 LHL 480.00']);
  const third = after(second, [given.plan(), LIFT, given.PICKED_UP]);
  assert.equal(proFormas(third)[1], 'S-1-P2 replaced S-1-1 LFT 95.00 LHL 480.00');
  assert.deepEqual(
    third.documents.map(({ number, stage }) => [number, stage]),
    [['S-1-1', 'commercial']],
  );
});

test('stages: cancelled, it is void', () => {
  const first = given.decided([given.plan()], STAGED);
  const gone = after(first, [given.plan(), given.milestone('cancelled', '2026-03-03T10:00:00Z')]);
  assert.deepEqual(proFormas(gone), ['S-1-P1 void - LHL 480.00']);
});

const releases = [
  { proForma: 'planned' as const, facts: [given.plan()], count: 1 },
  { proForma: 'accepted' as const, facts: [given.plan()], count: 0 },
  {
    proForma: 'accepted' as const,
    facts: [given.plan(), given.milestone('tender-accepted', '2026-03-03T10:00:00Z')],
    count: 1,
  },
  {
    proForma: 'dispatched' as const,
    facts: [given.plan(), given.milestone('tender-accepted', '2026-03-03T10:00:00Z')],
    count: 0,
  },
];
for (const { proForma, facts, count } of releases) {
  test(`stages: a pro-forma from ${proForma} on, after ${facts.length} facts: ${count}`, () => {
    const decision = given.decided(facts, BOOK({ proForma }, { trigger: 'delivered' }));
    assert.equal(decision.standing.proFormas?.length ?? 0, count);
  });
}

test('stages: what differs later waits for the proof of export, and goes out at once as the final stage', () => {
  const facts = [given.plan(), given.PICKED_UP];
  const first = given.decided(facts, STAGED);
  const waiting = after(first, [...facts, LIFT]);
  assert.deepEqual([waiting.documents, waiting.billing], [[], 'waiting']);
  assert.ok(given.rowsOf(waiting).includes('sell LFT pending 95.00'), 'it is still accounted for');
  const final = after({ ...waiting, documents: first.documents }, [...facts, LIFT, PROOF]);
  assert.deepEqual(given.wordsOf(final.documents), ['S-1-2 supplementary LFT 95.00']);
  assert.equal(final.documents[0]?.stage, 'final');
});

test('stages: with the proof at hand the first invoice is the final one; without stages nothing is said', () => {
  const facts = [given.plan(), given.PICKED_UP, PROOF];
  assert.equal(given.decided(facts, STAGED).documents[0]?.stage, 'final');
  assert.equal(given.decided(facts, BOOK(undefined)).documents[0]?.stage, undefined);
});

test('stages: a proof that does not come is a problem after so many days', () => {
  const facts = [given.plan(), given.PICKED_UP];
  const first = given.decided(facts, STAGED);
  const overdueAt = instantOf(given.NOON) + 90 * DAY_MS;
  assert.deepEqual([first.wakeAt, given.kindsOf(first)], [overdueAt, []]);
  const asked = { standing: first.standing, documents: given.known(first.documents), now: formatInstant(overdueAt) };
  assert.deepEqual(given.kindsOf(given.decided(facts, STAGED, asked)), ['export-proof-missing']);
  assert.deepEqual(given.kindsOf(given.decided([...facts, PROOF], STAGED, asked)), []);
});
