import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatDecimal } from '../../model/decimal.ts';
import type { Linehaul } from '../../model/setup/agreement.ts';
import type { ShipmentPlan } from '../../model/shipment.ts';
import { planned } from '../testing/given.ts';
import { rateLinehaul } from './linehaul.ts';

const LTL: Linehaul = {
  basis: 'per-cwt',
  breaks: [
    { from: '500', rate: '28.10' },
    { from: '0', rate: '32.50' },
    { from: '1000', rate: '22.40' },
  ],
};
const DEFICIT: Linehaul = { ...LTL, deficit: true };
const FROM_500: Linehaul = {
  basis: 'per-cwt',
  breaks: [
    { from: '500', rate: '28.10' },
    { from: '1000', rate: '22.40' },
  ],
};
const lb = (value: string): Partial<ShipmentPlan> => ({ weight: { value, unit: 'lb' } });
const kg = (value: string): Partial<ShipmentPlan> => ({ weight: { value, unit: 'kg' } });

const cases: { name: string; terms: Linehaul; shipment: Partial<ShipmentPlan>; owes: string }[] = [
  { name: 'flat is the rate', terms: { basis: 'flat', rate: '812.00' }, shipment: {}, owes: '812' },
  {
    name: 'per mile',
    terms: { basis: 'per-mile', rate: '2.35' },
    shipment: { distanceMiles: '716.4' },
    owes: '1683.54',
  },
  { name: 'per hundredweight of pounds', terms: { basis: 'per-cwt', rate: '32.50' }, shipment: lb('480'), owes: '156' },
  { name: 'per kilogram', terms: { basis: 'per-kg', rate: '0.185' }, shipment: kg('4260'), owes: '788.1' },
  // 100 lb × 0.45359237
  { name: 'per kilogram of pounds', terms: { basis: 'per-kg', rate: '1' }, shipment: lb('100'), owes: '45.359237' },
  // 45.359237 kg are exactly 100 lb
  {
    name: 'per hundredweight of kilograms',
    terms: { basis: 'per-cwt', rate: '32.50' },
    shipment: kg('45.359237'),
    owes: '32.5',
  },
  { name: 'per pallet', terms: { basis: 'per-pallet', rate: '41.50' }, shipment: { pallets: '6' }, owes: '249' },
  {
    name: 'per unit, in part',
    terms: { basis: 'per-unit', rate: '1.25' },
    shipment: { units: '10.5' },
    owes: '13.125',
  },
  {
    name: 'a quantity is not rounded',
    terms: { basis: 'per-mile', rate: '3' },
    shipment: { distanceMiles: '0.3333' },
    owes: '0.9999',
  },

  { name: 'just under a break', terms: LTL, shipment: lb('499.99'), owes: '162.49675' },
  { name: 'exactly at a break', terms: LTL, shipment: lb('500'), owes: '140.5' },
  { name: 'exactly at a break, in kilograms', terms: LTL, shipment: kg('226.796185'), owes: '140.5' },
  { name: 'above the last break', terms: LTL, shipment: lb('2000'), owes: '448' },
  { name: 'below the first break its rate holds', terms: FROM_500, shipment: lb('400'), owes: '112.4' },
  { name: 'breaks go before a rate', terms: { ...LTL, rate: '99' }, shipment: lb('100'), owes: '32.5' },
  {
    name: 'breaks of miles are in miles',
    terms: {
      basis: 'per-mile',
      breaks: [
        { from: '0', rate: '3' },
        { from: '250', rate: '2' },
      ],
    },
    shipment: { distanceMiles: '250' },
    owes: '500',
  },

  // 480 × 0.325 = 156.00, 500 × 0.281 = 140.50
  { name: 'deficit: cheaper at the next break', terms: DEFICIT, shipment: lb('480'), owes: '140.5' },
  // 400 × 0.325 = 130.00 < 140.50
  { name: 'deficit: dearer at the next break', terms: DEFICIT, shipment: lb('400'), owes: '130' },
  // 900 × 0.281 = 252.90, 1000 × 0.224 = 224.00
  { name: 'deficit in the middle of the table', terms: DEFICIT, shipment: lb('900'), owes: '224' },
  { name: 'deficit: no break after the last', terms: DEFICIT, shipment: lb('1500'), owes: '336' },
  { name: 'without deficit the weight pays', terms: LTL, shipment: lb('480'), owes: '156' },
  // 140.50 by deficit, raised afterwards
  {
    name: 'the minimum comes after the deficit',
    terms: { ...DEFICIT, minimum: '150.00' },
    shipment: lb('480'),
    owes: '150',
  },

  {
    name: 'minimum',
    terms: { basis: 'per-mile', rate: '2.35', minimum: '450.00' },
    shipment: { distanceMiles: '100' },
    owes: '450',
  },
  {
    name: 'minimum exactly met',
    terms: { basis: 'per-mile', rate: '2', minimum: '200' },
    shipment: { distanceMiles: '100' },
    owes: '200',
  },
  {
    name: 'maximum',
    terms: { basis: 'per-mile', rate: '2.35', maximum: '1000' },
    shipment: { distanceMiles: '500' },
    owes: '1000',
  },
  {
    name: 'a maximum under the minimum has the last word',
    terms: { basis: 'per-mile', rate: '1', minimum: '300', maximum: '250' },
    shipment: { distanceMiles: '10' },
    owes: '250',
  },
];

for (const { name, terms, shipment, owes } of cases) {
  test(`linehaul: ${name}`, () => {
    const rated = rateLinehaul(terms, planned({ distanceMiles: undefined, ...shipment }));
    assert.equal(rated.kind === 'rated' ? formatDecimal(rated.amount) : rated.kind, owes);
  });
}

const missing: { basis: Linehaul['basis']; quantity: string }[] = [
  { basis: 'per-mile', quantity: 'distanceMiles' },
  { basis: 'per-cwt', quantity: 'weight' },
  { basis: 'per-kg', quantity: 'weight' },
  { basis: 'per-pallet', quantity: 'pallets' },
  { basis: 'per-unit', quantity: 'units' },
];

for (const { basis, quantity } of missing) {
  test(`linehaul: ${basis} needs ${quantity}, and says so`, () => {
    const rated = rateLinehaul({ basis, rate: '1', minimum: '95.00' }, planned({ distanceMiles: undefined }));
    assert.deepEqual(rated, { kind: 'missing', quantity });
  });
}

test('linehaul: the arithmetic in words', () => {
  const rated = rateLinehaul({ ...DEFICIT, minimum: '150.00' }, planned(lb('480')));
  assert.deepEqual(rated.kind === 'rated' && rated.derivation(), [
    '480 lb × 32.50 per 100 lb = 156',
    'cheaper as 500 lb × 28.10 per 100 lb = 140.5 (deficit rating)',
    'minimum 150.00',
  ]);
});
