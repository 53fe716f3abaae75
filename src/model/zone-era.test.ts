import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR_MS, instantOf } from './time.ts';
import { zoneEraAt } from './zone-era.ts';

const SPRING = instantOf('2026-03-08T08:00:00Z');
const AUTUMN = instantOf('2026-11-01T07:00:00Z');

// Asked first at the very change, so that nothing known before can answer.
test('an era begins with the change of the clocks and ends before the next', () => {
  assert.deepEqual(zoneEraAt('America/Chicago', SPRING), { from: SPRING, until: AUTUMN, offsetMs: -5 * HOUR_MS });
  assert.equal(zoneEraAt('America/Chicago', SPRING - 1).until, SPRING);
  assert.equal(zoneEraAt('America/Chicago', SPRING - 1).offsetMs, -6 * HOUR_MS);
  assert.equal(zoneEraAt('America/Chicago', AUTUMN).offsetMs, -6 * HOUR_MS);
});

test('a zone that no longer changes its clocks has an era without end', () => {
  assert.equal(zoneEraAt('Asia/Kolkata', SPRING).until, Number.POSITIVE_INFINITY);
});

test('many eras of one zone, asked to and fro, stay right', () => {
  for (let year = 1900; year < 2060; year += 1) {
    const summer = zoneEraAt('Europe/Berlin', instantOf(`${year}-07-01T00:00:00Z`));
    assert.ok(summer.from <= instantOf(`${year}-07-01T00:00:00Z`));
    assert.equal(zoneEraAt('Europe/Berlin', SPRING).offsetMs, HOUR_MS);
  }
});
