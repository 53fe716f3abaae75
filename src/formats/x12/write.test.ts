// What a writer makes of plain values, and what it refuses to make.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { X12PlainInterchange, X12PlainSegment } from './plain.ts';
import { USUAL_DELIMITERS, writeX12, type X12WriteFault } from './write.ts';

const envelope: Omit<X12PlainInterchange, 'groups'> = {
  senderQualifier: '02',
  sender: 'SWFT',
  receiverQualifier: 'ZZ',
  receiver: 'LADINGHUB',
  date: '260312',
  time: '0815',
  version: '00401',
  controlNumber: '4711',
  usage: 'P',
};

function interchangeWith(segments: X12PlainSegment[], over: Partial<X12PlainInterchange> = {}): X12PlainInterchange {
  const group = {
    functionalId: 'QM',
    sender: 'SWFT',
    receiver: 'HUB',
    date: '20260312',
    time: '0815',
    release: '004010',
  };
  const transactions = [{ code: '214', controlNumber: '0001', segments }];
  return { ...envelope, groups: [{ ...group, controlNumber: '12', transactions }], ...over };
}

test('writer: pads ISA to 106 bytes, counts, and repeats control numbers', () => {
  const written = writeX12(interchangeWith([['B10', 'PRO1', 'SHP1', 'SWFT']]));
  assert.equal(written.kind, 'written');
  const expected = [
    'ISA*00*          *00*          *02*SWFT           *ZZ*LADINGHUB      *260312*0815*U*00401*000004711*0*P*>~',
    'GS*QM*SWFT*HUB*20260312*0815*12*X*004010~',
    'ST*214*0001~',
    'B10*PRO1*SHP1*SWFT~',
    'SE*3*0001~',
    'GE*1*12~',
    'IEA*1*000004711~',
    '',
  ];
  assert.equal(new TextDecoder().decode(written.bytes), expected.join('\n'));
  assert.equal(expected[0]?.length, 106);
});

test('writer: composites and repetitions with the delimiters of the interchange', () => {
  const delimiters = { element: '|', component: ':', repetition: '^', segment: '~', lineBreak: '' };
  const segment: X12PlainSegment = [
    'SV1',
    { components: ['HC', '99'] },
    { repeats: ['A', { components: ['B', 'C'] }] },
  ];
  const written = writeX12(interchangeWith([segment], { delimiters, version: '00501' }));
  assert.equal(written.kind, 'written');
  const text = new TextDecoder().decode(written.bytes);
  assert.ok(text.includes('~SV1|HC:99|A^B:C~'), text);
  assert.ok(text.includes('|0815|^|00501|'), text);
});

type Refusal = { name: string; interchange: X12PlainInterchange; fault: Omit<X12WriteFault, 'message'>; says: RegExp };

const plain: X12PlainSegment[] = [['B10', 'PRO1']];
const refusals: Refusal[] = [
  {
    name: 'element separator in data',
    interchange: interchangeWith([['N1', 'SH', 'A*B']]),
    fault: { kind: 'delimiter-in-data', segment: 'N1', element: 2 },
    says: /^N102 contains the delimiter "\*"; /,
  },
  {
    name: 'terminator in data',
    interchange: interchangeWith([['N1', 'SH', 'A~B']]),
    fault: { kind: 'delimiter-in-data', segment: 'N1', element: 2 },
    says: /^N102 contains the delimiter "~"; /,
  },
  {
    name: 'component separator inside a component',
    interchange: interchangeWith([['SV1', { components: ['A>B', 'C'] }]]),
    fault: { kind: 'delimiter-in-data', segment: 'SV1', element: 1 },
    says: /">"/,
  },
  {
    name: 'line break in data',
    interchange: interchangeWith([['N3', 'DOCK 7\nREAR']]),
    fault: { kind: 'character-not-allowed', segment: 'N3', element: 1 },
    says: /control character/,
  },
  {
    name: 'repetition without a separator for it',
    interchange: interchangeWith([['AK3', { repeats: ['1', '2'] }]]),
    fault: { kind: 'delimiter-missing', segment: 'AK3', element: 1 },
    says: /repetition separator/,
  },
  {
    name: 'sender longer than ISA06',
    interchange: interchangeWith(plain, { sender: 'A-SENDER-TOO-LONG' }),
    fault: { kind: 'element-too-long', segment: 'ISA', element: 6 },
    says: /^ISA06 has 17 characters, 15 fit/,
  },
  {
    name: 'date shorter than ISA09',
    interchange: interchangeWith(plain, { date: '2603' }),
    fault: { kind: 'element-missing', segment: 'ISA', element: 9 },
    says: /^ISA09 needs exactly 6/,
  },
  {
    name: 'one character for two delimiters',
    interchange: interchangeWith(plain, { delimiters: { ...USUAL_DELIMITERS, component: '~' } }),
    fault: { kind: 'delimiters-clash', segment: 'ISA', element: 16 },
    says: /differ/,
  },
  {
    name: 'no segment id',
    interchange: interchangeWith([['b10', 'PRO1']]),
    fault: { kind: 'segment-id-invalid', segment: 'b10', element: 0 },
    says: /^b10 is no segment id/,
  },
];

for (const { name, interchange, fault, says } of refusals) {
  test(`writer refuses: ${name}`, () => {
    const written = writeX12(interchange);
    assert.equal(written.kind, 'refused');
    const { message, ...rest } = written.fault;
    assert.deepEqual(rest, fault);
    assert.match(message, says);
  });
}
