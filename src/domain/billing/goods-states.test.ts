// The states of the billing of goods. Whether the order covers them is the order's answer, kept in the standing.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BillingState, Standing } from '../../model/decision.ts';
import type { Fact } from '../../model/fact.ts';
import type { BillingPolicy } from '../../model/setup/policy.ts';
import type { Order } from '../../model/shipment.ts';
import * as given from '../testing/given.ts';

const { DELIVERED, known, milestone, PICKED_UP, plan, POD } = given;
const LIMIT_150 = { adjustments: { autoApproveUpTo: '150.00' } };
const ORDER: Order = {
  order: 'O-1',
  customer: 'acme',
  lines: [{ line: 1, quantity: '10', unitPrice: '5.00' }],
  shipTo: {},
  currency: 'USD',
  placedAt: '2026-03-01T00:00:00Z',
};
const holding = (quantity: string): Fact => plan({ contents: [{ order: 'O-1', line: 1, quantity }] });
const due = (quantity: string) => [holding(quantity), PICKED_UP, DELIVERED, POD];
const covered = (quantity: string): Standing => ({ dueSince: 1, covered: { 'O-1/1': { quantity, ordered: '10' } } });
const exceeding: Standing = { dueSince: 1, exceeding: ['O-1/1'] };

type GoodsCase = {
  name: string;
  facts: Fact[];
  /** What it holds in the invoice that the ERP has. */
  invoiced?: string;
  orders?: Order[];
  standing?: Standing;
  policy?: Omit<BillingPolicy, 'customer'>;
  billing: BillingState;
  rows: string[];
  kinds?: string[];
  standingAfter: Standing;
};

const NOW = Date.parse(given.NOON);
const goodsCases: GoodsCase[] = [
  {
    name: 'not due: nobody is asked',
    facts: [holding('6')],
    billing: 'not-due',
    rows: ['sell GDS expected 30.00'],
    standingAfter: {},
  },
  {
    name: 'due: the order is asked, nothing is decided yet',
    facts: due('6'),
    billing: 'ready',
    rows: ['sell GDS pending 30.00'],
    standingAfter: { dueSince: NOW },
  },
  {
    name: 'covered: decided, and the answer is spent',
    facts: due('6'),
    standing: covered('6'),
    billing: 'ready',
    rows: ['sell GDS pending 30.00'],
    standingAfter: { dueSince: 1 },
  },
  {
    name: 'covered, of a customer with a limit: its account is asked, the answer stays',
    facts: due('6'),
    standing: covered('6'),
    policy: { creditLimit: '1000.00' },
    billing: 'ready',
    rows: ['sell GDS pending 30.00'],
    standingAfter: { ...covered('6'), readySince: { USD: NOW } },
  },
  {
    name: 'beyond the order: held',
    facts: due('11'),
    standing: exceeding,
    billing: 'held',
    rows: ['sell GDS pending 55.00'],
    standingAfter: exceeding,
  },
  {
    name: 'invoiced, then more than the order has: the adjustment is held',
    facts: due('11'),
    invoiced: '10',
    standing: exceeding,
    billing: 'held',
    rows: ['sell GDS invoiced 50.00', 'sell GDS pending 5.00'],
    standingAfter: exceeding,
  },
  {
    name: 'invoiced, then less: decided without asking',
    facts: due('4'),
    invoiced: '10',
    standing: { dueSince: 1 },
    billing: 'ready',
    rows: ['sell GDS invoiced 50.00', 'sell GDS pending -30.00'],
    standingAfter: { dueSince: 1 },
  },
  {
    name: 'of an order nobody placed: held, and told before it is due',
    facts: [holding('6')],
    orders: [],
    billing: 'not-due',
    rows: [],
    kinds: ['order-unknown'],
    standingAfter: {},
  },
  {
    name: 'of a line nobody ordered: held, the rest charged',
    facts: [
      plan({
        contents: [
          { order: 'O-1', line: 1, quantity: '6' },
          { order: 'O-1', line: 9, quantity: '6' },
        ],
      }),
      PICKED_UP,
      DELIVERED,
      POD,
    ],
    standing: covered('6'),
    billing: 'held',
    rows: ['sell GDS pending 30.00'],
    kinds: ['order-unknown'],
    standingAfter: covered('6'),
  },
  {
    name: 'goods are not billed: nothing is asked or told',
    facts: due('6'),
    orders: [],
    policy: { bills: ['freight'] },
    billing: 'ready',
    rows: ['sell LHL pending 480.00'],
    standingAfter: { dueSince: NOW },
  },
  {
    name: 'cancelled after the invoice: all of it is taken back',
    facts: [...due('6'), milestone('cancelled', '2026-03-07T06:00:00Z')],
    invoiced: '6',
    standing: { dueSince: 1 },
    billing: 'ready',
    rows: ['sell GDS invoiced 30.00', 'sell GDS pending -30.00'],
    standingAfter: { dueSince: 1 },
  },
];

for (const { name, facts, invoiced, orders = [ORDER], standing = {}, policy, ...expected } of goodsCases) {
  test(`billing of goods: ${name}`, () => {
    const book = given.rules({ policy: { bills: ['goods'], ...LIMIT_150, ...policy } });
    const documents =
      invoiced === undefined
        ? []
        : known(given.decided(due(invoiced), book, { orders, standing: covered(invoiced) }).documents);
    const decision = given.decided(facts, book, { documents, orders, standing });
    assert.equal(decision.billing, expected.billing);
    assert.deepEqual(given.rowsOf(decision), expected.rows);
    assert.deepEqual(given.kindsOf(decision), expected.kinds ?? []);
    assert.deepEqual(decision.standing, expected.standingAfter);
  });
}
