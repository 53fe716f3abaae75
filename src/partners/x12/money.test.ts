// 210, 820, 990 and the acknowledgements: what is billed, paid, taken and refused.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Agreement } from '../../model/setup/agreement.ts';
import { ACME, DESK, interchange, onlyData, rulesWith, SWIFT, translated } from '../testing/interchange.ts';
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

const PAYER = { qualifier: '01', sender: '004321519' };
const BPR = 'BPR*C*1200.00*C*ACH*CTX*01*071000013*DA*1234567*1004321519**01*021000021*DA*7654321*20260309';
const payment = (...segments: string[]) => translated(interchange([['820', ...segments]], PAYER));

test('820: amount, date, payment, customer, currency and each invoice', () => {
  const data = onlyData(
    payment(
      BPR,
      'TRN*1*P-1*1004321519',
      'CUR*PR*USD',
      'N1*PR*Acme Tools',
      'ENT*1',
      'RMR*IV*S-901-1**1000.00*1000.00',
      'RMR*PO*77**5.00',
      'RMR*IV*S-902-1**200',
    ),
  );
  assert.deepEqual(data, {
    payment: 'P-1',
    customer: 'acme',
    currency: 'USD',
    amount: '1200.00',
    receivedOn: '2026-03-09',
    remittance: [
      { invoice: 'S-901-1', amount: '1000.00' },
      { invoice: 'S-902-1', amount: '200' },
    ],
  });
});

test('820: without PR, CUR and date: the sender, its agreement, the day of the group', () => {
  const sell: Agreement = { ...agreement('s', '2026-01-01', 'CAD'), side: 'sell', party: 'acme' };
  const text = interchange([['820', 'BPR*C*7989.73*C*CHK', 'TRN*1*P-2', 'RMR*IV*S-1-1**7989.73']], PAYER);
  assert.deepEqual(onlyData(translated(text, rulesWith([ACME], [sell]))), {
    payment: 'P-2',
    customer: 'acme',
    currency: 'CAD',
    amount: '7989.73',
    receivedOn: '2026-03-04',
    remittance: [{ invoice: 'S-1-1', amount: '7989.73' }],
  });
});

const refusedPayments = [
  { segments: [BPR, 'CUR*PR*USD'], says: /^TRN .*segment is mandatory/ },
  { segments: [BPR.replace('1200.00', 'TOTAL'), 'TRN*1*P', 'CUR*PR*USD'], says: /^BPR02 .*"TOTAL" is not a number/ },
  { segments: [BPR.replace('20260309', 'CCYYMMDD'), 'TRN*1*P'], says: /^BPR16 .*"CCYYMMDD" is not a date/ },
  { segments: [BPR, 'TRN*1*P', 'CUR*PR*USD', 'RMR*IV*S-1-1'], says: /^RMR04 .*mandatory/ },
  { segments: [BPR, 'TRN*1*P'], says: /^BPR .*no CUR, and no agreement/ },
];
for (const { segments, says } of refusedPayments) {
  test(`820: refused: ${says.source}`, () => assert.match(payment(...segments).problems[0]?.detail ?? '', says));
}

test('990: accepted and declined at the time of the group', () => {
  for (const [action, milestone] of [
    ['A', 'tender-accepted'],
    ['D', 'tender-declined'],
  ]) {
    const translation = translated(interchange([['990', `B1*SWFT*S-801*20260303*${action}`, 'N9*CN*1253011']]));
    assert.deepEqual(onlyData(translation), {
      shipment: 'S-801',
      references: [{ type: 'pro', value: '1253011' }],
      carrier: 'swft',
      milestone,
      occurredAt: '2026-03-04T21:00:00Z',
    });
    assert.deepEqual(translation.events[0]?.teaches, [{ type: 'pro', value: '1253011' }]);
  }
});

const refusedResponses = [
  { segments: ['B1*SWFT*S-801*20260303*Z'], says: /^B104 .*code "Z" is not known/ },
  { segments: ['B1*SWFT*S-801*20260303'], says: /^B104 .*mandatory/ },
  { segments: ['B1*SWFT**20260303*A'], says: /^B102 .*mandatory/ },
  { segments: ['N9*CN*1'], says: /^B1 .*segment is mandatory/ },
] as const;
for (const { segments, says } of refusedResponses) {
  test(`990: refused: ${says.source}`, () => {
    const { events, problems } = translated(interchange([['990', ...segments]]));
    assert.deepEqual(events, []);
    assert.match(problems[0]?.detail ?? '', says);
  });
}

const answers = [
  { code: '997', segments: ['AK1*IM*5', 'AK2*210*0001', 'AK5*A', 'AK9*A*1*1*1'], rejected: [] },
  { code: '997', segments: ['AK1*IM*5', 'AK2*210*0001', 'AK5*E*5', 'AK9*E*1*1*1'], rejected: [] },
  {
    code: '997',
    segments: [
      'AK1*IM*5',
      'AK2*210*0001',
      'AK3*NM1*8**8',
      'AK4*2*66*7*MI',
      'AK5*R*5',
      'AK2*210*0002',
      'AK5*A',
      'AK9*P*2*2*1',
    ],
    rejected: [['5/0001', 'swft rejected the 210: code 5; NM1 at segment 8, element 2, code 7']],
  },
  {
    code: '999',
    segments: ['AK1*IM*5*004010', 'AK2*210*0001', 'IK3*CLM*22**8', 'IK5*R*5', 'AK9*R*1*1*0'],
    rejected: [['5/0001', 'swft rejected the 210: code 5; CLM at segment 22, code 8']],
  },
  {
    code: '997',
    segments: ['AK1*IM*5', 'AK9*R*1*1*0*4'],
    rejected: [['5', 'swft rejected the whole group IM, AK9 code 4']],
  },
] as const;
for (const { code, segments, rejected } of answers) {
  test(`${code}: ${segments.join(' ')}`, () => {
    const { events, problems, acknowledgement } = translated(
      interchange([[code, ...segments]]).replace('GS*QM', 'GS*FA'),
      rulesWith([SWIFT, DESK]),
    );
    assert.deepEqual(problems, []);
    assert.equal(acknowledgement, undefined, 'an acknowledgement is not acknowledged');
    const found = events.map(
      ({ event }) => event.type === 'delivery.rejected' && [event.data.document, event.data.reason],
    );
    assert.deepEqual(found, rejected);
  });
}
