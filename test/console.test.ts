// The console fits the API: its types are made from the hub's own description, and its pages are checked against them.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ensureConsole } from '../src/cli/console-build.ts';

const folder = fileURLToPath(new URL('../console/', import.meta.url));
const run = promisify(execFile);

test('the pages are right by the types of the API', { timeout: 300_000 }, async () => {
  await ensureConsole({ rootDir: join(folder, '..'), tell: () => {}, packages: 'dev' });
  await run(process.execPath, ['make-types.ts'], { cwd: folder });
  const checked = await run(process.execPath, [join('node_modules', 'typescript', 'bin', 'tsc'), '--noEmit'], {
    cwd: folder,
  }).catch((error: { stdout: string }) => error);
  assert.equal(checked.stdout, '');
});
