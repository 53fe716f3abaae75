import assert from 'node:assert/strict';
import { test } from 'node:test';
import { taxInWords } from './tax.ts';

test('a tax answer in words', () => {
  const basis = 'row us-inc/US/TX/freight, version 2';
  const record = { engine: 'table', rate: '0.0825', basis, country: 'US', region: 'TX', category: 'freight' };
  assert.equal(
    taxInWords({ ...record, stage: 'commit' }),
    '0.0825 for freight into US-TX, committed by table (row us-inc/US/TX/freight, version 2)',
  );
  assert.equal(
    taxInWords({ engine: 'table', stage: 'refund', rate: '0', basis: 'no tax table' }),
    '0, refunded by table (no tax table)',
  );
});
