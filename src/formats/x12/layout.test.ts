import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { layOutX12 } from './layout.ts';

const ISA =
  'ISA*00*          *00*          *02*SWFT           *ZZ*LADING         *260305*1200*U*00401*000000001*0*P*>~';
const bytesOf = (text: string) => Buffer.from(text, 'latin1');

test('segments and elements stand at their bytes', () => {
  const text = `${ISA}\nGS*QM*SWFT*LADING~\n  B10*1**SWFT ~`;
  const layout = layOutX12(bytesOf(text), 100);
  assert.deepEqual(
    layout?.segments.map(({ id, offset }) => [id, offset]),
    [
      ['ISA', 0],
      ['GS', 107],
      ['B10', 128],
    ],
  );
  const b10 = layout?.segments[2];
  assert.deepEqual(b10?.elements, [
    { offset: 132, text: '1' },
    { offset: 134, text: '' },
    { offset: 135, text: 'SWFT' },
  ]);
  assert.equal(text.slice(b10?.offset, b10?.end), 'B10*1**SWFT');
  assert.equal(layout?.segments[0]?.elements.length, 16);
});

test('a file that ends in the midst, and one with other delimiters behind it', () => {
  const other = ISA.replaceAll('*', '|').replaceAll('~', "'");
  const layout = layOutX12(bytesOf(`${ISA}ST*214*1~L11*A~${other}ST|990|2`), 100);
  assert.deepEqual(
    layout?.segments.map(({ id, elements }) => [id, elements.length, elements[0]?.text]),
    [
      ['ISA', 16, '00'],
      ['ST', 2, '214'],
      ['L11', 1, 'A'],
      ['ISA', 16, '00'],
      ['ST', 2, '990'],
    ],
  );
});

test('no more than asked for, and nothing where no ISA begins', () => {
  const layout = layOutX12(bytesOf(`${ISA}ST*214*1~L11*A~`), 2);
  assert.deepEqual([layout?.segments.length, layout?.more], [2, true]);
  assert.equal(layOutX12(bytesOf('Dear Bob,\nplease see attached'), 10), undefined);
  assert.equal(layOutX12(bytesOf(''), 10), undefined);
});

const CORPUS = join(import.meta.dirname, '../../../../shared/corpus');

test('every element of the real files is where it says', { skip: !existsSync(CORPUS) && 'no corpus here' }, () => {
  let laidOut = 0;
  for (const name of readdirSync(CORPUS, { recursive: true, encoding: 'utf8' })) {
    const file = join(CORPUS, name);
    if (!/\.(edi|x12)$/i.test(name) || !statSync(file).isFile()) continue;
    const bytes = readFileSync(file);
    const layout = layOutX12(bytes, 5_000);
    if (layout === undefined) continue;
    laidOut += 1;
    for (const { id, offset, end, elements } of layout.segments) {
      const whole = bytes.toString('latin1', offset, end);
      assert.ok(whole.startsWith(id.slice(0, 3)), `${name}: ${id} at ${offset}`);
      const last = elements.at(-1);
      if (last !== undefined) assert.ok(last.offset <= end, `${name}: ${id} at ${offset}`);
    }
  }
  assert.ok(laidOut > 50, `${laidOut} files`);
});
