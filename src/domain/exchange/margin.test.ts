// Margins by hand: sold in one currency, bought in another, told in that of the books.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatMinor } from '../../model/money.ts';
import type { ExchangeRate } from '../../model/rules.ts';
import type { LegalEntity } from '../../model/setup/entity.ts';
import { ruleBookFrom } from '../rules.ts';
import * as given from '../testing/given.ts';
import { marginOf } from './margin.ts';

const FACTS = [given.plan(), given.PICKED_UP, given.DELIVERED, given.POD];
// Sold 240 miles at 2.00 USD = 480.00 USD; bought 240 at 2.50 CAD = 600.00 CAD.
const BOUGHT = given.agreement({
  id: 'swft-2026',
  side: 'buy',
  party: 'swft',
  currency: 'CAD',
  lanes: [given.lane({ linehaul: { basis: 'per-mile', rate: '2.50' } })],
});
const CAD: ExchangeRate = { from: 'CAD', to: 'USD', effective: '2026-03-02', rate: '0.7351' };
const EUR: ExchangeRate[] = [
  { from: 'USD', to: 'EUR', effective: '2026-03-02', rate: '0.9200' },
  { from: 'EUR', to: 'CAD', effective: '2026-03-02', rate: '1.4800' },
];

type Given = { rates?: ExchangeRate[]; entity?: LegalEntity };
function bookOf({ rates = [], entity }: Given) {
  const first = { version: 1, importedAt: 0 };
  return ruleBookFrom({
    versions: [
      { kind: 'agreement', id: 'acme-2026', ...first, content: given.agreement() },
      { kind: 'agreement', id: 'swft-2026', ...first, content: BOUGHT },
      { kind: 'policy', id: 'acme', ...first, content: { customer: 'acme', legalEntity: 'us-inc' } },
      ...rates.map((content, at) => ({ kind: 'exchange' as const, id: `${at}`, ...first, content })),
      ...(entity === undefined ? [] : [{ kind: 'entity' as const, id: entity.id, ...first, content: entity }]),
    ],
    fuelPrices: [],
  });
}

const cases = [
  {
    name: 'in the currency it is sold in: 600.00 CAD × 0.7351 = 441.06 USD',
    setup: { rates: [CAD] },
    margin: '480.00 − 441.06 = 38.94 USD',
    exceptions: [],
  },
  {
    name: "in that of its entity's books: 480.00 × 0.92 = 441.60, 600.00 ÷ 1.48 = 405.405",
    setup: { rates: EUR, entity: { id: 'us-inc', currency: 'EUR' } },
    margin: '441.60 − 405.41 = 36.19 EUR',
    exceptions: [],
  },
  { name: 'no rates at all and no books: no margin, and nobody is asked for one', setup: {}, exceptions: [] },
  {
    name: 'a rate is missing: said, never guessed',
    setup: { rates: [{ ...CAD, effective: '2026-03-05' }] },
    exceptions: ['exchange-rate-missing'],
  },
  {
    name: 'books in a currency ask for rates, also where there is no table',
    setup: { entity: { id: 'us-inc', currency: 'USD' } },
    exceptions: ['exchange-rate-missing'],
  },
];

for (const { name, setup, margin, exceptions } of cases) {
  test(`margin: ${name}`, () => {
    const book = bookOf(setup);
    const decision = given.decided(FACTS, book);
    assert.deepEqual(given.kindsOf(decision), exceptions);
    assert.equal(decision.billing, 'ready', 'the invoice does not wait for it');
    const { rated, legalEntity, ratingDate: date } = decision;
    const answer = marginOf({ charges: rated, legalEntity, date, rules: book });
    const words = (minor: bigint) => formatMinor(minor, answer.kind === 'margin' ? answer.margin.currency : 'USD');
    const told =
      answer.kind === 'margin'
        ? `${words(answer.margin.revenueMinor)} − ${words(answer.margin.costMinor)} = ${words(answer.margin.marginMinor)} ${answer.margin.currency}`
        : undefined;
    assert.equal(told, margin);
  });
}

test('margin: the arithmetic in words', () => {
  const book = bookOf({ rates: [CAD] });
  const { rated, ratingDate: date } = given.decided(FACTS, book);
  const answer = marginOf({ charges: rated, legalEntity: undefined, date, rules: book });
  assert.deepEqual(answer.kind === 'margin' && answer.margin.derivation(), [
    'revenue: 480.00 USD',
    'cost: 600.00 CAD × 0.7351 (CAD to USD of 2026-03-02) = 441.06 USD',
    'revenue 480.00 USD − cost 441.06 USD = margin 38.94 USD',
  ]);
});

test('margin: the rate is kept with the decision, and holds from the first document on', () => {
  const first = given.decided(FACTS, bookOf({ rates: [CAD] }));
  const used = { from: 'CAD', to: 'USD', rate: '0.7351', effective: '2026-03-02', version: 1 };
  assert.deepEqual(first.standing.exchange, [used]);
  const corrected = bookOf({ rates: [{ ...CAD, rate: '0.9000' }] });
  const billed = { documents: given.known(first.documents), standing: first.standing };
  assert.deepEqual(given.decided(FACTS, corrected, billed).standing.exchange, [used]);
  const unbilled = { standing: first.standing };
  assert.deepEqual(given.decided(FACTS, corrected, unbilled).standing.exchange, [{ ...used, rate: '0.9000' }]);
});

test('margin: one currency keeps nothing', () => {
  const book = given.rules({ agreements: [given.agreement(), { ...BOUGHT, currency: 'USD' }] });
  assert.equal(given.decided(FACTS, book).standing.exchange, undefined);
});
