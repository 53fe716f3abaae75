// One shipment's way through the ledger by hand: 500.00 sold and 400.00 bought, from tender to invoice and bill.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type LedgerSubject, type PostingContext, postingsFor } from './postings.ts';
import { bookedAfter, bought, inShort, OPEN, sold, subject } from './testing/subject.ts';

const TENDERED = subject({ charges: [bought('LHL', 'expected', 40_000n), sold('LHL', 'expected', 50_000n)] });
const DELIVERED: LedgerSubject = {
  ...TENDERED,
  charges: [bought('LHL', 'expected', 40_000n), sold('LHL', 'pending', 50_000n)],
  earnedOn: '2026-05-30',
};
const INVOICED: LedgerSubject = {
  ...DELIVERED,
  charges: [bought('LHL', 'expected', 40_000n), sold('LHL', 'invoiced', 50_000n)],
  sold: { on: '2026-06-01', numbers: ['S-1-1'] },
};
// Within tolerance: billed 405.00 where 400.00 was expected.
const BILLED: LedgerSubject = {
  ...INVOICED,
  charges: [bought('LHL', 'approved', 40_000n), sold('LHL', 'invoiced', 50_000n)],
  billed: [{ code: 'LHL', currency: 'USD', amountMinor: 40_500n }],
  bought: { on: '2026-06-02', numbers: ['bill:swft/R-77'] },
};

/** The same after the ledger holds what `before` wants. */
function after(before: LedgerSubject, now: LedgerSubject, context: PostingContext = OPEN): LedgerSubject {
  const { postings } = postingsFor(before, context);
  const booked = bookedAfter(before.booked, postings);
  const wasEarned = before.wasEarned || postings.some((p) => p.entries.some(({ stage }) => stage !== 'expected'));
  return { ...now, booked, wasEarned };
}

function told(now: LedgerSubject, context: PostingContext = OPEN) {
  return postingsFor(now, context).postings.map(({ bookedOn, cause, reason, entries }) => ({
    [`${bookedOn} ${cause}: ${reason}`]: entries.map(inShort),
  }));
}

const EXPECTED_BOOKED = [
  'expected-cost 40000',
  'expected-payable -40000',
  'expected-receivable 50000',
  'expected-revenue -50000',
];

test('ledger: nothing before the tender', () => {
  assert.deepEqual(told({ ...TENDERED, isTendered: false }), []);
});

test('ledger: expected from the tender on', () => {
  assert.deepEqual(told(TENDERED), [{ '2026-06-03 expected: expected': EXPECTED_BOOKED }]);
});

test('ledger: a charge that grows before it is earned is expected anew, by the difference', () => {
  const dearer = { ...TENDERED, charges: [bought('LHL', 'expected', 40_000n), sold('LHL', 'expected', 52_000n)] };
  assert.deepEqual(told(after(TENDERED, dearer)), [
    {
      '2026-06-03 expected: expected anew; trued up: sell LHL +20.00 USD': [
        'expected-receivable 2000',
        'expected-revenue -2000',
      ],
    },
  ]);
});

test('ledger: accrued on the day of delivery, and expected no longer', () => {
  assert.deepEqual(told(after(TENDERED, DELIVERED)), [
    {
      '2026-05-30 delivery: earned 2026-05-30': [
        'expected-cost -40000',
        'expected-payable 40000',
        'expected-receivable -50000',
        'expected-revenue 50000',
        'accrued-cost 40000',
        'accrued-payable -40000',
        'accrued-receivable 50000',
        'accrued-revenue -50000',
      ],
    },
  ]);
});

test('ledger: a tender heard of after the delivery is expected no longer on the day it was expected', () => {
  const heardLate = { ...after(TENDERED, DELIVERED), expectedOn: '2026-06-03' };
  assert.deepEqual(told(heardLate), [
    {
      '2026-05-30 delivery: earned 2026-05-30': [
        'accrued-cost 40000',
        'accrued-payable -40000',
        'accrued-receivable 50000',
        'accrued-revenue -50000',
      ],
    },
    {
      '2026-06-03 delivery: earned 2026-05-30': [
        'expected-cost -40000',
        'expected-payable 40000',
        'expected-receivable -50000',
        'expected-revenue 50000',
      ],
    },
  ]);
});

test('ledger: reversed at invoicing, each side by its own document', () => {
  const delivered = after(after(TENDERED, DELIVERED), DELIVERED);
  assert.deepEqual(told(after(delivered, INVOICED)), [
    {
      '2026-06-01 document: invoiced by S-1-1': [
        'accrued-receivable -50000',
        'accrued-revenue 50000',
        'receivable 50000',
        'revenue -50000',
      ],
    },
  ]);
});

test('ledger: a bill within tolerance trues the cost up, with the reason', () => {
  const invoiced = after(after(after(TENDERED, DELIVERED), INVOICED), INVOICED);
  assert.deepEqual(told(after(invoiced, BILLED)), [
    {
      '2026-06-02 document: invoiced by bill:swft/R-77; trued up: buy LHL +5.00 USD': [
        'accrued-cost -40000',
        'accrued-payable 40000',
        'cost 40500',
        'payable -40500',
      ],
    },
  ]);
});

test('ledger: who looks late books the same days as who looked at once', () => {
  assert.deepEqual(
    told(BILLED).map((posting) => Object.keys(posting)[0]),
    [
      '2026-05-30 delivery: earned 2026-05-30',
      '2026-06-02 document: invoiced by S-1-1, bill:swft/R-77; trued up: buy LHL +5.00 USD',
    ],
  );
});

test('ledger: a charge told after delivery is trued up today', () => {
  const detained = { ...DELIVERED, charges: [...DELIVERED.charges, sold('DET', 'pending', 1_875n)] };
  assert.deepEqual(told(after(after(TENDERED, DELIVERED), detained)), [
    { '2026-06-03 correction: trued up: sell DET +18.75 USD': ['accrued-receivable 1875', 'accrued-revenue -1875'] },
  ]);
});

test('ledger: what is waived is earned no longer', () => {
  const waived = { ...DELIVERED, charges: [bought('LHL', 'expected', 40_000n), sold('LHL', 'waived', 50_000n)] };
  assert.deepEqual(told(after(after(TENDERED, DELIVERED), waived)), [
    {
      '2026-06-03 correction: trued up: sell LHL -500.00 USD': ['accrued-receivable -50000', 'accrued-revenue 50000'],
    },
  ]);
});

test('ledger: invoiced before it is delivered, the cost alone is accrued then', () => {
  const early: LedgerSubject = {
    ...TENDERED,
    charges: INVOICED.charges,
    sold: { on: '2026-05-28', numbers: ['S-1-1'] },
  };
  const invoiced = after(TENDERED, early);
  assert.deepEqual(told(after(invoiced, { ...early, earnedOn: '2026-05-30' })), [
    {
      '2026-05-30 delivery: earned 2026-05-30': [
        'expected-cost -40000',
        'expected-payable 40000',
        'accrued-cost 40000',
        'accrued-payable -40000',
      ],
    },
  ]);
});

test('ledger: another carrier moves the cost and changes no total', () => {
  const moved = { ...TENDERED, dimensions: { ...TENDERED.dimensions, carrier: 'rdwy' } };
  const [posting] = postingsFor(after(TENDERED, moved), OPEN).postings;
  assert.equal(posting?.entries.length, 8);
  assert.equal(
    posting?.entries.reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
    0n,
  );
});

test('ledger: booked once, nothing is left to book', () => {
  for (const now of [TENDERED, DELIVERED, INVOICED, BILLED]) assert.deepEqual(told(after(now, now)), []);
});

// ── locked periods ──
const MAY_LOCKED: PostingContext = { ...OPEN, locked: new Map([['2026-05-01', new Set(['us-inc'])]]) };

test('ledger: what belongs to a locked period waits, and what comes after it waits with it', () => {
  assert.deepEqual(postingsFor(INVOICED, MAY_LOCKED), {
    postings: [],
    late: { period: '2026-05-01', legalEntities: ['us-inc'] },
  });
});

test('ledger: approved, it goes to the next open period, and says so', () => {
  const locked = new Map([...MAY_LOCKED.locked, ['2026-06-01', new Set(['*'])]]);
  const approved = new Map([['2026-05-01', 'key 1 (jo)']]);
  const { postings } = postingsFor(DELIVERED, { today: '2026-06-03', locked, approved });
  assert.deepEqual(
    postings.map(({ bookedOn, lateFor, reason }) => [bookedOn, lateFor, reason]),
    [['2026-07-01', '2026-05-01', 'earned 2026-05-30; late for 2026-05, approved by key 1 (jo)']],
  );
});

test('ledger: in the present month it is booked on the present day', () => {
  const { postings } = postingsFor(DELIVERED, { ...MAY_LOCKED, approved: new Map([['2026-05-01', 'jo']]) });
  assert.equal(postings[0]?.bookedOn, '2026-06-03');
});

test("ledger: another entity's lock is nothing to it", () => {
  const other = new Map([['2026-05-01', new Set(['ca-ltd'])]]);
  assert.equal(postingsFor(DELIVERED, { ...OPEN, locked: other }).postings[0]?.bookedOn, '2026-05-30');
});
