import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Fact } from '../../model/fact.ts';
import type { Milestone } from '../../model/milestone.ts';
import type { BillingTrigger } from '../../model/setup/policy.ts';
import type { ShipmentPlan, Stop } from '../../model/shipment.ts';
import * as given from '../testing/given.ts';

const { ATLANTA, DELIVERED, JOLIET, PICKED_UP, POD, plan } = given;
const at = (what: Milestone, more = {}): Fact => given.milestone(what, '2026-03-04T18:00:00Z', more);

const PORT: Stop = { sequence: 2, kind: 'port', city: 'Savannah', country: 'US' };
const BORDER: Stop = { sequence: 2, kind: 'border', city: 'Laredo', country: 'US' };
const MONTERREY: Stop = { sequence: 3, kind: 'delivery', city: 'Monterrey', country: 'MX' };
const BY_SEA = { stops: [JOLIET, PORT, MONTERREY] };
const BY_LAND = { stops: [JOLIET, BORDER, MONTERREY] };
const NO_GATE = { stops: [JOLIET, MONTERREY] };
const TWO_DROPS = { stops: [JOLIET, ATLANTA, { ...ATLANTA, sequence: 3, city: 'Macon' }] };
const RELEASE = given.document('export-release', '2026-03-09T11:00:00Z');

const cases: {
  trigger: BillingTrigger | undefined;
  name: string;
  shipment?: Partial<ShipmentPlan>;
  facts: Fact[];
  due: boolean;
}[] = [
  { trigger: 'dispatched', name: 'planned', facts: [], due: false },
  {
    trigger: 'dispatched',
    name: 'accepted, the truck stands at the pickup',
    facts: [at('tender-accepted'), at('arrived-pickup')],
    due: false,
  },
  { trigger: 'dispatched', name: 'picked up', facts: [PICKED_UP], due: true },
  { trigger: 'dispatched', name: 'left the pickup', facts: [at('departed-pickup')], due: true },
  { trigger: 'dispatched', name: 'any later movement', facts: [at('arrived-terminal')], due: true },
  { trigger: 'dispatched', name: 'refused at the door is no movement', facts: [at('refused')], due: false },
  { trigger: 'dispatched', name: 'stays so after a refusal', facts: [PICKED_UP, at('refused')], due: true },

  { trigger: 'delivered', name: 'picked up', facts: [PICKED_UP], due: false },
  { trigger: 'delivered', name: 'delivered', facts: [DELIVERED], due: true },
  {
    trigger: 'delivered',
    name: 'at one of two stops',
    shipment: TWO_DROPS,
    facts: [at('delivered', { stop: 2 })],
    due: false,
  },
  {
    trigger: 'delivered',
    name: 'at both stops',
    shipment: TWO_DROPS,
    facts: [at('delivered', { stop: 2 }), at('delivered', { stop: 3 })],
    due: true,
  },
  {
    trigger: 'delivered',
    name: 'whatever came after',
    facts: [DELIVERED, given.milestone('returned', '2026-03-07T12:00:00Z')],
    due: true,
  },

  { trigger: 'pod', name: 'delivered without proof', facts: [DELIVERED], due: false },
  { trigger: 'pod', name: 'proof without delivery', facts: [POD], due: false },
  { trigger: 'pod', name: 'delivered and proof', facts: [DELIVERED, POD], due: true },
  {
    trigger: 'pod',
    name: 'another document is no proof',
    facts: [DELIVERED, given.document('bol', '2026-03-05T16:00:00Z')],
    due: false,
  },
  { trigger: undefined, name: 'no policy is pod: delivered', facts: [DELIVERED], due: false },
  { trigger: undefined, name: 'no policy is pod: proof', facts: [DELIVERED, POD], due: true },

  {
    trigger: 'export-cleared',
    name: 'released, still on the quay',
    shipment: BY_SEA,
    facts: [PICKED_UP, RELEASE],
    due: false,
  },
  {
    trigger: 'export-cleared',
    name: 'sailed, not released',
    shipment: BY_SEA,
    facts: [at('departed', { city: 'Savannah' })],
    due: false,
  },
  {
    trigger: 'export-cleared',
    name: 'sailed, released by document',
    shipment: BY_SEA,
    facts: [at('departed', { city: 'Savannah' }), RELEASE],
    due: true,
  },
  {
    trigger: 'export-cleared',
    name: 'sailed, released by milestone',
    shipment: BY_SEA,
    facts: [at('departed', { stop: 2 }), at('export-cleared')],
    due: true,
  },
  {
    trigger: 'export-cleared',
    name: 'customs papers are no release',
    shipment: BY_SEA,
    facts: [at('departed', { stop: 2 }), given.document('customs', '2026-03-05T16:00:00Z')],
    due: false,
  },
  {
    trigger: 'export-cleared',
    name: 'departed a terminal on the way to the port',
    shipment: BY_SEA,
    facts: [at('departed', { city: 'Macon', country: 'US' }), RELEASE],
    due: false,
  },
  {
    trigger: 'export-cleared',
    name: 'departed at the border',
    shipment: BY_LAND,
    facts: [at('departed', { city: 'Laredo' }), RELEASE],
    due: true,
  },
  {
    trigger: 'export-cleared',
    name: 'left the pickup is not departed',
    shipment: BY_SEA,
    facts: [at('departed-pickup'), RELEASE],
    due: false,
  },
  {
    trigger: 'export-cleared',
    name: 'no such stop: any departed',
    shipment: NO_GATE,
    facts: [at('departed'), RELEASE],
    due: true,
  },
  {
    trigger: 'export-cleared',
    name: 'a movement abroad',
    shipment: BY_SEA,
    facts: [at('in-transit', { country: 'MX' }), RELEASE],
    due: true,
  },
  {
    trigger: 'export-cleared',
    name: 'a movement at home',
    shipment: BY_SEA,
    facts: [at('in-transit', { country: 'US' }), RELEASE],
    due: false,
  },
  {
    trigger: 'export-cleared',
    name: 'arrived at a stop abroad',
    shipment: BY_SEA,
    facts: [at('arrived-delivery'), RELEASE],
    due: true,
  },
  {
    trigger: 'export-cleared',
    name: 'customs abroad is no movement',
    shipment: BY_SEA,
    facts: [at('customs-hold', { country: 'MX' }), RELEASE],
    due: false,
  },
];

for (const { trigger, name, shipment, facts, due } of cases) {
  test(`trigger ${trigger ?? '(no policy)'}: ${name}`, () => {
    const rules = given.rules({
      agreements: [given.agreement({ lanes: [given.lane({ origin: {}, destination: {} })] })],
      policy: trigger === undefined ? undefined : { trigger },
    });
    const decision = given.decided([plan(shipment), ...facts], rules);
    assert.deepEqual(given.rowsOf(decision), [`sell LHL ${due ? 'pending' : 'expected'} 480.00`]);
    assert.equal(decision.billing, due ? 'ready' : 'not-due');
    assert.equal(decision.documents.length, due ? 1 : 0);
  });
}
