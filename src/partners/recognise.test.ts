import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type RecognisedFormat, recognise } from './recognise.ts';
import { translated } from './testing/interchange.ts';

const beginnings: [string, RecognisedFormat][] = [
  ['ISA*00*', 'x12'],
  ['\ufeff\r\n ISA|00|', 'x12'],
  ['{"specversion":"1.0"}', 'json'],
  ['  [\n{}]', 'json'],
  ["UNA:+.? 'UNB+UNOC:3+A+B'", 'edifact'],
  ["UNB+UNOA:1+A+B'", 'edifact'],
  ['<?xml version="1.0"?><Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"/>', 'ubl'],
  ['<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02">', 'iso20022'],
  ['<html>', 'xml'],
  ['{1:F01BANKBEBBAXXX0000000000}', 'mt940'],
  [':20:STARTUMS\r\n:25:1', 'mt940'],
  ['01,122099999,123456789,040621,0200,1,65,,2/\n', 'bai2'],
  ['shipment;status\nS-1;done\n', 'delimited'],
  ['PRO 6001 delivered, signed by Bell\n', 'unknown'],
  ['%PDF-1.7\n', 'unknown'],
  ['', 'empty'],
  [' \r\n', 'empty'],
];
for (const [bytes, format] of beginnings) {
  test(`recognised by its beginning: ${JSON.stringify(bytes.slice(0, 24))} is ${format}`, () =>
    assert.equal(recognise(Buffer.from(bytes)).format, format));
}

test('what is not read yet is named as what it is', () => {
  const { problems, events } = translated("UNB+UNOA:1+A+B'", undefined, { fileName: 'iftsta.edi' });
  assert.deepEqual(events, []);
  assert.deepEqual([problems[0]?.kind, problems[0]?.subject], ['unreadable-message', 'iftsta.edi']);
  assert.match(problems[0]?.detail ?? '', /^recognised as EDIFACT, which is not read yet/);
});

test('a body has no file name: the partner is the subject', () => {
  const bytes = Buffer.from('hello');
  const { fileName: _, ...body } = { bytes, partner: 'swft', receivedAt: 0, fileName: '' };
  assert.equal(translated(bytes, undefined, { ...body, fileName: undefined as never }).problems[0]?.subject, 'swft');
});
