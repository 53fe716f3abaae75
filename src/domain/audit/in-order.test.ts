import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ArrivedInvoice, auditInOrder } from './in-order.ts';
import { billingKey } from './verdict.ts';

const expectations = new Map([
  ['S-1', { carrier: 'swft', charges: [{ code: 'LHL', currency: 'USD', amountMinor: 72_000n }] }],
  ['S-2', { carrier: 'swft', charges: [{ code: 'LHL', currency: 'USD', amountMinor: 50_000n }] }],
]);
const KEY = billingKey('S-1', 'LHL');

function bill(id: bigint, shipments: (string | undefined)[], more: Partial<ArrivedInvoice> = {}): ArrivedInvoice {
  const lines = shipments.map((shipment) => {
    return { shipment, code: 'LHL', amountMinor: shipment === 'S-2' ? 50_000n : 72_000n };
  });
  return { id, carrier: 'swft', invoice: `R-${id}`, currency: 'USD', lines, isRepeated: false, ...more };
}

function verdicts(invoices: ArrivedInvoice[], billings: Map<string, Set<bigint>> = new Map()) {
  const audited = auditInOrder({ invoices, billings, expectations, tolerance: undefined });
  return audited.map(({ id, verdict: { verdict }, turned }) => `${id} ${verdict} ${turned.length}`);
}

const cases: { name: string; got: string[]; expected: string[] }[] = [
  {
    name: 'the second of one shipment and code is a duplicate, in whatever order they are given',
    got: verdicts([bill(2n, ['S-1']), bill(1n, ['S-1'])]),
    expected: ['1 approved 1', '2 duplicate 0'],
  },
  {
    name: 'what is not matched bills nothing',
    got: verdicts([bill(1n, ['S-1', undefined]), bill(2n, ['S-1'])]),
    expected: ['1 unmatched 0', '2 approved 1'],
  },
  {
    name: 'an earlier one that bills now turns the later one',
    got: verdicts([bill(1n, ['S-1']), bill(2n, ['S-1'])], new Map([[KEY, new Set([2n])]])),
    expected: ['1 approved 1', '2 duplicate 1'],
  },
  {
    name: 'a later one that bills is no matter to an earlier one',
    got: verdicts([bill(1n, ['S-1'])], new Map([[KEY, new Set([2n])]])),
    expected: ['1 approved 1'],
  },
  {
    name: 'a duplicate frees what only it would bill',
    got: verdicts([bill(1n, ['S-1']), bill(2n, ['S-1', 'S-2']), bill(3n, ['S-2'])]),
    expected: ['1 approved 1', '2 duplicate 0', '3 approved 1'],
  },
  {
    name: 'nothing turns where nothing changed',
    got: verdicts([bill(1n, ['S-1'])], new Map([[KEY, new Set([1n])]])),
    expected: ['1 approved 0'],
  },
  {
    name: 'a number that came before bills nothing',
    got: verdicts([bill(2n, ['S-1'], { isRepeated: true }), bill(3n, ['S-1'])]),
    expected: ['2 duplicate 0', '3 approved 1'],
  },
];

for (const { name, got, expected } of cases) test(`audit in order: ${name}`, () => assert.deepEqual(got, expected));
