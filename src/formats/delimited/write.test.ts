import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csvText } from './index.ts';

test('csv: what holds a comma, a quote or a line break is quoted', () => {
  assert.equal(csvText([['a', 'b,c', 'say "d"', 'e\nf', '']]), 'a,"b,c","say ""d""","e\nf",\r\n');
});
