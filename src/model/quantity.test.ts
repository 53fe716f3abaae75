import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatDecimal } from './decimal.ts';
import { kilogramsOf, poundsOf } from './quantity.ts';

test('pounds and kilograms: 1 lb is 0.45359237 kg, exactly', () => {
  assert.equal(formatDecimal(kilogramsOf({ value: '1', unit: 'lb' })), '0.45359237');
  assert.equal(formatDecimal(kilogramsOf({ value: '2204.6', unit: 'lb' })), '999.989738902');
  assert.equal(formatDecimal(poundsOf({ value: '226.796185', unit: 'kg' })), '500');
  assert.equal(formatDecimal(kilogramsOf({ value: '4260.250', unit: 'kg' })), '4260.25');
  assert.equal(formatDecimal(poundsOf({ value: '480', unit: 'lb' })), '480');
});

test('an endless quotient is carried far beyond any rate', () => {
  // 1 / 0.45359237
  assert.match(formatDecimal(poundsOf({ value: '1', unit: 'kg' })), /^2\.204622621848775807229738\d{16}$/);
});
