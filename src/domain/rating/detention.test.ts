import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Fact } from '../../model/fact.ts';
import type { DetentionTerms } from '../../model/setup/agreement.ts';
import type { Stop } from '../../model/shipment.ts';
import * as given from '../testing/given.ts';

const { ATLANTA, JOLIET, appointment, milestone } = given;

const TERMS: DetentionTerms = {
  code: 'DET',
  trigger: 'detention',
  stops: 'any',
  freeMinutes: 120,
  incrementMinutes: 15,
  rate: '18.75',
  maximum: '600.00',
};
const NINE = { ...JOLIET, appointment: { from: '2026-03-04T09:00:00-06:00' } };
const noon = (time: string) => `2026-03-04T${time}-06:00`;
const arrived = (time: string, more = {}) => milestone('arrived-pickup', noon(time), more);
const departed = (time: string, more = {}) => milestone('departed-pickup', noon(time), more);
const atDelivery = (what: 'arrived-delivery' | 'departed-delivery' | 'delivered', time: string) =>
  milestone(what, `2026-03-05T${time}-05:00`);

const cases: {
  name: string;
  terms?: Partial<DetentionTerms>;
  origin?: Stop;
  facts: Fact[];
  owes: string | undefined;
}[] = [
  { name: 'the last free minute is free', facts: [arrived('09:00:00'), departed('11:00:00')], owes: undefined },
  { name: 'one minute over starts an increment', facts: [arrived('09:00:00'), departed('11:01:00')], owes: '18.75' },
  { name: 'a whole increment', facts: [arrived('09:00:00'), departed('11:15:00')], owes: '18.75' },
  { name: 'the next increment', facts: [arrived('09:00:00'), departed('11:16:00')], owes: '37.50' },
  // 9 h − 2 h = 420 min = 28 × 18.75 = 525.00; 11 h: 36 × 18.75 = 675.00
  { name: 'nine hours', facts: [arrived('09:00:00'), departed('18:00:00')], owes: '525.00' },
  { name: 'eleven hours stop at the maximum', facts: [arrived('09:00:00'), departed('20:00:00')], owes: '600.00' },
  {
    name: 'no maximum',
    terms: { maximum: undefined },
    facts: [arrived('09:00:00'), departed('20:00:00')],
    owes: '675.00',
  },
  {
    name: 'nothing is free',
    terms: { freeMinutes: 0 },
    facts: [arrived('09:00:00'), departed('09:01:00')],
    owes: '18.75',
  },

  {
    name: 'who is early waits for the appointment at his own cost',
    facts: [arrived('07:00:00'), departed('11:30:00')],
    owes: '37.50',
  },
  { name: 'who is late waits from his arrival', facts: [arrived('10:00:00'), departed('12:30:00')], owes: '37.50' },
  {
    name: 'without an appointment, from the arrival',
    origin: JOLIET,
    facts: [arrived('07:00:00'), departed('09:30:00')],
    owes: '37.50',
  },
  {
    name: 'the appointment was moved',
    facts: [arrived('08:30:00'), departed('12:30:00'), appointment('pickup', noon('10:00:00'))],
    owes: '37.50',
  },
  {
    name: 'moved twice: the move reported last',
    facts: [
      arrived('08:30:00'),
      departed('12:30:00'),
      appointment('pickup', noon('10:00:00'), { reported: '2026-03-03T20:00:00Z' }),
      appointment('pickup', noon('09:30:00'), { reported: '2026-03-03T19:00:00Z' }),
    ],
    owes: '37.50',
  },
  {
    name: 'two moves reported at one time: the later appointment',
    facts: [
      arrived('08:30:00'),
      departed('12:30:00'),
      appointment('pickup', noon('10:00:00')),
      appointment('pickup', noon('09:30:00')),
    ],
    owes: '37.50',
  },
  {
    name: 'moved before the plan that holds was reported: the plan says',
    facts: [
      arrived('08:30:00'),
      departed('11:30:00'),
      appointment('pickup', noon('10:30:00'), { reported: '2026-03-03T11:00:00Z' }),
    ],
    owes: '37.50',
  },

  // 09:00:59 to 11:00:59 is two hours; 09:00:59 counts as 09:00, 11:01:00 as 11:01
  { name: 'seconds are cut off at both ends', facts: [arrived('09:00:59'), departed('11:01:00')], owes: '18.75' },
  { name: 'seconds over the free time are free', facts: [arrived('09:00:00'), departed('11:00:59')], owes: undefined },

  { name: 'an arrival without a departure gives nothing yet', facts: [arrived('09:00:00')], owes: undefined },
  { name: 'a departure without an arrival gives nothing', facts: [departed('14:00:00')], owes: undefined },
  { name: 'left before it was due', facts: [arrived('07:00:00'), departed('08:00:00')], owes: undefined },
  {
    name: 'picked up stands for the departure',
    facts: [arrived('09:00:00'), milestone('picked-up', noon('11:20:00'))],
    owes: '37.50',
  },
  {
    name: 'the departure goes before the pickup',
    facts: [arrived('09:00:00'), milestone('picked-up', noon('11:20:00')), departed('11:10:00')],
    owes: '18.75',
  },
  {
    name: 'a corrected departure',
    facts: [arrived('09:00:00'), departed('11:40:00'), departed('11:10:00', { reported: '2026-03-05T00:00:00Z' })],
    owes: '18.75',
  },
  {
    name: 'delivered stands for the departure',
    facts: [atDelivery('arrived-delivery', '09:00:00'), atDelivery('delivered', '11:16:00')],
    owes: '37.50',
  },

  {
    name: 'each stop by itself, then added',
    facts: [
      arrived('09:00:00'),
      departed('11:01:00'),
      atDelivery('arrived-delivery', '09:00:00'),
      atDelivery('departed-delivery', '11:16:00'),
    ],
    owes: '56.25',
  },
  {
    name: 'the maximum is per stop',
    terms: { maximum: '20.00' },
    facts: [
      arrived('09:00:00'),
      departed('11:31:00'),
      atDelivery('arrived-delivery', '09:00:00'),
      atDelivery('departed-delivery', '11:31:00'),
    ],
    owes: '40.00',
  },
  {
    name: 'each stop is rounded by itself',
    terms: { rate: '0.125' },
    facts: [
      arrived('09:00:00'),
      departed('11:01:00'),
      atDelivery('arrived-delivery', '09:00:00'),
      atDelivery('departed-delivery', '11:01:00'),
    ],
    owes: '0.26', // 0.13 twice, not 0.25
  },
  {
    name: 'at pickups only',
    terms: { stops: 'pickup' },
    facts: [
      arrived('09:00:00'),
      departed('11:01:00'),
      atDelivery('arrived-delivery', '09:00:00'),
      atDelivery('departed-delivery', '15:00:00'),
    ],
    owes: '18.75',
  },
  {
    name: 'at deliveries only',
    terms: { stops: 'delivery' },
    facts: [
      arrived('09:00:00'),
      departed('15:00:00'),
      atDelivery('arrived-delivery', '09:00:00'),
      atDelivery('departed-delivery', '11:01:00'),
    ],
    owes: '18.75',
  },
];

for (const { name, terms, origin = NINE, facts, owes } of cases) {
  test(`detention: ${name}`, () => {
    const rules = given.rules({ agreements: [given.agreement({ accessorials: [{ ...TERMS, ...terms }] })] });
    const decision = given.decided([given.plan({ stops: [origin, ATLANTA] }), ...facts], rules);
    assert.equal(given.ratedOf(decision).DET, owes);
  });
}

test('detention: the arithmetic in words, in the stop’s own time', () => {
  const rules = given.rules({ agreements: [given.agreement({ accessorials: [TERMS] })] });
  const decision = given.decided(
    [given.plan({ stops: [NINE, ATLANTA] }), arrived('08:15:30'), departed('22:00:10')],
    rules,
  );
  const charge = decision.rated.find(({ code }) => code === 'DET');
  assert.deepEqual(charge?.derivation(), [
    'Joliet IL from 2026-03-04T09:00:00-06:00 to 2026-03-04T22:00:10-06:00: 780 min, 120 free',
    '660 min = 44 × 15 min × 18.75 = 825, maximum 600.00',
    'rounded 600.00 USD',
  ]);
});
