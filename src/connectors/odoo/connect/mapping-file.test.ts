// What is proposed, what stays, what differs.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differences, mappingFrom, mappingText, merged, proposedMapping } from './mapping-file.ts';
import type { Survey } from './survey.ts';

const survey: Survey = {
  user: { id: 6, login: 'lading', companyId: 1, companyIds: [1] },
  companies: [{ id: 1, name: 'My Company', currency: 'USD' }],
  journals: [],
  saleTaxes: [
    { id: 3, name: '15%', percent: 15 },
    { id: 4, name: '15% S', percent: 15 },
    { id: 5, name: '8.25%', percent: 8.25 },
    { id: 6, name: '0%', percent: 0 },
    { id: 7, name: '100%', percent: 100 },
    { id: 8, name: '0.5%', percent: 0.5 },
  ],
  incomes: [],
  products: new Map([['LHL', { id: 11, code: 'LHL', name: 'Linehaul' }]]),
  currencies: [],
  roundsOverDocument: false,
};
const proposed = proposedMapping({ url: 'https://erp.example.com', database: 'main' }, 1, survey);

test('mapping: what was found is said aloud, rates as fractions, the oldest tax of each', () => {
  assert.deepEqual(proposed, {
    url: 'https://erp.example.com',
    database: 'main',
    user: 'lading',
    company: 1,
    products: { LHL: 11 },
    taxes: { '0.005': 8, '0.0825': 5, '0.15': 3, '1': 7 },
  });
  assert.deepEqual(mappingFrom(mappingText(proposed)), proposed);
});

test("mapping: a person's entries stay, new ones are added, what differs is told", () => {
  const kept = { ...proposed, products: { LHL: 99, DET: 12 }, taxes: {}, customers: { acme: 7 } };
  assert.deepEqual(differences(kept, proposed), [{ entry: 'products.LHL', kept: 99, found: 11 }]);
  const both = merged(kept, proposed);
  assert.deepEqual(both.products, { LHL: 99, DET: 12 });
  assert.deepEqual(both.taxes, proposed.taxes);
  assert.deepEqual(both.customers, { acme: 7 });
  // The other way about: what was found goes before, and what only the person has stays.
  assert.deepEqual(merged(proposed, kept).products, { LHL: 11, DET: 12 });
});

test('mapping: what is wrong with a file is told with its place', () => {
  assert.match(mappingFrom('{') as string, /^is broken JSON/);
  assert.match(
    mappingFrom('{"products":{"LHL":"eleven"}}') as string,
    /^has a fault at \/products\/LHL: it must be integer/,
  );
  assert.match(mappingFrom('{"key":"secret"}') as string, /^has a fault at \/key: it is no entry/);
});
