import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { deskTime, lastWholeWeek, progressFile } from './progress.ts';

const folder = mkdtempSync(join(tmpdir(), 'lading-progress-'));
after(() => rmSync(folder, { recursive: true, force: true }));

test('progress: what was written is read, and forgotten when told', () => {
  const file = progressFile(join(folder, 'not', 'yet', 'there'));
  assert.equal(file.read(), undefined);
  file.write({ firstDay: '2026-03-02', taken: 0 });
  file.write({ firstDay: '2026-03-02', taken: 41 });
  assert.deepEqual(file.read(), { firstDay: '2026-03-02', taken: 41 });
  file.forget();
  assert.equal(file.read(), undefined);
});

const broken = [
  { text: '', name: 'empty' },
  { text: '{"firstDay":"2026-03-', name: 'cut off' },
  { text: '{"firstDay":"2026-02-30","taken":3}', name: 'a day that is none' },
  { text: '{"firstDay":"2026-03-02","taken":"many"}', name: 'a count that is none' },
  { text: '{"taken":3}', name: 'without its week' },
];

for (const { text, name } of broken) {
  test(`progress: a file that is ${name} is none, and the week begins anew`, () => {
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, 'progress.json'), text);
    assert.equal(progressFile(join(folder, name)).read(), undefined);
  });
}

test('progress: a write that was cut off leaves what was there', () => {
  const file = progressFile(join(folder, 'cut'));
  file.write({ firstDay: '2026-03-02', taken: 7 });
  writeFileSync(join(folder, 'cut', 'progress.json.new'), '{"firstD');
  assert.equal(file.read()?.taken, 7);
  file.write({ firstDay: '2026-03-02', taken: 8 });
  assert.equal(file.read()?.taken, 8);
});

// Monday 2 March 2026; the week's loads bring events until eight days after its Monday.
const weeks = [
  { now: '2026-03-16T00:00:00Z', monday: '2026-03-02' },
  { now: '2026-03-18T12:00:00Z', monday: '2026-03-02' },
  { now: '2026-03-22T23:59:59Z', monday: '2026-03-02' },
  { now: '2026-03-23T00:00:00Z', monday: '2026-03-09' },
  { now: '2026-01-01T00:00:00Z', monday: '2025-12-15' },
];

for (const { now, monday } of weeks) {
  test(`the last whole week at ${now}`, () => assert.equal(lastWholeWeek(Date.parse(now)), monday));
}

test('the desk reads its own clock, in summer and in winter', () => {
  assert.equal(deskTime(Date.parse('2026-03-03T20:20:00Z')), 'Tue 3 Mar 14:20');
  assert.equal(deskTime(Date.parse('2026-07-01T05:05:00Z')), 'Wed 1 Jul 00:05');
});
