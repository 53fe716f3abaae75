// What the customer's agreement allows as well, and only that.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RuleBook } from '../../model/rules.ts';
import type { Agreement } from '../../model/setup/agreement.ts';
import { missedRevenueOf } from './missed-revenue.ts';

const agreement: Agreement = {
  id: 'acme-2026',
  side: 'sell',
  party: 'acme',
  currency: 'USD',
  validFrom: '2026-01-01',
  validTo: '2026-06-30',
  lanes: [],
  accessorials: [
    { code: 'LFT', trigger: 'reported', rate: '75.005' },
    { code: 'DET', trigger: 'detention', stops: 'any', freeMinutes: 120, incrementMinutes: 15, rate: '12.50' },
  ],
};
const rules: RuleBook = {
  partners: new Map(),
  agreements: new Map([['sell:acme', [{ version: 1, importedAt: 0, content: agreement }]]]),
  policies: new Map(),
  fuel: new Map(),
  audit: new Map(),
  entities: new Map(),
};
const billed = { shipment: 'S-1', customer: 'acme', ratingDate: '2026-03-02', code: 'LFT' };

test('at the rate of the agreement of that day, rounded as it rounds', () => {
  const missed = missedRevenueOf(billed, rules);
  assert.equal(`${missed?.agreement} ${missed?.amountMinor} ${missed?.currency}`, 'acme-2026 7501 USD');
});

const nothing: [what: string, more: Partial<typeof billed>][] = [
  ['a code that it does not price', { code: 'RDL' }],
  ['a charge that charges by itself', { code: 'DET' }],
  ['a day that it does not hold', { ratingDate: '2026-07-01' }],
  ['another customer', { customer: 'bolt' }],
];
for (const [what, more] of nothing) {
  test(`nothing is missed: ${what}`, () => assert.equal(missedRevenueOf({ ...billed, ...more }, rules), undefined));
}
