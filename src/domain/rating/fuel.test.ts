import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decimal, formatDecimal } from '../../model/decimal.ts';
import type { FuelTerms } from '../../model/setup/agreement.ts';
import { rules } from '../testing/given.ts';
import { rateFuel } from './fuel.ts';

const PERCENT: FuelTerms = {
  index: 'us-diesel',
  method: 'percent-of-linehaul',
  table: [
    { from: '3.50', value: '21.5' },
    { from: '3.00', value: '15.0' },
  ],
};
const PER_MILE: FuelTerms = { ...PERCENT, method: 'per-mile', table: [{ from: '3.00', value: '0.42' }] };

const book = rules({
  fuel: [
    { index: 'us-diesel', effective: '2026-03-02', price: '3.842' },
    { index: 'us-diesel', effective: '2026-02-16', price: '3.499' },
    { index: 'us-diesel', effective: '2026-02-23', price: '3.50' },
    { index: 'us-diesel', effective: '2026-02-09', price: '2.999' },
    { index: 'eu-bunker', effective: '2026-01-01', price: '610' },
  ],
});

const cases: { name: string; terms: FuelTerms; date: string; linehaul?: string; miles?: string; owes: string }[] = [
  { name: 'the week that began last', terms: PERCENT, date: '2026-03-04', linehaul: '812.00', owes: '174.58' },
  { name: 'a week holds from its first day', terms: PERCENT, date: '2026-03-02', linehaul: '100', owes: '21.5' },
  { name: 'the day before, the week before', terms: PERCENT, date: '2026-02-22', linehaul: '100', owes: '15' },
  { name: 'a price exactly at a row', terms: PERCENT, date: '2026-02-23', linehaul: '100', owes: '21.5' },
  { name: 'a price below the first row: no fuel', terms: PERCENT, date: '2026-02-10', linehaul: '100', owes: 'none' },
  { name: 'no price yet', terms: PERCENT, date: '2026-02-08', linehaul: '100', owes: 'index-missing' },
  {
    name: 'an index nobody publishes',
    terms: { ...PERCENT, index: 'us-gas' },
    date: '2026-03-04',
    linehaul: '100',
    owes: 'index-missing',
  },
  { name: 'no linehaul to take a percentage of', terms: PERCENT, date: '2026-03-04', owes: 'none' },
  { name: 'per mile', terms: PER_MILE, date: '2026-03-04', linehaul: '100', miles: '240.5', owes: '101.01' },
  { name: 'per mile needs no linehaul', terms: PER_MILE, date: '2026-03-04', miles: '100', owes: '42' },
  {
    name: 'per mile needs the distance',
    terms: PER_MILE,
    date: '2026-03-04',
    linehaul: '100',
    owes: 'distance-missing',
  },
];

for (const { name, terms, date, linehaul, miles, owes } of cases) {
  test(`fuel: ${name}`, () => {
    const rated = rateFuel(terms, book, date, linehaul === undefined ? undefined : decimal(linehaul), miles);
    assert.equal(rated.kind === 'rated' ? formatDecimal(rated.amount) : rated.kind, owes);
  });
}
