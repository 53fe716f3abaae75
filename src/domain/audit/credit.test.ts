// Credit notes against what was billed: how much can be given back, by whom, in whatever order they came.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ArrivedInvoice, auditInOrder } from './in-order.ts';

const expectations = new Map([
  ['S-1', { carrier: 'swft', charges: [{ code: 'LHL', currency: 'USD', amountMinor: 50_000n }] }],
]);

function arrived(
  id: bigint,
  amountMinor: bigint,
  more: Partial<ArrivedInvoice> & { shipment?: string; code?: string } = {},
) {
  const { shipment = 'S-1', code = 'LHL', ...rest } = more;
  const lines = [{ shipment: shipment === '' ? undefined : shipment, code, amountMinor }];
  return { id, carrier: 'swft', invoice: `N-${id}`, currency: 'USD', lines, isRepeated: false, ...rest };
}

function verdicts(invoices: ArrivedInvoice[], more: Partial<Parameters<typeof auditInOrder>[0]> = {}) {
  const audited = auditInOrder({ invoices, billings: new Map(), expectations, tolerance: undefined, ...more });
  return audited.map(({ id, verdict: { verdict }, turned }) => `${id} ${verdict} ${turned.length}`).join(', ');
}

const KEY = 'S-1\u0000LHL\u0000USD';
const cases: [what: string, got: string, expected: string][] = [
  ['a part of what was billed', verdicts([arrived(1n, 50_000n), arrived(2n, -3_000n)]), '1 approved 1, 2 approved 1'],
  ['before the bill it reduces', verdicts([arrived(1n, -3_000n), arrived(2n, 50_000n)]), '1 approved 1, 2 approved 1'],
  ['of a disputed bill', verdicts([arrived(1n, 56_000n), arrived(2n, -6_000n)]), '1 disputed 1, 2 approved 1'],
  ['more than was billed', verdicts([arrived(1n, 50_000n), arrived(2n, -50_001n)]), '1 approved 1, 2 disputed 0'],
  [
    'more than is left of it',
    verdicts([arrived(1n, 50_000n), arrived(2n, -30_000n), arrived(3n, -20_001n)]),
    '1 approved 1, 2 approved 1, 3 disputed 0',
  ],
  ['what nobody billed', verdicts([arrived(1n, -1n)]), '1 disputed 0'],
  ['another code', verdicts([arrived(1n, 50_000n), arrived(2n, -1n, { code: 'DET' })]), '1 approved 1, 2 disputed 0'],
  [
    'another currency',
    verdicts([arrived(1n, 50_000n), arrived(2n, -1n, { currency: 'EUR' })]),
    '1 approved 1, 2 disputed 0',
  ],
  ['no shipment', verdicts([arrived(1n, 50_000n), arrived(2n, -1n, { shipment: '' })]), '1 approved 1, 2 unmatched 0'],
  [
    'the same again under a new number',
    verdicts([arrived(1n, 50_000n), arrived(2n, -3_000n), arrived(3n, -3_000n)]),
    '1 approved 1, 2 approved 1, 3 duplicate 0',
  ],
  [
    'the same number again',
    verdicts([arrived(1n, 50_000n), arrived(2n, -1n, { isRepeated: true })]),
    '1 approved 1, 2 duplicate 0',
  ],
  [
    'a bill that is not at hand',
    verdicts([arrived(2n, -3_000n)], {
      amounts: { billed: new Map([[KEY, new Map([[1n, 50_000n]])]]), credited: new Map() },
    }),
    '2 approved 1',
  ],
  [
    'a credit note that is not at hand has taken most of it',
    verdicts([arrived(3n, -3_000n)], {
      amounts: {
        billed: new Map([[KEY, new Map([[1n, 50_000n]])]]),
        credited: new Map([[KEY, new Map([[2n, 48_000n]])]]),
      },
    }),
    '3 disputed 0',
  ],
  [
    'one that was approved and is no more has turned',
    verdicts([arrived(2n, -3_000n, { verdict: 'approved' })]),
    '2 disputed 1',
  ],
];
for (const [what, got, expected] of cases) {
  test(`credited: ${what}`, () => assert.equal(got, expected));
}
