// Goods lines of adjustments: the difference as amount, and as quantity where the price is the same or nothing is left.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BillingDocument } from '../../model/document.ts';
import { formatMinor } from '../../model/money.ts';
import type { BillingPolicy } from '../../model/setup/policy.ts';
import type { Order } from '../../model/shipment.ts';
import * as given from '../testing/given.ts';

const POLICY: Omit<BillingPolicy, 'customer'> = { bills: ['goods'], adjustments: { autoApproveUpTo: '1000.00' } };
const BOOK = given.rules({ agreements: [], policy: POLICY });
const orderOf = (unitPrice: string): Order => ({
  order: 'O-1',
  customer: 'acme',
  lines: [{ line: 1, sku: 'DRL-20', quantity: '100', unitPrice }],
  shipTo: {},
  currency: 'USD',
  placedAt: '2026-03-01T00:00:00Z',
});
const covered = (quantity: string) => ({ covered: { 'O-1/1': { quantity, ordered: '100' } } });

type State = { quantity: string; price: string };

/** The documents of one shipment that holds and costs this, one after the other. */
function documentsOf(...states: State[]): BillingDocument[] {
  let documents: BillingDocument[] = [];
  for (const [index, { quantity, price }] of states.entries()) {
    const contents = [{ order: 'O-1', line: 1, quantity }];
    const plan = given.plan({ contents }, { id: `plan ${index}`, reported: `2026-03-06T0${index}:00:00Z` });
    const facts = [given.plan(), plan, given.PICKED_UP, given.DELIVERED, given.POD];
    const known = given.known(documents);
    const decision = given.decided(facts, BOOK, {
      documents: known,
      orders: [orderOf(price)],
      standing: covered(quantity),
    });
    documents = [...documents, ...decision.documents];
  }
  return documents;
}

function inWords({ kind, lines }: BillingDocument): string[] {
  return lines.map(({ quantity = '-', quantityDelta, amountMinor }) => {
    return `${kind} ${quantity} (${quantityDelta}) ${formatMinor(amountMinor, 'USD')}`;
  });
}

const cases = [
  { name: 'as shipped', states: [['6', '61.00']], documents: ['invoice 6 (6) 366.00'] },
  {
    name: 'more of it',
    states: [
      ['6', '61.00'],
      ['8', '61.0'],
    ],
    documents: ['supplementary 2 (2) 122.00'],
  },
  {
    name: 'less of it',
    states: [
      ['6', '61.00'],
      ['4.5', '61.00'],
    ],
    documents: ['credit-note 1.5 (1.5) 91.50'],
  },
  {
    name: 'a higher price',
    states: [
      ['6', '61.00'],
      ['6', '63.50'],
    ],
    documents: ['supplementary - (0) 15.00'],
  },
  {
    name: 'a lower price',
    states: [
      ['6', '61.00'],
      ['6', '60.00'],
    ],
    documents: ['credit-note - (0) 6.00'],
  },
  {
    name: 'more at a higher price',
    states: [
      ['6', '61.00'],
      ['7', '63.50'],
    ],
    documents: ['supplementary - (1) 78.50'],
  },
  {
    name: 'less at a higher price',
    states: [
      ['6', '61.00'],
      ['5', '63.50'],
    ],
    documents: ['credit-note - (1) 48.50'],
  },
  {
    name: 'less, and dearer in all: the quantity shrinks on a supplementary',
    states: [
      ['6', '61.00'],
      ['5', '80.00'],
    ],
    documents: ['supplementary - (-1) 34.00'],
  },
  {
    name: 'nothing is left, at another price',
    states: [
      ['6', '61.00'],
      ['0', '63.50'],
    ],
    documents: ['credit-note 6 (6) 366.00'],
  },
  {
    name: 'the price of its last document, not of its first',
    states: [
      ['6', '61.00'],
      ['6', '63.50'],
      ['4', '63.50'],
    ],
    documents: ['supplementary - (0) 15.00', 'credit-note 2 (2) 127.00'],
  },
] as const;

for (const { name, states, documents } of cases) {
  test(`goods line: ${name}`, () => {
    const made = documentsOf(...states.map(([quantity, price]) => ({ quantity, price }))).flatMap(inWords);
    assert.deepEqual(states.length === 1 ? made : made.slice(1), documents);
  });
}

test('goods line: what the customer reads', () => {
  const states = ['6 61.00', '8 61.00', '8 63.50', '0 99.00'].map((state): State => {
    const [quantity = '', price = ''] = state.split(' ');
    return { quantity, price };
  });
  assert.deepEqual(
    documentsOf(...states).flatMap(({ lines }) => lines.map(({ description }) => description)),
    [
      'O-1 line 1, DRL-20, 6 at 61.00 each',
      'O-1 line 1, DRL-20, 2 at 61.00 each',
      'O-1 line 1, DRL-20, now at 63.50 each',
      'O-1 line 1, 8 at 63.50 each',
    ],
  );
});
