import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Fact } from '../../model/fact.ts';
import type { Agreement } from '../../model/setup/agreement.ts';
import type { BillingPolicy } from '../../model/setup/policy.ts';
import * as given from '../testing/given.ts';

const REFUSED = given.milestone('refused', '2026-03-05T10:00:00-05:00');
const RETURNED = given.milestone('returned', '2026-03-07T15:00:00Z');
const DELIVERED_AFTER_ALL = given.milestone('delivered', '2026-03-08T15:00:00Z', { reported: '2026-03-08T15:00:00Z' });
const FAILED = { code: 'RDL', trigger: 'failed-delivery', rate: '75.00' } as const;
const fuel: Agreement['fuel'] = {
  index: 'us-diesel',
  method: 'percent-of-linehaul',
  table: [{ from: '0', value: '10.0' }],
};
const prices = [{ index: 'us-diesel', effective: '2026-03-02', price: '3.842', reportedAt: 0 }];

// 240 miles: out 2.00 a mile = 480.00; back, where there is a lane from Georgia, 1.50 a mile = 360.00. Fuel a tenth of each.
const out = given.lane({ id: 'out', origin: { region: ['IL'] }, destination: { region: ['GA'] } });
const back = given.lane({
  id: 'back',
  origin: { region: ['GA'] },
  destination: { region: ['IL'] },
  linehaul: { basis: 'per-mile', rate: '1.50' },
});
const oneWay = given.agreement({ lanes: [out], fuel, accessorials: [FAILED] });
const bothWays = given.agreement({ lanes: [out, back], fuel, accessorials: [FAILED] });
const asEver = { LHL: '480.00', FSC: '48.00', RDL: '75.00' };

type Case = {
  name: string;
  onReturn?: BillingPolicy['onReturn'];
  facts: Fact[];
  agreement?: Agreement;
  charges: Record<string, string>;
  billing: string;
};

const cases: Case[] = [
  { name: 'no rule', facts: [REFUSED, RETURNED], charges: asEver, billing: 'not-due' },
  { name: 'nothing', onReturn: 'nothing', facts: [REFUSED, RETURNED], charges: {}, billing: 'nothing-to-bill' },
  { name: 'freight', onReturn: 'freight', facts: [REFUSED, RETURNED], charges: asEver, billing: 'ready' },
  {
    name: 'and the return leg by its own lane', // 480.00 and 360.00; fuel 48.00 + 36.00
    onReturn: 'freight-and-return-leg',
    facts: [REFUSED, RETURNED],
    agreement: bothWays,
    charges: { LHL: '480.00', RTN: '360.00', FSC: '84.00', RDL: '75.00' },
    billing: 'ready',
  },
  {
    name: 'and the return leg at the price of the way out', // 480.00 twice; fuel 48.00 + 48.00
    onReturn: 'freight-and-return-leg',
    facts: [REFUSED, RETURNED],
    charges: { LHL: '480.00', RTN: '480.00', FSC: '96.00', RDL: '75.00' },
    billing: 'ready',
  },
  { name: 'refused is no end yet', onReturn: 'nothing', facts: [REFUSED], charges: asEver, billing: 'not-due' },
  {
    name: 'returned and delivered after all',
    onReturn: 'nothing',
    facts: [REFUSED, RETURNED, DELIVERED_AFTER_ALL, given.POD],
    charges: asEver,
    billing: 'ready',
  },
];

for (const { name, onReturn, facts, agreement = oneWay, charges, billing } of cases) {
  test(`on return: ${name}`, () => {
    const policy = { onReturn, adjustments: { autoApproveUpTo: '10000' } };
    const book = given.rules({ agreements: [agreement], policy, fuel: prices });
    const decision = given.decided([given.plan(), given.PICKED_UP, ...facts], book);
    assert.deepEqual(given.ratedOf(decision), charges);
    assert.equal(decision.billing, billing);
  });
}

test('on return: what was invoiced before is taken back whole', () => {
  const policy = {
    trigger: 'dispatched',
    onReturn: 'nothing',
    adjustments: { autoApproveUpTo: '1000.00' },
  } as const;
  const book = given.rules({ policy });
  const before = given.decided([given.plan(), given.PICKED_UP], book);
  assert.deepEqual(given.wordsOf(before.documents), ['S-1-1 invoice LHL 480.00']);
  const documents = given.known(before.documents);
  const after = given.decided([given.plan(), given.PICKED_UP, REFUSED, RETURNED], book, { documents });
  assert.deepEqual(given.wordsOf(after.documents), ['S-1-2 credit-note LHL 480.00']);
  assert.equal(after.documents[0]?.corrects, 'S-1-1');
});
