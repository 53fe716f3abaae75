import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { startLading } from '../../../test/support/real-process.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'lading-demo-'));
after(() => rmSync(dataDir, { recursive: true, force: true }));

for (const days of ['0', '9', '1.5', 'two']) {
  test(`demo plays no ${days} days`, async () => {
    const demo = startLading(['demo', '--once', '--days', days], { LADING_DATA: dataDir });
    assert.equal((await demo.ended).code, 2);
    assert.equal(demo.stderr(), `not a number of days: --days ${days}: give 1 to 8\n`);
  });
}
