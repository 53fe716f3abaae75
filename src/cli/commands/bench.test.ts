// `lading bench --quick` as a user starts it: that every figure is made, never how large it is.
import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { BenchFigures } from '../../../bench/figures.ts';
import type { Judged } from '../../../bench/targets.ts';
import { startLading } from '../../../test/support/real-process.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'lading bench '));
chmodSync(dataDir, 0o711);
after(() => rmSync(dataDir, { recursive: true, force: true }));

test('bench --quick --json makes every figure', { timeout: 180_000 }, async (t) => {
  const bench = startLading(['bench', '--quick', '--json', '--events', '600'], { LADING_DATA: dataDir });
  t.after(bench.kill);
  const { code } = await bench.ended;
  assert.equal(code, 0, bench.stderr());
  const figures = JSON.parse(bench.stdout()) as BenchFigures & { targets: Judged[] };
  const { reading, translating, path, delivery, targets } = figures;
  assert.equal(figures.quick, true);
  assert.equal(Object.keys(reading.contestants).length, 6);
  for (const { megabytesPerSecond } of Object.values(reading.contestants)) assert.ok(megabytesPerSecond > 0);
  assert.equal(reading.largeStream.complete, true);
  assert.ok(translating.milestones > 1_000, 'every 214 of a megabyte gave its milestone');
  assert.equal(path.events, 600);
  assert.ok(path.eventsPerSecond > 0 && (path.toJobQueue ?? 0) > 0 && (path.toBatched ?? 0) > 0);
  assert.equal(path.residentMegabytes.length, 1);
  assert.ok(delivery.p50Ms > 0 && delivery.p50Ms <= delivery.p99Ms && delivery.p99Ms <= delivery.longestMs);
  assert.ok(targets.length > 10);
  assert.deepEqual(
    targets.filter(({ value }) => /NaN|undefined/.test(value)),
    [],
  );
});

test('bench takes only whole numbers of events', async () => {
  const bench = startLading(['bench', '--events', 'many'], { LADING_DATA: dataDir });
  const { code } = await bench.ended;
  assert.equal(code, 2);
  assert.equal(bench.stderr(), 'not a number of events: --events many: give 1 to 10000000\n');
});
