import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Candidate } from '../../model/decision.ts';
import type { BillingPolicy } from '../../model/setup/policy.ts';
import { instantOf } from '../../model/time.ts';
import { closesAt } from './period.ts';
import { settle } from './settle.ts';

const at = (text: string) => instantOf(`2026-03-${text}Z`);

const candidate = (shipment: string, readySince: string, total: bigint, more: Partial<Candidate> = {}): Candidate => ({
  shipment,
  currency: 'USD',
  readySince: at(readySince),
  lines: [{ shipment, code: 'LHL', amountMinor: total, taxRate: '0', taxMinor: 0n, description: '', derivation: [] }],
  ...more,
});

function settled(policy: Partial<BillingPolicy>, candidates: Candidate[], now: string, open = 0n, free: string[] = []) {
  const counts = new Map<string, number>();
  const nextNumber = (shipment: string) => {
    counts.set(shipment, (counts.get(shipment) ?? 0) + 1);
    return `${shipment}-${counts.get(shipment)}`;
  };
  const released = new Set(free);
  const account = { customer: 'acme', policy: { customer: 'acme', ...policy }, candidates, nextNumber, released };
  const { documents, creditHeld, wakeAt } = settle({ ...account, openMinor: new Map([['USD', open]]) }, at(now));
  return { invoices: documents.map(({ number, shipments }) => [number, ...shipments]), creditHeld, wakeAt };
}

const periods = [
  { consolidation: 'daily', ready: '05T17:00:00', closes: '06T00:00:00' },
  { consolidation: 'daily', ready: '06T00:00:00', closes: '07T00:00:00' },
  { consolidation: 'weekly', ready: '02T00:00:00', closes: '09T00:00:00' },
  { consolidation: 'weekly', ready: '08T23:59:59', closes: '09T00:00:00' },
  { consolidation: 'weekly', ready: '09T00:00:00', closes: '16T00:00:00' },
  { consolidation: 'shipment', ready: '05T17:00:00', closes: '05T17:00:00' },
] as const;

for (const { consolidation, ready, closes } of periods) {
  test(`period: ${consolidation}, ready ${ready}`, () => assert.equal(closesAt(consolidation, at(ready)), at(closes)));
}

test('settle: a week is one invoice, what came after midnight is in the next', () => {
  const week = [
    candidate('S-2', '08T23:30:00', 200n),
    candidate('S-1', '05T22:00:00', 100n),
    candidate('S-3', '09T00:30:00', 300n),
  ];
  const { invoices, wakeAt } = settled({ consolidation: 'weekly' }, week, '09T00:30:00');
  assert.deepEqual(invoices, [['S-1-1', 'S-1', 'S-2']]);
  assert.equal(wakeAt, at('16T00:00:00'));
});

test('settle: currencies and legal entities are invoiced by themselves', () => {
  const day = [
    candidate('S-1', '05T10:00:00', 100n),
    candidate('S-2', '05T11:00:00', 100n, { legalEntity: 'ca-ltd' }),
    candidate('S-3', '05T12:00:00', 100n, { currency: 'CAD' }),
  ];
  const { invoices } = settled({ consolidation: 'daily' }, day, '06T00:00:00');
  assert.deepEqual(invoices, [
    ['S-1-1', 'S-1'],
    ['S-2-1', 'S-2'],
    ['S-3-1', 'S-3'],
  ]);
});

test('settle: what does not fit is held and keeps nobody back', () => {
  const ready = [candidate('S-2', '05T15:10:00', 90_000n), candidate('S-3', '05T15:20:00', 60_000n)];
  const { invoices, creditHeld } = settled({ creditLimit: '2000.00' }, ready, '05T15:20:00', 120_000n);
  assert.deepEqual(invoices, [['S-3-1', 'S-3']]);
  assert.deepEqual(creditHeld, ['S-2']);
});

test('settle: exactly the limit is within it', () => {
  assert.deepEqual(
    settled({ creditLimit: '10.00' }, [candidate('S-1', '05T15:10:00', 900n)], '05T15:10:00', 100n).creditHeld,
    [],
  );
});

test('settle: nothing ready makes nothing', () => {
  assert.deepEqual(settled({ consolidation: 'weekly' }, [], '09T00:00:00'), {
    invoices: [],
    creditHeld: [],
    wakeAt: undefined,
  });
});

// A limit of 1,000.00, and 900.00 is open already.
const releases = [
  { name: 'nothing is released', free: [], invoices: [['C-1', 'C']], held: ['A', 'B'] },
  // What was let go counts: then the 50.00 of C find no room either.
  { name: 'one is let go', free: ['A'], invoices: [['A-1', 'A']], held: ['B', 'C'] },
  {
    name: 'all are let go',
    free: ['A', 'B', 'C'],
    invoices: [
      ['A-1', 'A'],
      ['B-1', 'B'],
      ['C-1', 'C'],
    ],
    held: [],
  },
] as const;

for (const { name, free, invoices, held } of releases) {
  test(`credit: ${name}`, () => {
    const candidates = [
      candidate('A', '05T10:00:00', 20_000n),
      candidate('B', '05T11:00:00', 30_000n),
      candidate('C', '05T12:00:00', 5_000n),
    ];
    const found = settled({ creditLimit: '1000.00' }, candidates, '06T00:00:00', 90_000n, [...free]);
    assert.deepEqual(found, { invoices, creditHeld: held, wakeAt: undefined });
  });
}

test('credit: of a common invoice, each shipment must be let go', () => {
  const candidates = [candidate('A', '05T10:00:00', 20_000n), candidate('B', '05T11:00:00', 30_000n)];
  const policy = { creditLimit: '100.00', consolidation: 'daily' } as const;
  assert.deepEqual(settled(policy, candidates, '06T00:00:00', 0n, ['A']).creditHeld, ['A', 'B']);
  assert.deepEqual(settled(policy, candidates, '06T00:00:00', 0n, ['A', 'B']).invoices, [['A-1', 'A', 'B']]);
});
