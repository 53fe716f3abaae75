// The page that documents the faults and the catalogue are the same set, and every sentence is fit to be shown.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { X12_FAULTS, type X12FaultKind } from './fault-catalogue.ts';
import { faultAt } from './faults.ts';

const page = readFileSync(new URL('./README.md', import.meta.url), 'utf8');
const rows = page.matchAll(/^\| `([a-z0-9-]+)` \| (\w+) \| (\w+) \| ([^|]*) \|/gm);
const documented = new Map([...rows].map(([, kind, level, severity, code]) => [kind, [level, severity, code?.trim()]]));

test('the README lists exactly the faults of the catalogue, with level, severity and code', () => {
  const catalogue = Object.entries(X12_FAULTS).map(([kind, { level, severity, code }]) => [
    kind,
    [level, severity, code],
  ]);
  assert.deepEqual(Object.fromEntries(documented), Object.fromEntries(catalogue));
});

for (const kind of Object.keys(X12_FAULTS) as X12FaultKind[]) {
  test(`fault ${kind}: one line that names place, reason and how to mend`, () => {
    const place = { segment: 'AT7', offset: 1234, element: 1 };
    const { message } = faultAt(kind, place, { expected: '3', found: `bad\r\n${'x'.repeat(500)}` });
    assert.match(message, /^AT701 at byte 1234: [^\n\r]+; [^\n\r]+$/);
    assert.ok(message.length < 240, message);
  });
}
