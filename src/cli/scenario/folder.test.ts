import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { UserError } from '../user-error.ts';
import { readScenario } from './folder.ts';

const root = mkdtempSync(join(tmpdir(), 'scenario-'));
after(() => rmSync(root, { recursive: true }));

const ABOUT = { name: 'x', startsAt: '2026-03-02T00:00:00Z', endsAt: '2026-03-03T00:00:00Z' };
const PARTNERS = [{ id: 'acme', name: 'Acme', roles: ['customer'] }];
const at = '2026-03-02T10:00:00Z';

function folder(files: Record<string, unknown>): string {
  const dir = mkdtempSync(join(root, 'f-'));
  mkdirSync(join(dir, 'inbound'));
  for (const [name, content] of Object.entries({ 'scenario.json': ABOUT, 'partners.json': PARTNERS, ...files })) {
    if (content !== undefined)
      writeFileSync(join(dir, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return dir;
}

function traffic(...steps: object[]): string {
  return steps.map((step) => `${JSON.stringify(step)}\n`).join('');
}

test('a scenario is read with the bytes and setup that its steps name', async () => {
  const dir = folder({
    'traffic.jsonl': traffic(
      { at, partner: 'acme', body: { a: 1 } },
      { at, partner: 'acme', file: 'one.edi' },
      { at, erp: 'timeout-after-commit' },
      { at, crash: true },
      { at, approve: { exception: 'adjustment-approval', subject: 'S-1' } },
    ),
    'inbound/one.edi': 'ISA*',
    'expected.json': { erp: { invoices: 0 } },
  });
  const scenario = await readScenario(dir);
  assert.deepEqual(
    scenario.steps.map(({ step }) => step),
    ['body', 'file', 'erp', 'crash', 'approve'],
  );
  assert.equal(Buffer.from(scenario.inbound.get('one.edi') ?? []).toString(), 'ISA*');
  assert.deepEqual(scenario.expected, { erp: { invoices: 0 } });
});

const broken = [
  { name: 'no such folder', dir: () => join(root, 'nowhere'), says: /scenario\.json: is not there/ },
  { name: 'no traffic', dir: () => folder({}), says: /traffic\.jsonl: is not there/ },
  {
    name: 'an unknown step',
    dir: () => folder({ 'traffic.jsonl': traffic({ at, reboot: true }) }),
    says: /traffic\.jsonl:1: is no step; it has exactly one of file, body, erp, crash, approve, refuse, enter, dispute, import, period, replay/,
  },
  {
    name: 'an unknown ERP fault',
    dir: () => folder({ 'traffic.jsonl': traffic({ at, erp: 'on fire' }) }),
    says: /traffic\.jsonl:1: erp is none of down, up, slow, timeout-after-commit/,
  },
  {
    name: 'a surplus key',
    dir: () => folder({ 'traffic.jsonl': traffic({ at, crash: true, soon: 1 }) }),
    says: /traffic\.jsonl:1: .*has the unknown key soon/,
  },
  {
    name: 'steps out of order',
    dir: () => folder({ 'traffic.jsonl': traffic({ at, crash: true }, { at: ABOUT.startsAt, crash: true }) }),
    says: /traffic\.jsonl:2: its time lies before/,
  },
  {
    name: 'a file that is not there',
    dir: () => folder({ 'traffic.jsonl': traffic({ at, partner: 'acme', file: 'none.edi' }) }),
    says: /inbound\/none\.edi \(traffic\.jsonl:1\): is not there/,
  },
  {
    name: 'a file elsewhere',
    dir: () => folder({ 'traffic.jsonl': traffic({ at, partner: 'acme', file: '../partners.json' }) }),
    says: /leads out of inbound/,
  },
  {
    name: 'broken setup',
    dir: () => folder({ 'traffic.jsonl': '', 'partners.json': [{ id: 'acme', name: 'Acme', roles: ['boss'] }] }),
    says: /partners\.json: \[0\]\.roles\[0\]/,
  },
  {
    name: 'an import of a folder that is not there',
    dir: () => folder({ 'traffic.jsonl': traffic({ at, import: 'none' }) }),
    says: /none \(traffic\.jsonl:1\): it is not there; check the name$/,
  },
  {
    name: 'an import from elsewhere',
    dir: () => folder({ 'traffic.jsonl': traffic({ at, import: '../x' }) }),
    says: /traffic\.jsonl:1: import is not the name of a folder in the scenario/,
  },
  {
    name: 'broken JSON',
    dir: () => folder({ 'traffic.jsonl': '{"at"\n' }),
    says: /traffic\.jsonl:1: is broken JSON/,
  },
];

for (const { name, dir, says } of broken) {
  test(`a broken scenario says so in one line: ${name}`, async () => {
    await assert.rejects(readScenario(dir()), (error) => error instanceof UserError && says.test(error.message));
  });
}
