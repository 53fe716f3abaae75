import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Agreement } from '../../model/setup/agreement.ts';
import { interchange, onlyData, rulesWith, SWIFT, translated } from '../testing/interchange.ts';
import { impliedDecimalFrom } from './amounts.ts';

const B3 = 'B3**R-9001*S-601*PP**20260306*88000****SWFT';
const LINES = ['LX*1', 'L1*1***72000****400', 'LX*2', 'L1*2***16000****405'];
const bill = (...segments: string[]) => translated(interchange([['210', ...segments]]));

test('210: number, shipment, date, currency, carrier, and a line for each L1', () => {
  const translation = bill(B3, 'C3*USD', ...LINES, 'L3*****88000');
  assert.deepEqual(onlyData(translation), {
    carrier: 'swft',
    invoice: 'R-9001',
    issuedOn: '2026-03-06',
    currency: 'USD',
    lines: [
      { shipment: 'S-601', code: 'LHL', amount: '720.00' },
      { shipment: 'S-601', code: 'FSC', amount: '160.00' },
    ],
  });
  assert.deepEqual([translation.events[0]?.subject, translation.events[0]?.names], ['swft/R-9001', []]);
});

const implied = [
  ['79000', '790.00'],
  ['5', '0.05'],
  ['-301791', '-3017.91'],
  ['790.00', '790.00'],
  ['790.', '790'],
  ['+100', '1.00'],
  ['007', '0.07'],
  ['abc', undefined],
  ['', undefined],
  ['1e5', undefined],
] as const;
for (const [written, amount] of implied) {
  test(`210: "${written}" is ${amount ?? 'no amount'}`, () => assert.equal(impliedDecimalFrom(written), amount));
}

const chargeCodes = {
  '400': 'LHL',
  '405': 'FSC',
  FUE: 'FSC',
  FSC: 'FSC',
  DET: 'DET',
  '310': 'DET',
  LFT: 'LFT',
  LFD: 'LFT',
  RDL: 'RDL',
  RED: 'RDL',
  RES: 'RES',
  DSC: 'DSC',
  '': 'LHL',
};
for (const [code, ours] of Object.entries(chargeCodes)) {
  test(`210: L108 ${code || '(none)'} is ${ours}`, () => {
    const { lines } = onlyData(bill(B3, 'C3*USD', `L1*1***88000****${code}`)) as { lines: { code: string }[] };
    assert.equal(lines[0]?.code, ours);
  });
}

test("210: a partner's own charge codes go before the table", () => {
  const text = interchange([['210', B3, 'C3*USD', 'L1*1***88000****405']]);
  const { lines } = onlyData(translated(text, rulesWith([{ ...SWIFT, chargeCodes: { '405': 'ADM' } }]))) as {
    lines: { code: string }[];
  };
  assert.equal(lines[0]?.code, 'ADM');
});

const agreement = (id: string, validFrom: string, currency: string): Agreement => ({
  id,
  side: 'buy',
  party: 'swft',
  currency,
  validFrom,
  lanes: [],
});

test('210: without C3 the currency is that of the agreement valid on its date', () => {
  const agreements = [agreement('a', '2025-01-01', 'CAD'), agreement('b', '2026-04-01', 'USD')];
  const text = interchange([['210', B3, ...LINES]]);
  assert.equal(onlyData(translated(text, rulesWith([SWIFT], agreements))).currency, 'CAD');
});

test('210: without a shipment the references of head and loop name it', () => {
  const { lines } = onlyData(
    bill('B3**R-1**PP**20260306*88000****SWFT', 'C3*USD', 'N9*BM*B-5', 'LX*1', 'N9*CN*1Z99', 'L1*1***88000'),
  ) as { lines: unknown[] };
  const references = [
    { type: 'bol', value: 'B-5' },
    { type: 'pro', value: '1Z99' },
  ];
  assert.deepEqual(lines, [{ code: 'LHL', amount: '880.00', references }]);
});

const refusedBills = [
  {
    segments: [B3.replace('88000', '88001'), 'C3*USD', ...LINES],
    says: /^B307 .*the total is 880.01, its lines add up to 880.00/,
  },
  { segments: [B3, ...LINES], says: /^B3 .*no C3, and no agreement gives the currency/ },
  { segments: [B3, 'C3*XXZ', ...LINES], says: /^B3 .*currency "XXZ", which is none/ },
  { segments: [B3.replace('20260306', '20260332'), 'C3*USD', ...LINES], says: /^B306 .*"20260332" is not a date/ },
  { segments: [B3.replace('R-9001', ''), 'C3*USD', ...LINES], says: /^B302 .*mandatory/ },
  { segments: [B3.replace('S-601', ''), 'C3*USD', ...LINES], says: /^B303 .*mandatory/ },
  { segments: [B3, 'C3*USD', 'L1*1***7,20'], says: /^L104 .*"7,20" is not a number/ },
  { segments: [B3, 'C3*USD'], says: /^L1 .*segment is mandatory/ },
  { segments: ['C3*USD', ...LINES], says: /^B3 .*segment is mandatory/ },
];
for (const { segments, says } of refusedBills) {
  test(`210: refused: ${says.source}`, () => {
    const { events, problems } = bill(...segments);
    assert.deepEqual(events, []);
    assert.deepEqual([problems[0]?.kind, problems[0]?.subject], ['schema-violation', '000000042/7/0001']);
    assert.match(problems[0]?.detail ?? '', says);
  });
}

test("210: a bill in another carrier's name is not the sender's to send", () => {
  const { events, problems } = bill(B3.replace('SWFT', 'RDWY'), 'C3*USD', ...LINES);
  assert.deepEqual(events, []);
  assert.deepEqual(
    problems.map(({ kind, subject }) => [kind, subject]),
    [['partner-not-party', 'RDWY/R-9001']],
  );
});
