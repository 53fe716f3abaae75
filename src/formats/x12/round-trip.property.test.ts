// The promise between reader and writer: what is written reads as what was meant, and writing what was read changes no byte.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { X12Delimiters } from './document.ts';
import { plainX12, type X12PlainElement, type X12PlainGroup, type X12PlainInterchange } from './plain.ts';
import { readX12 } from './read.ts';
import { corpusBytes, corpusMissing } from './testing/corpus.ts';
import { bytesOf, interchangeText, STATUS_214 } from './testing/interchange-text.ts';
import { writeX12 } from './write.ts';

// Marks of which delimiters are made; data never has them, as a writer would refuse it.
const marks = ['*', '>', '~', '^', '|', ':', '\\', '`', '…', '!'];
const delimiters: fc.Arbitrary<X12Delimiters> = fc
  .tuple(
    fc.shuffledSubarray(marks, { minLength: 4 }),
    fc.constantFrom('', '\n', '\r\n'),
    fc.integer({ min: 0, max: 3 }),
  )
  .filter(([[element, component, repetition]]) => ![element, component, repetition].includes('…'))
  .map(([[element = '', component = '', repetition = '', mark = ''], lineBreak, ending]) =>
    ending === 0
      ? { element, component, repetition, segment: '\n', lineBreak: '' }
      : ending === 1
        ? { element, component, repetition, segment: '\r\n', lineBreak: '' }
        : { element, component, repetition, segment: mark, lineBreak },
  );

const word = fc.string({ unit: fc.constantFrom(...'ABCXYZ019 .-/#éÜ—日'), maxLength: 12 }).map((text) => text.trim());
const filled = word.map((text) => text || 'X');
const composite = fc.oneof(
  { weight: 4, arbitrary: word },
  fc.record({ components: fc.array(word, { minLength: 2, maxLength: 3 }) }),
);
const element: fc.Arbitrary<X12PlainElement> = fc.oneof(
  { weight: 5, arbitrary: composite },
  fc.record({ repeats: fc.array(composite, { minLength: 2, maxLength: 3 }) }),
);
const segment = fc
  .tuple(
    fc.constantFrom('B10', 'L11', 'N1', 'S5', 'G62', 'IT1', 'SAC', 'TD5', 'AT7'),
    fc.array(element, { maxLength: 6 }),
  )
  .map(([id, elements]): [string, ...X12PlainElement[]] => [id, ...elements]);

const digits = (length: number) => fc.stringMatching(new RegExp(`^[1-9]\\d{${length - 1}}$`));
const transactions = fc
  .array(fc.tuple(fc.constantFrom('204', '214', '210'), fc.array(segment, { maxLength: 6 })), { maxLength: 4 })
  .map((list) =>
    list.map(([code, segments], n) => ({ code, controlNumber: String(n + 1).padStart(4, '0'), segments })),
  );
const group = (controlNumber: string): fc.Arbitrary<X12PlainGroup> =>
  fc.record({
    functionalId: fc.constantFrom('QM', 'SM', 'IM'),
    sender: filled,
    receiver: filled,
    date: digits(8),
    time: digits(4),
    controlNumber: fc.constant(controlNumber),
    agency: fc.constant('X'),
    release: fc.constantFrom('003020', '004010', '005010', '008010'),
    transactions,
  });
const interchange: fc.Arbitrary<X12PlainInterchange> = fc.record({
  senderQualifier: fc.constantFrom('02', 'ZZ'),
  sender: fc.stringMatching(/^[A-Z0-9]{1,15}$/),
  receiverQualifier: fc.constantFrom('01', 'ZZ'),
  receiver: fc.stringMatching(/^[A-Z0-9]{1,15}$/),
  date: digits(6),
  time: digits(4),
  version: fc.constantFrom('00302', '00401', '00501', '00801'),
  controlNumber: digits(9),
  acknowledgementRequested: fc.boolean(),
  usage: fc.constantFrom('P', 'T'),
  delimiters,
  groups: fc
    .integer({ min: 0, max: 2 })
    .chain((count) => fc.tuple(...Array.from({ length: count }, (_, n) => group(String(n + 1))))),
});

test('round trip: what was written reads whole, and writes again byte by byte', () => {
  fc.assert(
    fc.property(fc.array(interchange, { minLength: 1, maxLength: 2 }), (interchanges) => {
      const written = writeX12(interchanges);
      assert.equal(written.kind, 'written');
      const document = readX12(written.bytes);
      assert.deepEqual(
        document.faults.filter((fault) => fault.kind !== 'gs-release-differs'),
        [],
      );
      assert.ok(document.interchanges.every(({ complete }) => complete));
      const again = plainX12(document);
      const meant = interchanges.map(({ groups }) => groups.map(segmentsOfGroup));
      assert.deepEqual(
        again.map(({ groups }) => groups.map(segmentsOfGroup)),
        meant,
      );
      assert.deepEqual(writeX12(again), written);
    }),
    { numRuns: 150 },
  );
});

// As text, because fast-check makes records without a prototype.
const segmentsOfGroup = (one: X12PlainGroup): string =>
  JSON.stringify(one.transactions.map((transaction) => transaction.segments));

const forms: { name: string; text: string }[] = [
  { name: 'no line breaks', text: interchangeText(STATUS_214, { lineBreak: '' }) },
  { name: 'CRLF after the terminator', text: interchangeText(STATUS_214, { lineBreak: '\r\n' }) },
  { name: 'lines as terminator', text: interchangeText(STATUS_214, { terminator: '\n', lineBreak: '' }) },
  { name: 'no line break at the very end', text: interchangeText().slice(0, -1) },
  { name: 'zero-padded counts', text: interchangeText().replace('SE*7*', 'SE*0007*').replace('IEA*1', 'IEA*00001') },
];

for (const { name, text } of forms) {
  test(`round trip: ${name}`, () => {
    const written = writeX12(plainX12(readX12(bytesOf(text))));
    assert.equal(written.kind === 'written' && new TextDecoder().decode(written.bytes), text);
  });
}

// Real files that keep the form of the standard.
const wellFormed = [
  'x12-204/sudu-import-drayage.edi',
  'x12-810/simple810.edi',
  'x12-850/node-x12-fat.edi',
  'x12-855/acme-5010.edi',
  'x12-990/hjbt-accept.edi',
  'x12-997/extra-delimiter.edi',
  'x12-999/simple999.edi',
];

for (const file of wellFormed) {
  test(`round trip: ${file}`, { skip: corpusMissing }, () => {
    const bytes = corpusBytes(file);
    const written = writeX12(plainX12(readX12(bytes)));
    assert.equal(
      written.kind === 'written' && new TextDecoder().decode(written.bytes),
      new TextDecoder().decode(bytes),
    );
  });
}
