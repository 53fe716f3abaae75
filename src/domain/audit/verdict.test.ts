import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AuditInput, auditInvoice, billingKey } from './verdict.ts';

const expectations = new Map([
  [
    'S-1',
    {
      carrier: 'swft',
      charges: [
        { code: 'LHL', currency: 'USD', amountMinor: 72_000n },
        { code: 'DET', currency: 'USD', amountMinor: 6_250n },
      ],
    },
  ],
  ['S-2', { carrier: 'rdwy', charges: [{ code: 'LHL', currency: 'USD', amountMinor: 72_000n }] }],
]);

function verdictOn(lines: [string | undefined, string, bigint][], more: Partial<AuditInput> = {}, currency = 'USD') {
  const billed = lines.map(([shipment, code, amountMinor]) => ({ shipment, code, amountMinor }));
  const answer = auditInvoice({
    invoice: { carrier: 'swft', invoice: 'R-1', currency, lines: billed },
    expectations,
    tolerance: { carrier: 'swft', tolerancePercent: '2.0', toleranceAmount: '5.00' },
    isRepeated: false,
    billedBefore: new Set(),
    ...more,
  });
  return answer.verdict;
}

const cases: { name: string; got: string; verdict: string }[] = [
  { name: 'as agreed', got: verdictOn([['S-1', 'LHL', 72_000n]]), verdict: 'approved' },
  { name: 'two per cent over', got: verdictOn([['S-1', 'LHL', 73_440n]]), verdict: 'approved' },
  { name: 'a cent more', got: verdictOn([['S-1', 'LHL', 73_441n]]), verdict: 'disputed' },
  { name: 'too little is a difference too', got: verdictOn([['S-1', 'LHL', 70_559n]]), verdict: 'disputed' },
  { name: 'the amount is greater than the percentage', got: verdictOn([['S-1', 'DET', 6_750n]]), verdict: 'approved' },
  {
    name: 'lines of one code add up',
    got: verdictOn([
      ['S-1', 'LHL', 36_000n],
      ['S-1', 'LHL', 36_000n],
    ]),
    verdict: 'approved',
  },
  { name: 'a code that nobody expects', got: verdictOn([['S-1', 'LFT', 6_000n]]), verdict: 'disputed' },
  { name: "another carrier's shipment", got: verdictOn([['S-2', 'LHL', 72_000n]]), verdict: 'disputed' },
  { name: 'another currency', got: verdictOn([['S-1', 'LHL', 72_000n]], {}, 'CAD'), verdict: 'disputed' },
  { name: 'no tolerance', got: verdictOn([['S-1', 'LHL', 72_001n]], { tolerance: undefined }), verdict: 'disputed' },
  {
    name: 'the number came before',
    got: verdictOn([['S-1', 'LHL', 72_000n]], { isRepeated: true }),
    verdict: 'duplicate',
  },
  {
    name: 'the code was billed before',
    got: verdictOn([['S-1', 'LHL', 72_000n]], { billedBefore: new Set([billingKey('S-1', 'LHL')]) }),
    verdict: 'duplicate',
  },
  {
    name: 'a shipment not known',
    got: verdictOn([
      ['S-1', 'LHL', 72_000n],
      [undefined, 'LHL', 1n],
    ]),
    verdict: 'unmatched',
  },
];

for (const { name, got, verdict } of cases) test(`audit: ${name}`, () => assert.equal(got, verdict));
