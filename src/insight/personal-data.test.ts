import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutPersonalData } from './personal-data.ts';

const cases: readonly (readonly [what: string, text: string, shown: string])[] = [
  ['a value under its name', '{"phone": "+1 815 555 0100", "po": "4711"}', '{"phone": "•••", "po": "4711"}'],
  ['quotes inside a value', '{"signedBy":"A \\"Bo\\" C","n":1}', '{"signedBy":"•••","n":1}'],
  [
    'an element of XML, with its prefix',
    '<cbc:Telephone>555</cbc:Telephone><a>1</a>',
    '<cbc:Telephone>•••</cbc:Telephone><a>1</a>',
  ],
  ['an address wherever it stands', 'Write to jane.o’neil@example.co.uk today', 'Write to jane.o’••• today'],
  [
    'numbers of shipments stay',
    '{"shipment":"8155550100","eta":"2026-03-05T12:00:00Z"}',
    '{"shipment":"8155550100","eta":"2026-03-05T12:00:00Z"}',
  ],
];

for (const [what, text, shown] of cases) test(what, () => assert.equal(withoutPersonalData(text), shown));
