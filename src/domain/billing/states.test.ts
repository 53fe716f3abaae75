// The states of a shipment's billing and of its charges, side by side (contract section 5).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BillingState } from '../../model/decision.ts';
import type { Fact } from '../../model/fact.ts';
import type { Agreement } from '../../model/setup/agreement.ts';
import * as given from '../testing/given.ts';

const { agreement, charge, DELIVERED, known, milestone, PICKED_UP, plan, POD } = given;
const LIMIT_150 = { adjustments: { autoApproveUpTo: '150.00' } };
const delivered: Fact[] = [plan(), PICKED_UP, DELIVERED];
const proven: Fact[] = [...delivered, POD];
const replanned = (miles: string) => plan({ distanceMiles: miles }, { reported: '2026-03-06T08:00:00Z' });
const accepted = milestone('tender-accepted', '2026-03-03T18:00:00Z');
const cancelled = milestone('cancelled', '2026-03-04T06:00:00Z');
const TONU: Agreement = agreement({
  accessorials: [{ code: 'TNU', trigger: 'cancelled-after-dispatch', rate: '250.00' }],
});

type Case = {
  name: string;
  agreements?: Agreement[];
  facts: Fact[];
  /** Facts over which the documents were decided that are known now, and whether the ERP has them. */
  documented?: { over: Fact[]; inErp: boolean };
  billing: BillingState;
  rows: string[];
};

const cases: Case[] = [
  { name: 'planned', facts: [plan()], billing: 'not-due', rows: ['sell LHL expected 480.00'] },
  { name: 'delivered, no proof', facts: delivered, billing: 'not-due', rows: ['sell LHL expected 480.00'] },
  { name: 'proven: decided now', facts: proven, billing: 'ready', rows: ['sell LHL pending 480.00'] },
  {
    name: 'decided, the ERP has not answered',
    facts: proven,
    documented: { over: proven, inErp: false },
    billing: 'ready',
    rows: ['sell LHL pending 480.00'],
  },
  {
    name: 'in the ERP',
    facts: proven,
    documented: { over: proven, inErp: true },
    billing: 'invoiced',
    rows: ['sell LHL invoiced 480.00'],
  },
  {
    name: 'a small reduction: decided now',
    facts: [...proven, replanned('230')],
    documented: { over: proven, inErp: true },
    billing: 'ready',
    rows: ['sell LHL invoiced 480.00', 'sell LHL pending -20.00'],
  },
  {
    name: 'a great increase waits',
    facts: [...proven, replanned('340')],
    documented: { over: proven, inErp: true },
    billing: 'adjusting',
    rows: ['sell LHL invoiced 480.00', 'sell LHL pending 200.00'],
  },
  {
    name: 'changed before the ERP had it: one row',
    facts: [...proven, replanned('340')],
    documented: { over: proven, inErp: false },
    billing: 'adjusting',
    rows: ['sell LHL pending 680.00'],
  },
  {
    name: 'a fact corrected so that it is not due any more: what was billed stays, with its adjustments',
    facts: [plan(), PICKED_UP, replanned('230')],
    documented: { over: proven, inErp: true },
    billing: 'ready',
    rows: ['sell LHL invoiced 480.00', 'sell LHL pending -20.00'],
  },
  {
    name: 'held, not due yet',
    facts: [...delivered, charge('LUMPER')],
    billing: 'not-due',
    rows: ['sell LHL expected 480.00'],
  },
  { name: 'held, due', facts: [...proven, charge('LUMPER')], billing: 'held', rows: ['sell LHL pending 480.00'] },
  {
    name: 'held, nothing could be rated',
    agreements: [agreement({ lanes: [] })],
    facts: proven,
    billing: 'held',
    rows: [],
  },
  {
    name: 'held after it was invoiced: an adjustment is held too',
    facts: [...proven, replanned('230'), charge('LUMPER')],
    documented: { over: proven, inErp: true },
    billing: 'held',
    rows: ['sell LHL invoiced 480.00', 'sell LHL pending -20.00'],
  },
  {
    name: 'due and free of charge',
    agreements: [given.selling({ basis: 'flat', rate: '0' })],
    facts: proven,
    billing: 'nothing-to-bill',
    rows: [],
  },
  {
    name: 'cancelled before a carrier accepted',
    agreements: [TONU],
    facts: [plan(), cancelled],
    billing: 'nothing-to-bill',
    rows: [],
  },
  {
    name: 'cancelled after dispatch',
    agreements: [TONU],
    facts: [plan(), accepted, cancelled],
    billing: 'ready',
    rows: ['sell TNU pending 250.00'],
  },
  {
    name: 'cancelled after dispatch, no such accessorial',
    facts: [plan(), accepted, cancelled],
    billing: 'nothing-to-bill',
    rows: [],
  },
  {
    name: 'cancelled after the pickup, no such accessorial: linehaul as ever',
    facts: [plan(), milestone('picked-up', '2026-03-03T18:00:00Z'), cancelled],
    billing: 'ready',
    rows: ['sell LHL pending 480.00'],
  },
  {
    name: 'cancelled after dispatch, no agreement holds the date',
    agreements: [agreement({ validTo: '2026-03-01' })],
    facts: [plan(), accepted, cancelled],
    billing: 'held',
    rows: [],
  },
  {
    name: 'cancelled when it was invoiced already: taken back, which waits',
    facts: [plan(), milestone('cancelled', '2026-03-07T06:00:00Z')],
    documented: { over: proven, inErp: true },
    billing: 'adjusting',
    rows: ['sell LHL invoiced 480.00', 'sell LHL pending -480.00'],
  },
];

for (const { name, agreements, facts, documented, billing, rows } of cases) {
  test(`billing: ${name}`, () => {
    const rules = given.rules({ agreements, policy: LIMIT_150 });
    const documents =
      documented === undefined ? [] : known(given.decided(documented.over, rules).documents, documented.inErp);
    const decision = given.decided(facts, rules, { documents });
    assert.equal(decision.billing, billing);
    assert.deepEqual(given.rowsOf(decision), rows);
    const wanted = decision.documents.length + decision.awaitingApproval.length;
    if (billing === 'held') assert.equal(wanted, 0, 'nothing is decided while it is held');
  });
}
