// A stream that never ends what it began must not fill the memory, whatever it is that does not end.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { X12FaultKind } from './fault-catalogue.ts';
import { createX12Reader } from './reader.ts';
import { bytesOf, interchangeText, isaText } from './testing/interchange-text.ts';

const CHUNKS = 128;
const CHUNK_BYTES = 32_768;
const LIMIT = 100_000;

const opening = `${isaText()}GS*QM*SWFT*LADINGHUB*20260312*0815*4711*X*004010~\n`;
const endless: { name: string; before: string; of: string; faults: X12FaultKind[] }[] = [
  { name: 'junk', before: '', of: 'x', faults: ['isa-not-found'] },
  { name: 'blanks before ISA', before: '', of: ' ', faults: ['input-empty'] },
  {
    name: 'a segment in a group',
    before: `${opening}N1*`,
    of: 'x',
    faults: ['segment-too-long', 'ge-missing', 'iea-missing'],
  },
  {
    name: 'a segment in a transaction',
    before: `${opening}ST*214*0001~N1*`,
    of: 'x',
    faults: ['transaction-too-large', 'se-missing', 'ge-missing', 'iea-missing'],
  },
  {
    name: 'elements',
    before: `${opening}ST*214*0001~N1`,
    of: '*',
    faults: ['transaction-too-large', 'se-missing', 'ge-missing', 'iea-missing'],
  },
  {
    name: 'blanks in a transaction',
    before: `${opening}ST*214*0001~`,
    of: '\n',
    faults: ['transaction-too-large', 'se-missing', 'ge-missing', 'iea-missing'],
  },
  {
    name: 'segments in a transaction',
    before: `${opening}ST*214*0001~`,
    of: 'N1*~',
    faults: ['transaction-too-large', 'se-missing', 'ge-missing', 'iea-missing'],
  },
];

for (const { name, before, of, faults } of endless) {
  test(`endless ${name}: memory stays bounded, and the faults say what it was`, () => {
    const told: X12FaultKind[] = [];
    const options = { maximumTransactionBytes: LIMIT, transactionsKept: false };
    const reader = createX12Reader({ fault: ({ kind }) => told.push(kind) }, options);
    const chunk = bytesOf(of.repeat(CHUNK_BYTES / of.length));
    const atStart = process.memoryUsage().arrayBuffers;
    reader.push(bytesOf(before));
    let most = 0;
    for (let n = 0; n < CHUNKS; n++) {
      reader.push(chunk);
      most = Math.max(most, process.memoryUsage().arrayBuffers - atStart);
    }
    reader.end();
    // Pages and their doubled copies, and the table with four bytes an element: well below the four megabytes sent.
    assert.ok(most < 30 * LIMIT, `${most} bytes are held`);
    assert.deepEqual(told, faults);
  });
}

test('handlers are told in the order of the input, with headers that are complete at their end', () => {
  const told: string[] = [];
  const reader = createX12Reader({
    interchange: ({ controlNumber }) => told.push(`interchange ${controlNumber}`),
    group: ({ controlNumber }) => told.push(`group ${controlNumber}`),
    transaction: ({ code, controlNumber }, group) => told.push(`${code} ${controlNumber} of ${group.functionalId}`),
    groupEnd: ({ transactionCount, accepted }) => told.push(`group end ${transactionCount} ${accepted}`),
    interchangeEnd: ({ groupCount, complete }) => told.push(`interchange end ${groupCount} ${complete}`),
    fault: ({ kind }) => told.push(kind),
  });
  reader.push(bytesOf(interchangeText().replace('GE*1', 'GE*2')));
  reader.end();
  assert.equal(reader.bytesTaken, bytesOf(interchangeText()).length);
  assert.deepEqual(told, [
    'interchange 000004711',
    'group 4711',
    '214 0001 of QM',
    'ge-transaction-count-wrong',
    'group end 1 false',
    'interchange end 1 true',
  ]);
});
