import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decimal } from './decimal.ts';
import { absolute, allocate, formatMinor, parseMinor, toMajor, toMinor } from './money.ts';

const amount = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });
const small = fc.bigInt({ min: -50n, max: 50n });
const currency = fc.constantFrom('USD', 'EUR', 'JPY', 'KWD', 'CLF');
const weights = fc
  .array(fc.bigInt({ min: 0n, max: 7n }), { minLength: 1, maxLength: 6 })
  .filter((each) => each.some((weight) => weight > 0n));

test('what is written is read again', () => {
  fc.assert(
    fc.property(amount, currency, (minor, code) => {
      assert.equal(parseMinor(formatMinor(minor, code), code), minor);
      assert.equal(toMinor(toMajor(minor, code), code), minor);
    }),
  );
});

test('rounding moves an amount by half a minor unit at most; the two rules differ only in a tie', () => {
  // In thousandths of a minor unit of USD, so that ties occur.
  fc.assert(
    fc.property(fc.integer({ min: -20_000, max: 20_000 }), (thousandths) => {
      const exact = decimal(thousandths).div(100_000);
      const up = toMinor(exact, 'USD', 'half-up');
      const even = toMinor(exact, 'USD', 'half-even');
      assert.ok(Math.abs(Number(up) * 1_000 - thousandths) <= 500);
      assert.ok(Math.abs(Number(even) * 1_000 - thousandths) <= 500);
      const isTie = Math.abs(thousandths % 1_000) === 500;
      if (isTie) assert.equal(even % 2n, 0n);
      else assert.equal(up, even);
    }),
  );
});

test('the parts of an allocation add up, and each is within a unit of its exact share', () => {
  fc.assert(
    fc.property(fc.oneof(amount, small), weights, (minor, shares) => {
      const parts = allocate(minor, shares);
      const total = shares.reduce((sum, weight) => sum + weight, 0n);
      assert.equal(
        parts.reduce((sum, part) => sum + part, 0n),
        minor,
      );
      for (const [index, part] of parts.entries()) {
        assert.ok(absolute(part * total - minor * (shares[index] ?? 0n)) < total);
      }
    }),
  );
});

test('of two weights the greater never gets less', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 500n }), weights, (minor, shares) => {
      const parts = allocate(minor, shares);
      for (const [one, part] of parts.entries()) {
        for (const [other, otherPart] of parts.entries()) {
          if ((shares[one] ?? 0n) > (shares[other] ?? 0n)) assert.ok(part >= otherPart);
        }
      }
    }),
  );
});
