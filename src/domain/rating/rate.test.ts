import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Fact } from '../../model/fact.ts';
import type { Accessorial, Agreement } from '../../model/setup/agreement.ts';
import type { ShipmentPlan } from '../../model/shipment.ts';
import * as given from '../testing/given.ts';

const { agreement, charge, lane, milestone, PICKED_UP, plan } = given;

const LFT: Accessorial = { code: 'LFT', trigger: 'reported', rate: '95.00' };
const RDL: Accessorial = { code: 'RDL', trigger: 'failed-delivery', rate: '75.00' };
const RES: Accessorial = { code: 'RES', trigger: 'attribute', attribute: 'residential', rate: '60.00' };
const TNU: Accessorial = { code: 'TNU', trigger: 'cancelled-after-dispatch', rate: '250.00' };
const FUEL: Pick<Agreement, 'fuel'> = {
  fuel: { index: 'us-diesel', method: 'percent-of-linehaul', table: [{ from: '0', value: '21.5' }] },
};
const WEEK = { index: 'us-diesel', effective: '2026-03-02', price: '3.842' };
const failed = (time: string, more = {}) => milestone('delivery-failed', `2026-03-05T${time}-05:00`, more);
const refused = (time: string, more = {}) => milestone('refused', `2026-03-05T${time}-05:00`, more);

type Case = {
  name: string;
  agreement?: Partial<Agreement>;
  shipment?: Partial<ShipmentPlan>;
  facts?: Fact[];
  owes: Record<string, string>;
  problems?: string[];
};

function holds(group: string, cases: readonly Case[]): void {
  for (const { name, agreement: terms, shipment, facts = [], owes, problems = [] } of cases) {
    test(`${group}: ${name}`, () => {
      const rules = given.rules({ agreements: [agreement(terms)], fuel: [WEEK] });
      const decision = given.decided([plan(shipment), ...facts], rules);
      assert.deepEqual(given.ratedOf(decision), owes);
      const ofRating = given.kindsOf(decision).filter((kind) => !/^(delivery|shipment)-/.test(kind));
      assert.deepEqual(ofRating, problems);
    });
  }
}

const flat = (rate: string) => [lane({ linehaul: { basis: 'flat', rate } })];
const reportedTwice = [charge('LFT', { id: 'a' }), charge('LFT', { id: 'b' })];

holds('rounding', [
  { name: 'half up by default', agreement: { lanes: flat('10.125') }, owes: { LHL: '10.13' } },
  { name: 'half even', agreement: { lanes: flat('10.125'), rounding: 'half-even' }, owes: { LHL: '10.12' } },
  {
    name: 'half even, odd before the half',
    agreement: { lanes: flat('10.135'), rounding: 'half-even' },
    owes: { LHL: '10.14' },
  },
  {
    name: 'half even, above the half',
    agreement: { lanes: flat('10.1251'), rounding: 'half-even' },
    owes: { LHL: '10.13' },
  },
  { name: 'a currency without decimals', agreement: { lanes: flat('1012.5'), currency: 'JPY' }, owes: { LHL: '1013' } },
  {
    name: 'a currency of three decimals',
    agreement: { lanes: flat('10.12345'), currency: 'KWD' },
    owes: { LHL: '10.123' },
  },
  // 21.5 % of 0.02 is 0.0043, nothing; of 0.02326 it would be 0.0050, a cent
  { name: 'fuel is of the rounded linehaul', agreement: { lanes: flat('0.02326'), ...FUEL }, owes: { LHL: '0.02' } },
  {
    name: 'fuel of a linehaul rounded up',
    agreement: { lanes: flat('10.005'), ...FUEL },
    owes: { LHL: '10.01', FSC: '2.15' },
  },
  {
    name: 'each report by itself, then added',
    agreement: { accessorials: [{ ...LFT, rate: '0.125' }] },
    facts: reportedTwice,
    owes: { LHL: '480.00', LFT: '0.26' },
  },
  { name: 'a zero charge is not kept', agreement: { lanes: flat('0'), ...FUEL }, owes: {} },
]);

holds('what can be rated is rated', [
  {
    name: 'no lane: percent fuel has nothing to be of, the rest stays',
    agreement: { lanes: [], ...FUEL, accessorials: [RES, LFT] },
    shipment: { attributes: ['residential'] },
    facts: [charge('LFT')],
    owes: { RES: '60.00', LFT: '95.00' },
    problems: ['no-lane'],
  },
  {
    name: 'no lane: fuel per mile is rated all the same',
    agreement: { lanes: [], fuel: { index: 'us-diesel', method: 'per-mile', table: [{ from: '0', value: '0.42' }] } },
    owes: { FSC: '100.80' },
    problems: ['no-lane'],
  },
  { name: 'no distance', shipment: { distanceMiles: undefined }, owes: {}, problems: ['quantity-missing'] },
  {
    name: 'no distance, and fuel is by the mile too: one exception',
    agreement: { fuel: { index: 'us-diesel', method: 'per-mile', table: [{ from: '0', value: '0.42' }] } },
    shipment: { distanceMiles: undefined },
    owes: {},
    problems: ['quantity-missing'],
  },
  {
    name: 'no price of the index: the linehaul stays',
    agreement: { fuel: { index: 'nobody', method: 'percent-of-linehaul', table: [{ from: '0', value: '1' }] } },
    owes: { LHL: '480.00' },
    problems: ['fuel-index-missing'],
  },
  {
    name: 'a price below the first row is no fuel and no problem',
    agreement: { fuel: { index: 'us-diesel', method: 'percent-of-linehaul', table: [{ from: '5', value: '1' }] } },
    owes: { LHL: '480.00' },
  },
  {
    name: 'the agreement is of other dates',
    agreement: { validTo: '2026-03-03' },
    owes: {},
    problems: ['no-agreement'],
  },
]);

holds('reported', [
  {
    name: 'once each, by default one',
    agreement: { accessorials: [LFT] },
    facts: reportedTwice,
    owes: { LHL: '480.00', LFT: '190.00' },
  },
  {
    name: '× its quantity',
    agreement: { accessorials: [LFT] },
    facts: [charge('LFT', { quantity: '1.5' })],
    owes: { LHL: '480.00', LFT: '142.50' },
  },
  {
    name: 'a quantity of zero',
    agreement: { accessorials: [LFT] },
    facts: [charge('LFT', { quantity: '0' })],
    owes: { LHL: '480.00' },
  },
  {
    name: 'for the other side only',
    agreement: { accessorials: [LFT] },
    facts: [charge('LFT', { side: 'buy' })],
    owes: { LHL: '480.00' },
  },
  {
    name: 'for this side',
    agreement: { accessorials: [LFT] },
    facts: [charge('LFT', { side: 'sell' })],
    owes: { LHL: '480.00', LFT: '95.00' },
  },
  {
    name: 'a code without a price',
    agreement: { accessorials: [LFT] },
    facts: [charge('LUMPER')],
    owes: { LHL: '480.00' },
    problems: ['accessorial-not-in-agreement'],
  },
  {
    name: 'a code that is priced by another trigger',
    agreement: { accessorials: [given.DETENTION] },
    facts: [charge('DET', { quantity: '3' })],
    owes: { LHL: '480.00' },
    problems: ['accessorial-not-in-agreement'],
  },
  {
    name: 'a code of the other side only is no problem of this',
    facts: [charge('LUMPER', { side: 'buy' })],
    owes: { LHL: '480.00' },
  },
]);

holds('failed delivery', [
  {
    name: 'each attempt',
    agreement: { accessorials: [RDL] },
    facts: [failed('09:00:00'), refused('15:00:00')],
    owes: { LHL: '480.00', RDL: '150.00' },
  },
  {
    name: 'one time at one stop is one attempt',
    agreement: { accessorials: [RDL] },
    facts: [failed('09:00:00'), refused('09:00:00')],
    owes: { LHL: '480.00', RDL: '75.00' },
  },
  {
    name: 'told twice is one attempt',
    agreement: { accessorials: [RDL] },
    facts: [failed('09:00:00', { id: 'a' }), failed('09:00:00', { id: 'b' })],
    owes: { LHL: '480.00', RDL: '75.00' },
  },
  {
    name: 'one time at two stops is two',
    agreement: { accessorials: [RDL] },
    shipment: { stops: [given.JOLIET, given.ATLANTA, { ...given.ATLANTA, sequence: 3, city: 'Macon' }] },
    facts: [PICKED_UP, failed('09:00:00', { stop: 2 }), failed('09:00:00', { stop: 3 })],
    owes: { LHL: '480.00', RDL: '150.00' },
  },
]);

holds('attribute', [
  {
    name: 'where the shipment has it',
    agreement: { accessorials: [RES] },
    shipment: { attributes: ['residential'] },
    owes: { LHL: '480.00', RES: '60.00' },
  },
  {
    name: 'where it has not',
    agreement: { accessorials: [RES] },
    shipment: { attributes: ['liftgate'] },
    owes: { LHL: '480.00' },
  },
  {
    name: 'once, though named twice',
    agreement: { accessorials: [RES] },
    shipment: { attributes: ['residential', 'residential'] },
    owes: { LHL: '480.00', RES: '60.00' },
  },
]);

const at = (what: Parameters<typeof milestone>[0], hour: string) => milestone(what, `2026-03-04T${hour}:00:00-06:00`);
const ALL = { accessorials: [TNU, RES, LFT], ...FUEL };
const residential = { attributes: ['residential'] };

holds('cancelled', [
  {
    name: 'after the carrier accepted: in place of linehaul, fuel and attributes; the others stay',
    agreement: ALL,
    shipment: residential,
    facts: [at('tender-accepted', '08'), at('cancelled', '12'), charge('LFT')],
    owes: { TNU: '250.00', LFT: '95.00' },
  },
  {
    name: 'before a carrier accepted: nothing',
    agreement: ALL,
    shipment: residential,
    facts: [at('tendered', '08'), at('cancelled', '12'), charge('LFT')],
    owes: {},
  },
  {
    name: 'accepted only after the cancellation: nothing',
    agreement: ALL,
    facts: [at('cancelled', '12'), at('tender-accepted', '13')],
    owes: {},
  },
  {
    name: 'accepted, then declined: nothing',
    agreement: ALL,
    facts: [at('tender-accepted', '08'), at('tender-declined', '09'), at('cancelled', '12')],
    owes: {},
  },
  {
    name: 'declined, then accepted: dispatched',
    agreement: ALL,
    facts: [at('tender-declined', '08'), at('tender-accepted', '09'), at('cancelled', '12')],
    owes: { TNU: '250.00' },
  },
  {
    name: 'the truck stood at the pickup: dispatched',
    agreement: ALL,
    facts: [at('arrived-pickup', '08'), at('cancelled', '12')],
    owes: { TNU: '250.00' },
  },
  {
    name: 'after the pickup: that accessorial too',
    agreement: ALL,
    facts: [at('picked-up', '08'), at('cancelled', '12')],
    owes: { TNU: '250.00' },
  },
  {
    name: 'accepted, the agreement knows no such accessorial: nothing',
    agreement: { accessorials: [RES, LFT] },
    shipment: residential,
    facts: [at('tender-accepted', '08'), at('cancelled', '12'), charge('LFT')],
    owes: {},
  },
  {
    name: 'at the pickup, no such accessorial: nothing',
    facts: [at('arrived-pickup', '08'), at('cancelled', '12')],
    owes: {},
  },
  {
    name: 'after the pickup, no such accessorial: as ever',
    agreement: { accessorials: [RES, LFT], ...FUEL },
    shipment: residential,
    facts: [at('picked-up', '08'), at('cancelled', '12'), charge('LFT')],
    owes: { LHL: '480.00', FSC: '103.20', RES: '60.00', LFT: '95.00' },
  },
  {
    name: 'before a carrier accepted: rating problems are none',
    agreement: { lanes: [] },
    facts: [at('cancelled', '12')],
    owes: {},
  },
  {
    name: 'delivered after all: as ever',
    agreement: ALL,
    facts: [at('tender-accepted', '08'), at('cancelled', '12'), given.DELIVERED],
    owes: { LHL: '480.00', FSC: '103.20' },
  },
  {
    name: 'detention of the visit stays',
    agreement: { accessorials: [TNU, given.DETENTION] },
    facts: [at('arrived-pickup', '09'), at('departed-pickup', '12'), at('cancelled', '13')],
    owes: { TNU: '250.00', DET: '75.00' },
  },
]);

test('buy side: what cannot be rated is expected to cost nothing, and is no problem of ours', () => {
  const decision = given.decided([plan({ carrier: 'rdwy' }), charge('LUMPER', { side: 'buy' })]);
  assert.deepEqual(given.ratedOf(decision, 'buy'), {});
  assert.deepEqual(given.kindsOf(decision), []);
});

test('buy side: the carrier’s own agreement, in its own currency', () => {
  const buying = agreement({ id: 'swft-2026', side: 'buy', party: 'swft', currency: 'CAD', accessorials: [LFT] });
  const decision = given.decided(
    [plan(), charge('LFT', { side: 'buy' })],
    given.rules({ agreements: [agreement(), buying] }),
  );
  assert.deepEqual(given.rowsOf(decision), [
    'buy LFT expected 95.00',
    'buy LHL expected 480.00',
    'sell LHL expected 480.00',
  ]);
  assert.deepEqual(
    decision.charges.map(({ currency }) => currency),
    ['CAD', 'CAD', 'USD'],
  );
});

test('a charge names its agreement, version, lane and the facts it rests on', () => {
  const rules = given.rules({ agreements: [agreement(), agreement({ rounding: 'half-even' })] });
  const [charged] = given.decided([plan(), PICKED_UP], rules).rated;
  assert.deepEqual(charged?.agreement, { id: 'acme-2026', version: 2 });
  assert.equal(charged?.lane, 'us');
  assert.deepEqual(charged?.facts, [PICKED_UP.id]);
  assert.deepEqual(charged?.derivation(), ['240 mi × 2.00 per mi = 480', 'rounded 480.00 USD']);
});
