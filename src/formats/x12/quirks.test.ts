// The forms in which real partners send X12, each of which some reader fails on: all give the same seven segments.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { X12FaultKind } from './fault-catalogue.ts';
import { readX12 } from './read.ts';
import { looksLikeX12 } from './sniff.ts';
import { digestOfStream, digestOfWhole } from './testing/digest.ts';
import { bytesOf, interchangeText, isaText, STATUS_214, textOfSegments } from './testing/interchange-text.ts';

const usual = interchangeText();
const body = usual.slice(isaText().length);
const shortIsa = 'ISA*00**00**02*SWFT*ZZ*LADINGHUB*260312*0815*U*00401*000004711*0*P';
const wrapped = (text: string, columns: number) =>
  text.replaceAll('\n', '').replace(new RegExp(`.{${columns}}`, 'gs'), '$&\n');

type Quirk = { name: string; text: string; notes?: X12FaultKind[] };
const quirks: Quirk[] = [
  { name: 'as the standard has it', text: usual },
  { name: 'byte order mark', text: `\ufeff${usual}` },
  { name: 'blanks and newlines before ISA', text: ` \r\n\n  ${usual}` },
  { name: 'no line breaks at all', text: interchangeText(STATUS_214, { lineBreak: '' }) },
  { name: 'CRLF after the terminator', text: interchangeText(STATUS_214, { lineBreak: '\r\n' }) },
  { name: 'LF as terminator', text: interchangeText(STATUS_214, { terminator: '\n', lineBreak: '' }) },
  { name: 'CRLF as terminator', text: interchangeText(STATUS_214, { terminator: '\r\n', lineBreak: '' }) },
  { name: 'CR as terminator', text: interchangeText(STATUS_214, { terminator: '\r', lineBreak: '' }) },
  ...['.', '$', '|', '\\', "'", '\u0085', '…'].map((terminator) => ({
    name: `${JSON.stringify(terminator)} as terminator`,
    text: interchangeText(STATUS_214, { terminator }),
  })),
  {
    name: 'component separator ~ and lines as terminator',
    text: interchangeText(STATUS_214, { terminator: '\n', lineBreak: '', component: '~' }),
  },
  {
    name: 'element separator ~ and terminator *',
    text: interchangeText(STATUS_214, { element: '~', terminator: '*' }),
  },
  { name: 'tab as element separator', text: interchangeText(STATUS_214, { element: '\t' }) },
  { name: 'indentation', text: usual.replaceAll('\n', '\n    ') },
  { name: 'blanks before the terminator', text: usual.replaceAll('~', '  ~') },
  {
    name: 'trailing blanks before a newline terminator',
    text: interchangeText(STATUS_214, { terminator: ' \r\n', lineBreak: '' }),
  },
  { name: 'trailing blanks, newlines and ^Z', text: `${usual}  \r\n\n\u001a` },
  { name: 'no terminator on the last segment', text: usual.slice(0, -2), notes: ['segment-terminator-missing'] },
  {
    name: 'a segment without terminator at the end of its line',
    text: usual.replace('BOL88*BM~', 'BOL88*BM'),
    notes: ['segment-terminator-missing'],
  },
  { name: 'empty segments', text: usual.replace('LX*1~', 'LX*1~~\n~') },
  { name: 'ISA not padded', text: `${shortIsa}*>~\n${body}`, notes: ['isa-not-padded'] },
  {
    name: 'ISA not padded, LF as terminator',
    text: `${shortIsa}*>\n${body.replaceAll('~', '')}`,
    notes: ['isa-not-padded'],
  },
  {
    name: 'ISA without ISA16',
    text: `${shortIsa}~\n${body}`,
    notes: ['isa-not-padded', 'isa-component-separator-missing'],
  },
  { name: 'ISA16 empty', text: `${shortIsa}*~\n${body}`, notes: ['isa-not-padded', 'isa-component-separator-missing'] },
  {
    name: 'ISA16 empty, no line breaks',
    text: `${shortIsa}*~${body.replaceAll('\n', '')}`,
    notes: ['isa-not-padded', 'isa-component-separator-missing'],
  },
  {
    name: 'ISA without ISA16, LF as terminator',
    text: `${shortIsa}\n${body.replaceAll('~', '')}`,
    notes: ['isa-not-padded', 'isa-component-separator-missing'],
  },
  {
    name: 'ISA ids too long',
    text: usual.replace('SWFT           ', 'SWFT-A-VERY-LONG-SENDER-ID'),
    notes: ['isa-not-padded'],
  },
  {
    name: 'a line break inside ISA',
    text: usual.replace('LADINGHUB ', 'LADINGHUB \n'),
    notes: ['isa-line-break-inside'],
  },
  ...[80, 79, 64, 33, 7].map((columns) => ({
    name: `hard wraps every ${columns} bytes`,
    text: wrapped(usual, columns),
    notes: ['isa-line-break-inside' as const],
  })),
  { name: 'ISA12 and GS08 disagree', text: usual.replace('004010', '005010'), notes: ['gs-release-differs'] },
  {
    name: 'leading zeros differ in counts and control numbers',
    text: usual.replace('GE*1*4711', 'GE*001*04711').replace('IEA*1*000004711', 'IEA*01*4711'),
  },
  { name: 'trailing empty elements', text: usual.replace('*004010~', '*004010**~') },
];

const expected = STATUS_214.map((segment) => segment.split('*'));

for (const { name, text, notes = [] } of quirks) {
  test(`quirk: ${name}`, () => {
    // One quirk is a byte of Windows-1252.
    const bytes = name.includes('\u0085') ? new Uint8Array(Buffer.from(text, 'latin1')) : bytesOf(text);
    assert.ok(looksLikeX12(bytes));
    const { interchanges, faults } = readX12(bytes);
    assert.deepEqual(
      faults.map((fault) => fault.kind),
      notes,
    );
    assert.equal(interchanges.length, 1);
    assert.ok(interchanges[0]?.complete);
    const segments = interchanges[0]?.groups[0]?.transactions[0]?.segments ?? [];
    assert.deepEqual(
      segments.map((segment) => [
        segment.id,
        ...Array.from({ length: segment.count }, (_, n) => segment.element(n + 1)),
      ]),
      expected,
    );
    const everywhere = Array.from({ length: bytes.length }, (_, n) => n);
    assert.equal(digestOfStream(bytes, everywhere), digestOfWhole(bytes));
  });
}

test('several interchanges, each with its own delimiters', () => {
  const other = interchangeText(STATUS_214, {
    element: '|',
    component: ':',
    repetition: '^',
    terminator: '\n',
    lineBreak: '',
  });
  const { interchanges, faults } = readX12(bytesOf(`${usual}\n${other}${usual}`));
  assert.deepEqual(faults, []);
  assert.deepEqual(
    interchanges.map(({ delimiters }) => delimiters.element),
    ['*', '|', '*'],
  );
  assert.deepEqual(
    interchanges.map(({ start, end }) => [start, end]),
    [
      [0, usual.length - 1],
      [usual.length + 1, usual.length + 1 + other.length],
      [usual.length + 1 + other.length, 2 * usual.length + other.length],
    ],
  );
});

test('elements: positions, components and repetitions', () => {
  const form = { component: ':', repetition: '^', version: '00501' };
  const st = ['ST*837*0001*005010X222', 'SV1*HC:99213:25**A^B:C^D*', 'SE*3*0001'];
  const text =
    isaText(form) + textOfSegments(['GS*HC*A*B*20260312*0815*1*X*005010', ...st, 'GE*1*1', 'IEA*1*000004711'], form);
  const transaction = readX12(bytesOf(text)).interchanges[0]?.groups[0]?.transactions[0];
  const segment = transaction?.segments[1];
  assert.ok(segment);
  assert.equal(transaction?.implementation, '005010X222');
  assert.equal(segment.count, 4);
  assert.equal(segment.offset, text.indexOf('SV1'));
  assert.deepEqual(segment.components(1), ['HC', '99213', '25']);
  assert.deepEqual(segment.repeats(3), ['A', 'B:C', 'D']);
  assert.deepEqual([segment.element(2), segment.element(4), segment.element(5), segment.element(-1)], ['', '', '', '']);
  assert.deepEqual(
    [1, 2, 3, 4, 5, 9].map((n) => segment.elementOffset(n) - segment.offset),
    [4, 16, 17, 25, 25, 25],
  );
});

test('text: UTF-8 and Windows-1252 both read', () => {
  const text = usual.replace('DALLAS', 'MÜNCHEN');
  const city = (bytes: Uint8Array) =>
    readX12(bytes).interchanges[0]?.groups[0]?.transactions[0]?.segments[5]?.element(1);
  assert.equal(city(bytesOf(text)), 'MÜNCHEN');
  assert.equal(city(new Uint8Array(Buffer.from(text, 'latin1'))), 'MÜNCHEN');
});

for (const text of ['', 'ISA', 'ISAAC NEWTON', 'UNA:+.? ', '{"a":1}', '<ISA>', 'ISA ', 'GS*QM*A*B']) {
  test(`sniff: ${JSON.stringify(text)} is not X12`, () => assert.equal(looksLikeX12(bytesOf(text)), false));
}
