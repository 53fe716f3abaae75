// `lading scenario` and `lading import` as a user meets them: exit codes, streams, and what a mistake is told.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createEmptyDatabase, type TestDatabase } from '../../../test/database.ts';
import type { CommandContext } from '../command.ts';
import { keepingWriter } from '../testing/run.ts';
import { UserError } from '../user-error.ts';
import { command as importCommand } from './import.ts';
import { command as scenarioCommand } from './scenario.ts';

const EXAMPLE = fileURLToPath(new URL('../../../test/scenarios/answer-lost-at-the-post-call/', import.meta.url));
const TEST_DATA_DIR = fileURLToPath(new URL('../../../.lading/test', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'commands-'));

let database: TestDatabase;
before(async () => {
  cpSync(EXAMPLE, folder, { recursive: true });
  database = await createEmptyDatabase();
});
after(async () => {
  await database.drop();
  rmSync(folder, { recursive: true });
});

async function run(command: typeof scenarioCommand, args: string[], options: Record<string, boolean> = {}) {
  const [stdout, stderr] = [keepingWriter(), keepingWriter()];
  const env = { ...process.env, LADING_DATA: TEST_DATA_DIR, DATABASE_URL: database.url };
  const context = { args, options, env, cwd: folder, rootDir: folder, signal: new AbortController().signal };
  const code = await command.run({ ...context, stdout, stderr } as CommandContext);
  return { code, out: stdout.text(), err: stderr.text() };
}

function rewrite(file: string, change: (text: string) => string): void {
  writeFileSync(join(folder, file), change(readFileSync(join(folder, file), 'utf8')));
}

test('scenario: as expected ends with 0; --json prints the outcome and nothing else', async () => {
  const { code, out, err } = await run(scenarioCommand, ['.'], { json: true, bench: true });
  assert.equal(code, 0);
  assert.deepEqual(JSON.parse(out).erp, { invoices: 2, creditNotes: 0, bills: 0 });
  assert.match(err, /events\/s/);
});

test('scenario: what differs is named with its path, and the end is 1', async () => {
  rewrite('expected.json', (text) => text.replace('"620.00", "tax"', '"621.00", "tax"'));
  const { code, err } = await run(scenarioCommand, ['.']);
  assert.equal(code, 1);
  assert.match(err, /invoices\[S-2-1\]\.subtotal\n {2}expected "621\.00"\n {2}got {6}"620\.00"/);
});

test('scenario: a step that is refused is told with its line and why', async () => {
  const { endsAt } = JSON.parse(readFileSync(join(folder, 'scenario.json'), 'utf8')) as { endsAt: string };
  const lines = readFileSync(join(folder, 'traffic.jsonl'), 'utf8').trimEnd();
  const step = { at: endsAt, approve: { exception: 'adjustment-approval', subject: 'S-404' } };
  writeFileSync(join(folder, 'traffic.jsonl'), `${lines}\n${JSON.stringify(step)}\n`);
  const { err } = await run(scenarioCommand, ['.']);
  const line = lines.split('\n').length + 1;
  assert.match(
    err,
    new RegExp(`^traffic\\.jsonl:${line}: approve did nothing: nothing of S-404 waits for approval$`, 'm'),
  );
});

test('scenario: an ERP that is not known or not named is told with what to do', async () => {
  await assert.rejects(run(scenarioCommand, ['.'], { erp: 'sap' } as never), /unknown ERP.*use --erp odoo/s);
  await assert.rejects(run(scenarioCommand, ['.'], { erp: 'odoo' } as never), /no Odoo is named.*set ODOO_URL/s);
});

test('import: new, then unchanged, then a new version', async () => {
  const first = await run(importCommand, ['.']);
  assert.equal(first.code, 0);
  assert.match(first.out, /^partner acme: new$/m);
  assert.match((await run(importCommand, ['.'])).out, /^unchanged: 5\n$/);
  rewrite('agreements.json', (text) => text.replace('"rate": "2.00"', '"rate": "2.10"'));
  assert.equal((await run(importCommand, ['.'])).out, 'agreement acme-flat: version 2\nunchanged: 4\n');
});

test('import: a broken file is named with the place in it and what is allowed, and nothing is changed', async () => {
  rewrite('policies.json', (text) => text.replace('"pod"', '"when ready"'));
  rewrite('partners.json', (text) => text.replace('Acme Tools', 'Acme Tools Ltd'));
  await assert.rejects(
    run(importCommand, ['.']),
    (error) =>
      error instanceof UserError &&
      /policies\.json: \[0\]\.trigger is none of dispatched, delivered, pod, export-cleared/.test(error.message),
  );
  rewrite('policies.json', (text) => text.replace('"when ready"', '"pod"'));
  assert.match((await run(importCommand, ['.'])).out, /^partner acme: version 2$/m);
});
