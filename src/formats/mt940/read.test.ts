import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readMt940 } from './read.ts';

const read = (...lines: string[]) => readMt940(Buffer.from(lines.join('\r\n')));
const HEAD = [':20:STARTUMS', ':25:37040044/532013000', ':28C:12/1', ':60F:C260308EUR1000,00'];
const TAIL = [':62F:C260309EUR1100,00', '-'];
const only = (...lines: string[]) => {
  const [first] = read(...HEAD, ...lines, ...TAIL);
  assert.ok(first?.ok, JSON.stringify(first));
  return first.statement;
};
const lineOf = (...lines: string[]) => only(...lines).lines[0];

test('mt940: head, balances, and a transfer told in subfields', () => {
  const { lines, ...head } = only(
    ':61:2603090309CR100,00NTRFKREF-7//B-77',
    'Gutschrift',
    ':86:166?00GUTSCHRIFT?20EREF+E-1?21SVWZ+Rechnung S-901-1 und S?22-902-1?30COBADEFF?31DE89370400',
    '440532013000?32ACME TOOLS',
  );
  assert.deepEqual(head, {
    reference: 'STARTUMS',
    account: '37040044/532013000',
    sequence: '12/1',
    opening: { isInterim: false, direction: 'credit', on: '2026-03-08', currency: 'EUR', amount: '1000.00' },
    closing: { isInterim: false, direction: 'credit', on: '2026-03-09', currency: 'EUR', amount: '1100.00' },
  });
  assert.deepEqual(lines, [
    {
      ...{ amount: '100.00', direction: 'credit', isReversal: false, isExpected: false, type: 'NTRF' },
      ...{ valueOn: '2026-03-09', bookedOn: '2026-03-09', reference: 'KREF-7', bankReference: 'B-77' },
      details: 'Gutschrift',
      information: {
        code: '166',
        // A full subfield of 27 characters goes on in the next without a blank.
        text: 'Rechnung S-901-1 und S-902-1',
        endToEndId: 'E-1',
        counterpartName: 'ACME TOOLS',
        counterpartAccount: 'DE89370400440532013000',
      },
    },
  ]);
});

const marks: [string, { direction: string; isReversal: boolean; isExpected: boolean; amount: string }][] = [
  ['2603090309C4200,NTRFNONREF', { direction: 'credit', isReversal: false, isExpected: false, amount: '4200' }],
  ['260309D0,5NCHGNONREF', { direction: 'debit', isReversal: false, isExpected: false, amount: '0.5' }],
  ['260309RC12,00NTRFNONREF', { direction: 'debit', isReversal: true, isExpected: false, amount: '12.00' }],
  ['260309RD12,00NTRFNONREF', { direction: 'credit', isReversal: true, isExpected: false, amount: '12.00' }],
  ['260309RCR12,00NTRFNONREF', { direction: 'debit', isReversal: true, isExpected: false, amount: '12.00' }],
  ['260309EC007,00NTRFNONREF', { direction: 'credit', isReversal: false, isExpected: true, amount: '7.00' }],
];
for (const [text, says] of marks) {
  test(`mt940: line ${text}`, () => {
    const { direction, isReversal, isExpected, amount } = lineOf(`:61:${text}`) ?? {};
    assert.deepEqual({ direction, isReversal, isExpected, amount }, says);
  });
}

test('mt940: the day of booking takes its year from the value date', () => {
  assert.equal(lineOf(':61:2512310102C1,NTRFNONREF')?.bookedOn, '2026-01-02');
  assert.equal(lineOf(':61:2601021231C1,NTRFNONREF')?.bookedOn, '2025-12-31');
});

test('mt940: a value date that is no day is left out', () => {
  const { valueOn, bookedOn } = lineOf(':61:2602300301C1,NTRFNONREF') ?? {};
  assert.deepEqual([valueOn, bookedOn], ['', '2026-03-01']);
});

test('mt940: words of SWIFT, plain text, and a time that looks like a field', () => {
  const line = ':61:260309C1,NTRFNONREF';
  const words = lineOf(line, ':86:/EREF/E-2/ORDP//NL91ABNA0417164300/ACME TOOLS/REMI/USTD//S-901-1/');
  assert.equal(words?.information.endToEndId, 'E-2');
  assert.match(words?.information.text ?? '', /^S-901-1/);
  assert.equal(lineOf(line, ':86:ACME TOOLS', 'S-901-1')?.information.text, 'ACME TOOLS S-901-1');
  assert.match(lineOf(line, ':86:166?20paid at 12', ':26:37 for S-9')?.information.text ?? '', /12:26:37 for S-9$/);
});

test("mt940: messages in SWIFT's own envelope, and the last without its end", () => {
  const [first, second] = read(
    `{1:F01BANKDEFFXXXX}{2:O940}{4:`,
    ...HEAD,
    ...TAIL.slice(0, 1),
    '-}{5:{CHK:1}}',
    ...HEAD,
    TAIL[0] ?? '',
  );
  assert.deepEqual([first?.ok, second?.ok], [true, true]);
});

const broken: [string, string[], RegExp][] = [
  ['no opening balance', [':20:A', ':25:1', ':62F:C260309EUR1,'], /60F \(opening balance\) is missing/],
  ['no closing balance', HEAD, /62F \(closing balance\) is missing/],
  ['no account', [':20:A', ':60F:C260308EUR1,', ':62F:C260309EUR1,'], /25 \(account\) is missing/],
  ['a balance of a day that is none', [...HEAD, ':62F:C260230EUR1,'], /line 5: ":62F:C260230EUR1," is no balance/],
  [
    'an amount without its comma',
    [...HEAD, ':61:260309C100NTRF', ...TAIL],
    /line 5: ":61:260309C100NTRF" is no statement line/,
  ],
];
for (const [name, lines, says] of broken) {
  test(`mt940: a fault: ${name}`, () => {
    const [first] = read(...lines);
    assert.match(first === undefined || first.ok ? '' : first.faults.join('; '), says);
  });
}

test('mt940: what is no message gives none', () => assert.deepEqual(read('hello', ':25:1'), []));
