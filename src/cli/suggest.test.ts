import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearest } from './suggest.ts';

const known = ['demo', 'doctor', 'explain', 'replay', 'scenario', 'send'];
const cases = [
  { typed: 'demp', meant: 'demo' },
  { typed: 'doctro', meant: 'doctor' },
  { typed: 'scen', meant: 'scenario' },
  { typed: 'expalin', meant: 'explain' },
  { typed: 'sned', meant: 'send' },
  { typed: 'invoice', meant: undefined },
  { typed: '', meant: undefined },
];
for (const { typed, meant } of cases) {
  test(`suggest: "${typed}" means ${meant ?? 'nothing we know'}`, () => assert.equal(nearest(typed, known), meant));
}
