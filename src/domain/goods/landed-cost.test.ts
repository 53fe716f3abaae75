// Landed cost by hand: 30 at 20.00 and 10 at 40.00, freight of 700.00, duty of 210.40 CAD at 0.7351.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { GoodsClaim, RatedCharge } from '../../model/decision.ts';
import { formatMinor, parseMinor } from '../../model/money.ts';
import type { Order } from '../../model/shipment.ts';
import { ruleBookFrom } from '../rules.ts';
import { landedCostOf } from './landed-cost.ts';

const RATE = { from: 'CAD', to: 'USD', effective: '2026-03-02', rate: '0.7351' };
const RULES = ruleBookFrom({
  versions: [{ kind: 'exchange', id: '1', version: 1, importedAt: 0, content: RATE }],
  fuelPrices: [],
});
const NO_RATES = ruleBookFrom({ versions: [], fuelPrices: [] });

function orderOf(order: string, ...lines: [quantity: string, unitPrice: string][]): Order {
  const rows = lines.map(([quantity, unitPrice], at) => ({ line: at + 1, quantity, unitPrice }));
  return { order, customer: 'acme', lines: rows, shipTo: {}, currency: 'USD', placedAt: '2026-03-01T00:00:00Z' };
}
const claim = (order: string, line: number, kept: string): GoodsClaim => {
  return { order, line, planned: kept, kept, wanted: kept, documented: '0' };
};
function cost(code: string, currency: string, amountMinor: bigint): RatedCharge {
  const derivation = () => [`${code} as agreed`];
  return { side: 'buy', code, currency, amountMinor, taxCategory: 'freight', derivation, facts: [] };
}
const shipmentOf = (claims: GoodsClaim[], ...costs: RatedCharge[]) => {
  return { shipment: 'S-1', date: '2026-03-04', claims, costs };
};

const ORDER = orderOf('O-1', ['30', '20.00'], ['10', '40.00']);
const WHOLE = [claim('O-1', 1, '30'), claim('O-1', 2, '10')];

test('landed cost: goods, freight and duty, by line and unit', () => {
  const costs = [cost('LHL', 'USD', 70_000n), cost('CUS', 'CAD', 8_500n), cost('DTY', 'CAD', 21_040n)];
  const report = landedCostOf(ORDER, [shipmentOf(WHOLE, ...costs)], [ORDER], RULES);
  // 85.00 × 0.7351 = 62.4835; 210.40 × 0.7351 = 154.66504; each 60 : 40, the cent left over to the larger remainder
  assert.deepEqual(report.costs, [
    { code: 'CUS', amount: '62.48' },
    { code: 'DTY', amount: '154.67' },
    { code: 'LHL', amount: '700.00' },
  ]);
  assert.deepEqual(
    report.lines.map(({ line, quantity, goods, costs: own, total, perUnit }) => {
      return [line, quantity, goods, own.map(({ amount }) => amount), total, perUnit];
    }),
    [
      [1, '30', '600.00', ['37.49', '92.80', '420.00'], '1150.29', '38.3430'],
      [2, '10', '400.00', ['24.99', '61.87', '280.00'], '766.86', '76.6860'],
    ],
  );
  assert.deepEqual([report.goods, report.total, report.isComplete], ['1000.00', '1917.15', true]);
  assert.deepEqual(report.shipments[0]?.costs[2]?.derivation, [
    'DTY as agreed',
    '210.40 CAD × 0.7351 (CAD to USD of 2026-03-02) = 154.67 USD',
  ]);
});

test('landed cost: what else is in the shipment bears its own part', () => {
  const other = orderOf('O-2', ['1', '1000.00']);
  const claims = [claim('O-1', 1, '50'), claim('O-2', 1, '1')];
  const report = landedCostOf(ORDER, [shipmentOf(claims, cost('LHL', 'USD', 70_000n))], [ORDER, other], RULES);
  assert.deepEqual(
    [report.costs, report.shipments[0]?.costs[0]?.share],
    [[{ code: 'LHL', amount: '350.00' }], '350.00'],
  );
});

test('landed cost: a line that is priced nothing is borne by quantity where nothing has a price', () => {
  const free = orderOf('O-1', ['3', '0.00'], ['1', '0.00']);
  const claims = [claim('O-1', 1, '3'), claim('O-1', 2, '1')];
  const report = landedCostOf(free, [shipmentOf(claims, cost('LHL', 'USD', 1_000n))], [free], RULES);
  assert.deepEqual(
    report.lines.map(({ total }) => total),
    ['7.50', '2.50'],
  );
});

test('landed cost: a missing rate is said and nothing is guessed', () => {
  const report = landedCostOf(ORDER, [shipmentOf(WHOLE, cost('DTY', 'CAD', 21_040n))], [ORDER], NO_RATES);
  assert.deepEqual([report.isComplete, report.total], [false, '1000.00']);
  assert.deepEqual(report.problems, ['S-1 DTY: no rate CAD to USD on or before 2026-03-04']);
});

test('landed cost: whatever is shared, the orders together bear it to the cent', () => {
  const orders = [ORDER, orderOf('O-2', ['7', '12.34'], ['5', '0.01'])];
  const quantity = fc.integer({ min: 0, max: 50 }).map(String);
  const claims = fc.tuple(quantity, quantity, quantity, quantity).map(([a, b, c, d]) => {
    return [claim('O-1', 1, a), claim('O-1', 2, b), claim('O-2', 1, c), claim('O-2', 2, d)];
  });
  fc.assert(
    fc.property(claims, fc.bigInt({ min: -1_000_000n, max: 1_000_000n }), (held, amountMinor) => {
      fc.pre(held.some(({ kept }) => kept !== '0'));
      const reports = orders.map((order) =>
        landedCostOf(order, [shipmentOf(held, cost('LHL', 'USD', amountMinor))], orders, RULES),
      );
      const borne = reports
        .flatMap(({ costs }) => costs)
        .reduce((sum, { amount }) => sum + (parseMinor(amount, 'USD') ?? 0n), 0n);
      assert.equal(formatMinor(borne, 'USD'), formatMinor(amountMinor, 'USD'));
    }),
  );
});
