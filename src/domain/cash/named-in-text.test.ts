import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { namedInText, nameIndexOf, possiblyNamed } from './named-in-text.ts';

const INVOICES = [
  { number: 'S-1-1', erpNumber: 'INV/2026/00007' },
  { number: 'S-1-12' },
  { number: 'S-2-1', erpNumber: 'INV/2026/00009' },
  { number: 'A+B (1)-1' },
];
const cases: [string, string[]][] = [
  ['payment of S-1-1', ['S-1-1']],
  ['INV/2026/00009 AND s-1-1.', ['S-2-1', 'S-1-1']],
  ['inv/2026/00007; E2E', ['S-1-1']],
  ['S-1-12,S-2-1', ['S-1-12', 'S-2-1']],
  ['"S-1-1"/(S-2-1)', ['S-1-1', 'S-2-1']],
  ['XS-1-1 AS-1-1 S-1-1-2 S-1-1/3 INV/2026/000071 X-S-1-1', []],
  ['ref a+b (1)-1', ['A+B (1)-1']],
  ['S 1 1', []],
  ['', []],
];
for (const [text, named] of cases) {
  test(`named in "${text}"`, () => {
    assert.deepEqual(
      namedInText(text, INVOICES).map(({ number }) => number),
      named,
    );
  });
}

test('the index leaves out nothing that the text names', () => {
  const piece = fc.constantFrom('S', 's', '1', '12', '-', '/', '_', '.', ' ', 'ä', 'Ä', '(', ',');
  const text = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(''));
  const numbered = fc.record({ number: text, erpNumber: text }, { requiredKeys: ['number'] });
  fc.assert(
    fc.property(text, fc.array(numbered, { maxLength: 6 }), (said, invoices) => {
      const possible = possiblyNamed(said, nameIndexOf(invoices));
      assert.deepEqual(new Set(namedInText(said, possible)), new Set(namedInText(said, invoices)));
    }),
    { numRuns: 2_000 },
  );
});
