import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jsonFaultPlace } from './fault-place.ts';

const cases: [string, number][] = [
  ['', 0],
  ['{"a": }', 6],
  ['{"a": 1,}', 8],
  ['{"a" 1}', 5],
  ['{a: 1}', 1],
  ['[1 2]', 3],
  ['[1, 2', 5],
  ['[1, 2}', 5],
  ['{"a": 01}', 7],
  ['{"a": tru}', 6],
  ['"a\nb"', 2],
  ['["\\q"]', 2],
  ['["\\u12g4"]', 2],
  ['{} {}', 3],
  ['"never ends', 11],
  ['[]]', 2],
];
for (const [text, at] of cases) {
  test(`broken JSON: ${JSON.stringify(text)} breaks at ${at}`, () => {
    assert.throws(() => JSON.parse(text), SyntaxError);
    assert.equal(jsonFaultPlace(text).at, at);
  });
}

test('broken JSON: line and column count from 1', () => {
  const { line, column } = jsonFaultPlace('{"a": 1,\n  "b": }');
  assert.deepEqual([line, column], [2, 8]);
});
