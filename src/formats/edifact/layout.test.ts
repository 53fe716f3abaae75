import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { layOutEdifact } from './layout.ts';

const laidOut = (text: string, most = 1_000) => layOutEdifact(Buffer.from(text, 'latin1'), most);
const texts = (text: string) =>
  laidOut(text)?.segments.map(({ id, elements }) => [id, ...elements.map((parts) => parts.map((part) => part.text))]);

test('segments, elements and components stand at their bytes', () => {
  const text = "UNB+UNOC:3+A+B+260305:1200+7'\r\nNAD+CZ++Acme:East''";
  const layout = laidOut(text);
  assert.deepEqual(layout?.segments[1], {
    offset: 31,
    end: 48,
    id: 'NAD',
    elements: [
      [{ offset: 35, text: 'CZ' }],
      [{ offset: 38, text: '' }],
      [
        { offset: 39, text: 'Acme' },
        { offset: 44, text: 'East' },
      ],
    ],
  });
  assert.equal(text.slice(31, 48), 'NAD+CZ++Acme:East');
});

const cases = [
  {
    name: 'separators of its own, named by UNA',
    text: 'UNA^|.! ~UNB|UNOA^1~FTX|AAA!|B!^C!!|D~',
    says: [
      ['UNA', ['^|.! ~']],
      ['UNB', ['UNOA', '1']],
      ['FTX', ['AAA!|B!^C!!'], ['D']],
    ],
  },
  {
    name: 'a released terminator ends nothing',
    text: "UNB+UNOA:1'FTX+AAI+++It?'s 5?+5'UNZ+0+1'",
    says: [
      ['UNB', ['UNOA', '1']],
      ['FTX', ['AAI'], [''], [''], ["It?'s 5?+5"]],
      ['UNZ', ['0'], ['1']],
    ],
  },
  {
    name: 'no release character where UNA leaves it blank',
    text: "UNA:+.  'UNB+what?'UNZ+1'",
    says: [
      ['UNA', [":+.  '"]],
      ['UNB', ['what?']],
      ['UNZ', ['1']],
    ],
  },
  {
    name: 'a file wrapped in the midst of a tag',
    text: "UNB+A'UN\r\nZ+0'",
    says: [
      ['UNB', ['A']],
      ['UNZ', ['0']],
    ],
  },
  {
    name: 'a file that ends in the midst',
    text: "UNB+UNOA:1'UNH+1+IFTS",
    says: [
      ['UNB', ['UNOA', '1']],
      ['UNH', ['1'], ['IFTS']],
    ],
  },
  {
    name: 'a line break in front of every segment',
    text: "\r\nUNB+A'\n\nUNZ+0'\n",
    says: [
      ['UNB', ['A']],
      ['UNZ', ['0']],
    ],
  },
];

for (const { name, text, says } of cases) {
  test(`EDIFACT: ${name}`, () => {
    assert.deepEqual(texts(text), says);
  });
}

test('only so many segments as are wanted, and said that there are more', () => {
  const layout = laidOut("UNB+A'UNH+1'UNT+1'", 2);
  assert.deepEqual([layout?.segments.length, layout?.more], [2, true]);
});

test('what is no EDIFACT is not laid out', () => {
  for (const text of ['', 'ISA*00*', 'hello', 'UN', 'BGM+1']) assert.equal(laidOut(text), undefined, text);
});

test('any bytes are laid out within themselves, and nothing of them is lost', () => {
  const bytes = fc.stringMatching(/^[A-C?+:' ]*$/).map((text) => `UNB+${text}`);
  fc.assert(
    fc.property(bytes, (text) => {
      const layout = laidOut(text, 10_000);
      assert.ok(layout !== undefined);
      for (const { offset, end, elements, id } of layout.segments) {
        const written = [id, ...elements.map((parts) => parts.map((part) => part.text).join(':'))].join('+');
        assert.equal(text.slice(offset, end), written);
        for (const part of elements.flat()) assert.ok(text.startsWith(part.text, part.offset));
      }
    }),
  );
});

const CORPUS = join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'corpus');
const missing = existsSync(CORPUS) ? false : `there is no corpus at ${CORPUS}`;

// Counted by a plain split that knows nothing of our reader; UNT says how many segments its message has.
test('real interchanges have as many segments as their UNT says', { skip: missing }, () => {
  const files = ['edifact-iftmin/eancom-d96a.edi', 'edifact-desadv/eancom-d96a.edi', 'edifact-invoic/d97b-una.edi'];
  for (const file of files) {
    const { segments } = layOutEdifact(readFileSync(join(CORPUS, file)), 10_000) ?? assert.fail(file);
    const first = segments.findIndex(({ id }) => id === 'UNH');
    const last = segments.findIndex(({ id }) => id === 'UNT');
    assert.equal(Number(segments[last]?.elements[0]?.[0]?.text), last - first + 1, file);
  }
});

test('every EDIFACT file that we know is laid out', { skip: missing }, () => {
  const folders = readdirSync(CORPUS).filter((name) => name.startsWith('edifact-'));
  for (const folder of folders) {
    for (const name of readdirSync(join(CORPUS, folder))) {
      const bytes = readFileSync(join(CORPUS, folder, name));
      if (!/^\s*UN[AB]/.test(bytes.toString('latin1'))) continue;
      const layout = layOutEdifact(bytes, 100_000);
      assert.ok((layout?.segments.length ?? 0) > 2, `${folder}/${name}`);
    }
  }
});
