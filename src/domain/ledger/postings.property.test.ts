// The ledger over any history: it always balances, ends where the charges stand, and forgets no cent on the way.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { ChargeRow } from '../../model/decision.ts';
import type { LedgerPosition, LedgerPosting } from '../../model/ledger.ts';
import { type LedgerSubject, type PostingContext, postingsFor } from './postings.ts';
import { bookedAfter, DIMENSIONS, OPEN, subject } from './testing/subject.ts';

const amount = fc.bigInt({ min: -50n, max: 900n }).filter((minor) => minor !== 0n);
const currency = fc.constantFrom('USD', 'EUR');
const code = fc.constantFrom('LHL', 'DET');
const charge: fc.Arbitrary<ChargeRow> = fc.oneof(
  fc.record({
    side: fc.constant('sell' as const),
    code,
    currency,
    state: fc.constantFrom('expected', 'pending', 'invoiced', 'waived'),
    amountMinor: amount,
  }),
  fc.record({
    side: fc.constant('buy' as const),
    code,
    currency,
    state: fc.constantFrom('expected', 'approved', 'disputed'),
    amountMinor: amount,
  }),
);
const day = fc.constantFrom('2026-04-30', '2026-05-01', '2026-05-31', '2026-06-02', '2026-06-09');
const documented = fc.option(fc.record({ on: day, numbers: fc.constant(['S-1-1']) }), { nil: undefined });
const history: fc.Arbitrary<LedgerSubject> = fc
  .record({
    charges: fc.array(charge, { maxLength: 5 }),
    billed: fc.array(fc.record({ code, currency, amountMinor: amount }), { maxLength: 2 }),
    isTendered: fc.boolean(),
    earnedOn: fc.option(day, { nil: undefined }),
    sold: documented,
    bought: documented,
    carrier: fc.constantFrom('swft', 'rdwy'),
    legalEntity: fc.constantFrom('us-inc', 'ca-ltd'),
  })
  .map(({ carrier, legalEntity, earnedOn, sold, bought, ...more }) =>
    subject({
      ...more,
      dimensions: { ...DIMENSIONS, carrier, legalEntity },
      ...(earnedOn && { earnedOn }),
      ...(sold && { sold }),
      ...(bought && { bought }),
    }),
  );

type Books = { readonly booked: readonly LedgerPosition[]; readonly wasEarned: boolean };

function book(books: Books, now: LedgerSubject, context: PostingContext) {
  const answer = postingsFor({ ...now, ...books }, context);
  const wasEarned = books.wasEarned || answer.postings.some((p) => p.entries.some(({ stage }) => stage !== 'expected'));
  return { ...answer, books: { booked: bookedAfter(books.booked, answer.postings), wasEarned } };
}

/** By currency and entity, all accounts together. */
function imbalances(postings: readonly LedgerPosting[]): string[] {
  return postings.flatMap(({ entries }) => {
    const sums = new Map<string, bigint>();
    for (const { currency: of, legalEntity, amountMinor } of entries) {
      const key = `${legalEntity} ${of}`;
      sums.set(key, (sums.get(key) ?? 0n) + amountMinor);
    }
    return [...sums].filter(([, minor]) => minor !== 0n).map(([key]) => key);
  });
}

/** What is held, whatever stage it is at; waived charges and those of before the tender aside. */
function totals(positions: readonly LedgerPosition[]): Record<string, bigint> {
  const sums: Record<string, bigint> = {};
  for (const { side, code: of, currency: inCurrency, stage, amountMinor } of positions) {
    const key = `${side} ${of} ${inCurrency} ${stage}`;
    sums[key] = (sums[key] ?? 0n) + amountMinor;
  }
  return Object.fromEntries(
    Object.entries(sums)
      .filter(([, minor]) => minor !== 0n)
      .sort(),
  );
}

test('ledger: every posting balances by entity and currency, and booking again books nothing', () => {
  fc.assert(
    fc.property(fc.array(history, { minLength: 1, maxLength: 5 }), (steps) => {
      let books: Books = { booked: [], wasEarned: false };
      for (const now of steps) {
        const step = book(books, now, OPEN);
        assert.deepEqual(imbalances(step.postings), []);
        books = step.books;
        assert.deepEqual(book(books, now, OPEN).postings, []);
      }
    }),
  );
});

test('ledger: whatever came before, it ends where the charges stand', () => {
  fc.assert(
    fc.property(fc.array(history, { maxLength: 4 }), history, (before, last) => {
      let books: Books = { booked: [], wasEarned: false };
      for (const now of [...before, last]) books = book(books, now, OPEN).books;
      const atOnce = book({ booked: [], wasEarned: false }, last, OPEN).books;
      assert.deepEqual(totals(books.booked), totals(atOnce.booked));
    }),
  );
});

test('ledger: nothing is booked into a locked period; approved, all of it is booked elsewhere', () => {
  const entity = fc.constantFrom('*', 'us-inc', 'ca-ltd');
  const locks = fc.array(fc.tuple(fc.constantFrom('2026-04-01', '2026-05-01', '2026-06-01'), entity), { maxLength: 3 });
  fc.assert(
    fc.property(history, locks, (now, pairs) => {
      const locked = new Map<string, Set<string>>();
      for (const [period, of] of pairs) locked.set(period, (locked.get(period) ?? new Set()).add(of));
      const approved = new Map([...locked.keys()].map((period) => [period, 'jo']));
      for (const context of [
        { ...OPEN, locked },
        { ...OPEN, locked, approved },
      ]) {
        const { postings, late } = postingsFor(now, context);
        for (const { bookedOn, entries } of postings) {
          const shut = locked.get(`${bookedOn.slice(0, 7)}-01`);
          for (const { legalEntity } of entries) assert.ok(!shut?.has('*') && !shut?.has(legalEntity));
        }
        if (context.approved.size > 0) assert.equal(late, undefined);
      }
    }),
  );
});
