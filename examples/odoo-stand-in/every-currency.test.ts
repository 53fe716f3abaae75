import assert from 'node:assert/strict';
import { test } from 'node:test';
import { activateEveryCurrency } from './every-currency.ts';
import { startOdooStandIn } from './index.ts';

test('books in any currency: each is active, has a rate, and unit prices keep its places', async () => {
  const erp = await startOdooStandIn();
  try {
    activateEveryCurrency(erp);
    const query = { domain: [['name', 'in', ['CHF', 'KWD', 'SEK']]], fields: ['name', 'decimal_places', 'rate_ids'] };
    const found = erp.act('res.currency', 'search_read', [], query) as {
      name: string;
      decimal_places: number;
      rate_ids: number[];
    }[];
    const told = found.map(({ name, decimal_places, rate_ids }) => [name, decimal_places, rate_ids.length]);
    assert.deepEqual(told.sort(), [
      ['CHF', 2, 1],
      ['KWD', 3, 1],
      ['SEK', 2, 1],
    ]);
    const [precision] = erp.act('decimal.precision', 'search_read', [], { domain: [], fields: ['digits'] }) as object[];
    assert.deepEqual(precision, { id: 1, digits: 4 });
  } finally {
    await erp.stop();
  }
});
