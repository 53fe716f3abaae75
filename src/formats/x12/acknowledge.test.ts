// Answers to interchanges, segment by segment. Codes by hand from the 997, 999 and TA1 code lists.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AcknowledgeOptions, acknowledge } from './acknowledge.ts';
import type { X12Interchange, X12Transaction } from './document.ts';
import { faultAt, type X12Fault } from './faults.ts';
import { readX12 } from './read.ts';
import { bytesOf, interchangeText, STATUS_214, type TextForm } from './testing/interchange-text.ts';

const options: AcknowledgeOptions = {
  kind: '997',
  controlNumbers: { interchange: 88, group: 17 },
  at: Date.UTC(2026, 2, 12, 9, 5),
};
const second = STATUS_214.map((segment) => segment.replace('0001', '0002'));
const two = interchangeText([...STATUS_214, ...second], {}, 2);

function read(text: string): X12Interchange {
  const [interchange] = readX12(bytesOf(text)).interchanges;
  assert.ok(interchange);
  return interchange;
}

function answerTo(interchange: X12Interchange, over: Partial<AcknowledgeOptions> = {}): string[] {
  const answer = acknowledge(interchange, { ...options, ...over });
  if (answer.kind !== 'written') return [answer.kind];
  const back = readX12(answer.bytes);
  assert.deepEqual(back.faults, [], 'an answer reads without a fault');
  return new TextDecoder().decode(answer.bytes).split('~\n').slice(0, -1);
}

test('997: the whole answer to an interchange that is all right', () => {
  assert.deepEqual(answerTo(read(two)), [
    'ISA*00*          *00*          *ZZ*LADINGHUB      *02*SWFT           *260312*0905*U*00401*000000088*0*P*>',
    'GS*FA*LADINGHUB*SWFT*20260312*0905*17*X*004010',
    'ST*997*0001',
    'AK1*QM*4711',
    'AK2*214*0001',
    'AK5*A',
    'AK2*214*0002',
    'AK5*A',
    'AK9*A*2*2*2',
    'SE*8*0001',
    'GE*1*17',
    'IEA*1*000000088',
  ]);
});

/** The segments between AK1 and SE. */
const body = (segments: string[]) => segments.slice(segments.findIndex((text) => text.startsWith('AK1')) + 1, -3);

const transactionOf = (interchange: X12Interchange, n: number) =>
  interchange.groups[0]?.transactions[n] as X12Transaction;
const at7 = (transaction: X12Transaction) => ({
  segment: 'AT7',
  offset: transaction.segments[4]?.offset ?? 0,
  segmentIndex: 5,
});

type Found = (interchange: X12Interchange) => Map<X12Transaction, X12Fault[]>;
type Case = { name: string; text: string; found?: Found; expected: string[] };
const cases: Case[] = [
  {
    name: 'one of two rejected for its count',
    text: two.replace('SE*7*0001', 'SE*8*0001'),
    expected: ['AK2*214*0001', 'AK5*R*4', 'AK2*214*0002', 'AK5*A', 'AK9*P*2*2*1'],
  },
  {
    name: 'both rejected',
    text: two.replace('SE*7*0001', 'SE*7*1234').replace('SE*7*0002', 'SE*8*4321'),
    expected: ['AK2*214*0001', 'AK5*R*3', 'AK2*214*0002', 'AK5*R*4*3', 'AK9*R*2*2*0'],
  },
  {
    name: 'the group rejected for its count',
    text: two.replace('GE*2', 'GE*3'),
    expected: ['AK9*R*3*2*0*5'],
  },
  {
    name: 'the group without GE',
    text: two.replace('GE*2*4711~\n', ''),
    expected: ['AK9*R*2*2*0*3'],
  },
  {
    name: 'an unknown code found by translation: accepted with errors',
    text: two,
    found: (interchange) => {
      const transaction = transactionOf(interchange, 0);
      return new Map([
        [transaction, [faultAt('element-code-unknown', { ...at7(transaction), element: 1 }, { found: 'ZZ' })]],
      ]);
    },
    expected: ['AK2*214*0001', 'AK3*AT7*5**8', 'AK4*1**7*ZZ', 'AK5*E*5', 'AK2*214*0002', 'AK5*A', 'AK9*E*2*2*2'],
  },
  {
    name: 'a mandatory segment and an element missing: rejected',
    text: interchangeText(),
    found: (interchange) => {
      const transaction = transactionOf(interchange, 0);
      const missing = faultAt('segment-missing', { segment: 'B10', offset: 0, segmentIndex: 2 });
      const date = faultAt('element-date-invalid', { ...at7(transaction), element: 5 }, { found: '2026*99' });
      return new Map([[transaction, [date, missing]]]);
    },
    expected: ['AK2*214*0001', 'AK3*B10*2**3', 'AK3*AT7*5**8', 'AK4*5**8', 'AK5*R*5', 'AK9*R*1*1*0'],
  },
  {
    name: 'a transaction set not taken here',
    text: interchangeText(),
    found: (interchange) => {
      const transaction = transactionOf(interchange, 0);
      const place = { segment: 'ST', offset: 0, segmentIndex: 1, element: 1 };
      return new Map([[transaction, [faultAt('transaction-not-supported', place, { found: '214' })]]]);
    },
    expected: ['AK2*214*0001', 'AK5*R*1', 'AK9*R*1*1*0'],
  },
  {
    name: 'notes are not told',
    text: interchangeText().replace('BOL88*BM~', 'BOL88*BM'),
    expected: ['AK2*214*0001', 'AK5*A', 'AK9*A*1*1*1'],
  },
];

for (const { name, text, found, expected } of cases) {
  test(`997: ${name}`, () => {
    const interchange = read(text);
    assert.deepEqual(body(answerTo(interchange, { found: found?.(interchange) })), expected);
  });
}

test('999: its own segments, releases and repetition separator', () => {
  const form: TextForm = { component: ':', version: '00501', repetition: '^' };
  const text = interchangeText(STATUS_214, form).replace('004010', '005010').replace('SE*7', 'SE*9');
  const segments = answerTo(read(text), { kind: '999' });
  assert.equal(segments[0]?.slice(69), '*260312*0905*^*00501*000000088*0*P*:');
  assert.deepEqual(segments.slice(1, -3), [
    'GS*FA*LADINGHUB*SWFT*20260312*0905*17*X*005010X231A1',
    'ST*999*0001*005010X231A1',
    'AK1*QM*4711*005010',
    'AK2*214*0001',
    'IK5*R*4',
    'AK9*R*1*1*0',
  ]);
});

const asked = (text: string) => text.replace('000004711*0*P', '000004711*1*P');

test('TA1: when ISA14 asks for it, before the groups', () => {
  const segments = answerTo(read(asked(interchangeText())));
  assert.equal(segments[1], 'TA1*000004711*260312*0815*A*000');
  assert.ok(segments[2]?.startsWith('GS*FA'));
});

test('TA1: tells why an interchange was refused, without a 997', () => {
  const segments = answerTo(read(asked(interchangeText()).replace('IEA*1*000004711', 'IEA*1*000009999')));
  assert.deepEqual(segments.slice(1), ['TA1*000004711*260312*0815*R*001', 'IEA*0*000000088']);
});

test('no answer to an incomplete interchange that did not ask, nor to an acknowledgement', () => {
  assert.deepEqual(answerTo(read(interchangeText().replace('IEA*1', 'IEA*2'))), ['none']);
  assert.deepEqual(answerTo(read(interchangeText().replace('GS*QM', 'GS*FA'))), ['none']);
});

test('an answer that cannot be written is a value that says why', () => {
  const answer = acknowledge(read(interchangeText()), { ...options, controlNumbers: { interchange: 1e10, group: 1 } });
  assert.equal(answer.kind === 'refused' && answer.fault.kind, 'element-too-long');
});
