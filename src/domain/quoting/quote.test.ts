// Quotations by hand: Acme at 2.00 a mile over 240 miles, fuel 21.5 %, tax 8.25 % into Texas.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { QuoteRequest } from '../../model/quote.ts';
import { instantOf } from '../../model/time.ts';
import { ruleBookFrom } from '../rules.ts';
import * as given from '../testing/given.ts';
import { quoteFor } from './quote.ts';

const NOW = instantOf('2026-03-04T18:00:00Z');
const FUEL = { index: 'us-diesel', method: 'percent-of-linehaul' as const, table: [{ from: '3.50', value: '21.5' }] };
const LFT = { code: 'LFT', trigger: 'reported' as const, rate: '95.00' };
const TAXES = [
  { legalEntity: 'us-inc', country: 'US', category: 'freight', rate: '0.00' },
  { legalEntity: 'us-inc', country: 'US', region: 'TX', category: 'freight', rate: '0.0825' },
];
const first = { version: 1, importedAt: 0 };
const BOOK = ruleBookFrom({
  versions: [
    {
      kind: 'agreement',
      id: 'acme-2026',
      ...first,
      content: given.agreement({ fuel: FUEL, accessorials: [LFT, given.DETENTION] }),
    },
    { kind: 'policy', id: 'acme', ...first, content: { customer: 'acme', legalEntity: 'us-inc' } },
    ...TAXES.map((content, at) => ({ kind: 'tax' as const, id: `${at}`, ...first, content })),
  ],
  fuelPrices: [{ index: 'us-diesel', effective: '2026-03-02', price: '3.842' }],
});
const AUSTIN = { sequence: 2, kind: 'delivery' as const, city: 'Austin', region: 'TX', country: 'US' };
const REQUEST: QuoteRequest = {
  customer: 'acme',
  mode: 'FTL',
  stops: [given.JOLIET, AUSTIN],
  distanceMiles: '240',
  charges: [{ code: 'LFT' }],
};

test('quote: freight, fuel, an accessorial, and the tax as an estimate', () => {
  const quote = quoteFor(REQUEST, BOOK, NOW);
  // 240 × 2.00 = 480.00; 21.5 % = 103.20; tax 39.60 + 8.514 + 7.8375
  assert.deepEqual(
    quote.lines.map(({ code, amount, tax }) => [code, amount, tax]),
    [
      ['FSC', '103.20', '8.51'],
      ['LFT', '95.00', '7.84'],
      ['LHL', '480.00', '39.60'],
    ],
  );
  assert.deepEqual([quote.subtotal, quote.tax, quote.total], ['678.20', '55.95', '734.15']);
  assert.deepEqual([quote.taxStage, quote.isTaxDetermined, quote.isComplete], ['estimate', true, true]);
  assert.equal(quote.lines[0]?.taxedBy?.stage, 'estimate');
  assert.deepEqual(quote.agreement, { id: 'acme-2026', version: 1 });
  assert.deepEqual(quote.notIncluded, [
    'DET 18.75 USD for each 15 minutes at any stop beyond 120 free, at most 600.00',
  ]);
});

test('quote: where tax is undetermined it says so, and the rest stands', () => {
  const quote = quoteFor({ ...REQUEST, stops: [given.JOLIET, { ...AUSTIN, region: 'ON', country: 'CA' }] }, BOOK, NOW);
  const toCanada = quote.problems.map(({ kind }) => kind);
  assert.deepEqual(toCanada, ['no-lane', 'tax-undetermined']);
  assert.deepEqual([quote.subtotal, quote.tax, quote.total], ['95.00', undefined, undefined]);
  assert.deepEqual([quote.isTaxDetermined, quote.isComplete], [false, false]);
});

const dates = [
  { name: 'none given: today where it is picked up', request: {}, date: '2026-03-04' },
  { name: 'as asked', request: { ratingDate: '2026-04-01' }, date: '2026-04-01' },
  {
    name: "the appointment's, in its stop's own zone",
    request: { stops: [{ ...given.JOLIET, appointment: { from: '2026-03-10T02:00:00Z' } }, AUSTIN] },
    date: '2026-03-09',
  },
];
for (const { name, request, date } of dates) {
  test(`quote: rated on a date; ${name}`, () => {
    assert.equal(quoteFor({ ...REQUEST, ...request }, BOOK, NOW).ratingDate, date);
  });
}

test('quote: a customer without an agreement, or whose freight is not billed', () => {
  const kinds = (quote: ReturnType<typeof quoteFor>) => quote.problems.map(({ kind }) => kind);
  const stranger = quoteFor({ ...REQUEST, customer: 'nobody' }, BOOK, NOW);
  assert.deepEqual([kinds(stranger), stranger.lines, stranger.subtotal], [['no-agreement'], [], '0.00']);
  const goods = quoteFor(REQUEST, given.rules({ policy: { bills: ['goods'] } }), NOW);
  assert.deepEqual([kinds(goods), goods.lines], [['freight-not-billed'], []]);
});

test('quote: under a version that is asked for, on a day of its own', () => {
  const dearer = given.agreement({ fuel: FUEL, validFrom: '2026-06-01' });
  const [lane] = dearer.lanes ?? [];
  const linehaul = { basis: 'per-mile' as const, rate: '2.50' };
  const second = { ...dearer, lanes: [{ ...lane, linehaul }] } as typeof dearer;
  const rules = ruleBookFrom({
    versions: [
      { kind: 'agreement', id: 'acme-2026', ...first, content: given.agreement({ fuel: FUEL }) },
      { kind: 'agreement', id: 'acme-2026', version: 2, importedAt: 1, content: second },
    ],
    fuelPrices: [{ index: 'us-diesel', effective: '2026-03-02', price: '3.842' }],
  });
  const plain = { ...REQUEST, charges: [] };
  const under = (version: number) => quoteFor({ ...plain, agreement: { id: 'acme-2026', version } }, rules, NOW);
  // 240 × 2.00 = 480.00, fuel 103.20; 240 × 2.50 = 600.00, fuel 129.00
  assert.deepEqual(
    [under(1), under(2)].map(({ agreement, ratingDate, subtotal }) => [agreement?.version, ratingDate, subtotal]),
    [
      [1, '2026-03-04', '583.20'],
      [2, '2026-06-01', '729.00'],
    ],
  );
  assert.deepEqual(
    under(3)
      .problems.map(({ kind }) => kind)
      .slice(0, 1),
    ['no-agreement'],
  );
});
