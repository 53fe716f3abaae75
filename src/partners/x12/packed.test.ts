import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Partner } from '../../model/setup/partner.ts';
import { interchange, onlyData, rulesWith, SWIFT, translated } from '../testing/interchange.ts';

const WAREHOUSE: Partner = {
  id: '3pl',
  name: 'Harbor Warehousing',
  roles: ['warehouse'],
  timezone: 'America/Chicago',
  identifiers: [{ scheme: 'x12', qualifier: 'ZZ', value: 'HARBOR' }],
};
const rules = rulesWith([WAREHOUSE, SWIFT]);
const sent = (code: string, ...segments: string[]) =>
  translated(interchange([[code, ...segments]], { qualifier: 'ZZ', sender: 'HARBOR' }), rules);

test('945: what was shipped of which order line, and in which package', () => {
  const translation = sent(
    '945',
    'W06*F*O-77*20260304*S-101**PO-9',
    'N9*BM*B-5',
    'G62*11*20260305*X*0930*CT',
    'LX*1',
    'MAN*GM*00100752782101847618',
    'W12*CC*3000*2990*10*EA**VN*123',
    'N9*LI*000010',
    'LX*2',
    'W12*CC*5*5*0*EA',
  );
  assert.deepEqual(onlyData(translation), {
    shipment: 'S-101',
    references: [{ type: 'bol', value: 'B-5' }],
    contents: [
      { order: 'O-77', line: 10, quantity: '2990' },
      { order: 'O-77', line: 2, quantity: '5' },
    ],
    packedAt: '2026-03-05T09:30:00-06:00',
    packages: [{ sscc: '00100752782101847618', contents: [{ order: 'O-77', line: 10, quantity: '2990' }] }],
  });
  assert.deepEqual(translation.events[0]?.names, [
    { type: 'shipment', value: 'S-101' },
    { type: 'bol', value: 'S-101' },
    { type: 'bol', value: 'B-5' },
  ]);
});

test('856: items under orders and packages, whatever levels stand between', () => {
  const data = onlyData(
    sent(
      '856',
      'BSN*00*S-101*20260304*1421',
      'DTM*011*20260304*1500*UT',
      'HL*1**S',
      'REF*CN*5787970539',
      'HL*2*1*O',
      'PRF*O-77',
      'HL*3*2*P',
      'MAN*GM*00100752782101847618',
      'HL*4*3*I',
      'LIN*1*VP*87787D',
      'SN1**24*EA',
      'HL*5*2*I',
      'LIN**VP*99887D',
      'SN1*2*6*EA',
      'HL*6*5*P',
      'MAN*GM*00100752782101847619',
    ),
  );
  const first = { order: 'O-77', line: 1, quantity: '24' };
  const second = { order: 'O-77', line: 2, quantity: '6' };
  assert.deepEqual(data, {
    shipment: 'S-101',
    references: [{ type: 'pro', value: '5787970539' }],
    contents: [first, second],
    packedAt: '2026-03-04T15:00:00Z',
    packages: [
      { sscc: '00100752782101847618', contents: [first] },
      { sscc: '00100752782101847619', contents: [second] },
    ],
  });
});

test('945: what stands before the items of a package holds for each that says nothing else', () => {
  const pack = ['LX*1', 'MAN*GM*00100752782101847618', 'N9*PO*O-78', 'N9*LI*3'];
  const { contents, packages } = onlyData(
    sent('945', 'W06*F*O-77*20260304*S-101', ...pack, 'W12*CC*5*5', 'W12*CC*6*6', 'N9*LI*4'),
  );
  const rows = [
    { order: 'O-78', line: 3, quantity: '5' },
    { order: 'O-78', line: 4, quantity: '6' },
  ];
  assert.deepEqual(contents, rows);
  assert.deepEqual(packages, [{ sscc: '00100752782101847618', contents: rows }]);
});

test('945 and 856: an item may name an order of its own', () => {
  const advice = onlyData(
    sent('945', 'W06*F*O-77*20260304*S-101', 'LX*1', 'W12*CC*5*5', 'N9*PO*O-78', 'N9*LI*3', 'LX*2', 'W12*CC*6*6'),
  );
  assert.deepEqual(advice.contents, [
    { order: 'O-78', line: 3, quantity: '5' },
    { order: 'O-77', line: 2, quantity: '6' },
  ]);
  const notice = onlyData(
    sent(
      '856',
      'BSN*00*S-101*20260304*1421',
      'HL*1**S',
      'REF*PO*O-1',
      'HL*2*1*I',
      'LIN**VN*BOLT*PO*O-77*PL*4',
      'SN1**5*EA',
      'HL*3*1*I',
      'LIN**VN*NUT',
      'SN1**6*EA',
      'REF*CO*O-78',
      'REF*LI*7',
    ),
  );
  assert.deepEqual(notice.contents, [
    { order: 'O-77', line: 4, quantity: '5' },
    { order: 'O-78', line: 7, quantity: '6' },
  ]);
});

const refused = [
  { code: '945', segments: ['W06*F*O-77*20260304*S-101', 'LX*1'], says: /^W12 .*segment is mandatory/ },
  { code: '945', segments: ['W06*F**20260304*S-101', 'LX*1', 'W12*CC*5*5'], says: /^W0602 .*mandatory/ },
  { code: '945', segments: ['W06*F*O-77', 'LX*1', 'W12*CC*5*5'], says: /^W0604 .*mandatory/ },
  { code: '945', segments: ['W06*F*O-77**S-1', 'LX*1', 'W12*CC*5*many'], says: /^W1203 .*"many" is not a number/ },
  { code: '856', segments: ['BSN*00*S-1', 'HL*1**I', 'SN1**5*EA'], says: /^PRF .*segment is mandatory/ },
  { code: '856', segments: ['BSN*00*S-1', 'HL*1**S'], says: /^SN1 .*segment is mandatory/ },
  { code: '856', segments: ['BSN*01*S-1', 'HL*1**S', 'PRF*O', 'SN1**5*EA'], says: /^BSN01 .*code "01"/ },
] as const;
for (const { code, segments, says } of refused) {
  test(`${code}: refused: ${says.source}`, () => {
    const { events, problems } = sent(code, ...segments);
    assert.deepEqual(events, []);
    assert.match(problems[0]?.detail ?? '', says);
  });
}

test('945: a carrier may not say what was packed', () => {
  const text = interchange([['945', 'W06*F*O-77**S-101', 'LX*1', 'W12*CC*5*5']]);
  const { events, problems } = translated(text, rules);
  assert.deepEqual(
    [events, problems.map(({ kind, subject }) => [kind, subject])],
    [[], [['partner-not-party', 'S-101']]],
  );
});
