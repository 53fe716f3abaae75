import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Fact, Whereabouts } from '../../model/fact.ts';
import { type Milestone, placeOf } from '../../model/milestone.ts';
import type { Stop } from '../../model/shipment.ts';
import { formatInstant } from '../../model/time.ts';
import * as given from '../testing/given.ts';
import { happenedAt, journeyFrom, stopMeant } from './journey.ts';

const { milestone, plan } = given;

// Two pickups, of which the second is in a city where it also delivers; two deliveries in one city; a port on the way.
const STOPS: readonly Stop[] = [
  { sequence: 10, kind: 'pickup', city: 'Joliet', country: 'US', timezone: 'America/Chicago' },
  { sequence: 20, kind: 'pickup', city: 'Gary', country: 'US', timezone: 'America/Chicago' },
  { sequence: 30, kind: 'port', city: 'Savannah', country: 'US', timezone: 'America/New_York' },
  { sequence: 40, kind: 'delivery', city: 'Gary', country: 'US', timezone: 'America/Chicago' },
  { sequence: 50, kind: 'delivery', city: 'Atlanta', country: 'US', timezone: 'America/New_York' },
  { sequence: 60, kind: 'delivery', city: 'Atlanta', country: 'US', timezone: 'America/New_York' },
];

const meant: { name: string; milestone: Milestone; where: Whereabouts; stop: number | undefined }[] = [
  { name: 'the stop that it names', milestone: 'picked-up', where: { stop: 20 }, stop: 20 },
  {
    name: 'the named one goes before the city',
    milestone: 'delivered',
    where: { stop: 40, city: 'Atlanta' },
    stop: 40,
  },
  {
    name: 'a stop of another kind does not count: the city',
    milestone: 'delivered',
    where: { stop: 10, city: 'Gary' },
    stop: 40,
  },
  {
    name: 'a stop of another kind does not count: the last delivery',
    milestone: 'delivered',
    where: { stop: 30 },
    stop: 60,
  },
  { name: 'a stop that the plan lacks does not count', milestone: 'picked-up', where: { stop: 99 }, stop: 10 },
  { name: 'the one of its kind in that city: pickup', milestone: 'departed-pickup', where: { city: 'Gary' }, stop: 20 },
  {
    name: 'the one of its kind in that city: delivery',
    milestone: 'arrived-delivery',
    where: { city: 'Gary' },
    stop: 40,
  },
  { name: 'a city in another spelling', milestone: 'arrived-delivery', where: { city: 'GARY' }, stop: 40 },
  { name: 'of several in one city, the first', milestone: 'delivered', where: { city: 'Atlanta' }, stop: 50 },
  {
    name: 'of several in one city, the one hinted at',
    milestone: 'delivered',
    where: { city: 'Atlanta', stopHint: 60 },
    stop: 60,
  },
  { name: 'the city goes before the hint', milestone: 'delivered', where: { city: 'Gary', stopHint: 60 }, stop: 40 },
  { name: 'the hint, where no city tells', milestone: 'arrived-pickup', where: { stopHint: 20 }, stop: 20 },
  {
    name: 'the hint, where the city is none of ours',
    milestone: 'arrived-pickup',
    where: { city: 'Peoria', stopHint: 20 },
    stop: 20,
  },
  { name: 'a hint of another kind does not count', milestone: 'arrived-pickup', where: { stopHint: 50 }, stop: 10 },
  { name: 'nothing said: the first pickup', milestone: 'picked-up', where: {}, stop: 10 },
  { name: 'nothing said: the last delivery', milestone: 'refused', where: {}, stop: 60 },
  { name: 'a city that is none of ours', milestone: 'out-for-delivery', where: { city: 'Peoria' }, stop: 60 },
  { name: 'on the way, at the port of that city', milestone: 'departed', where: { city: 'Savannah' }, stop: 30 },
  { name: 'on the way, at the port named', milestone: 'customs-hold', where: { stop: 30 }, stop: 30 },
  { name: 'on the way, at no stop', milestone: 'departed', where: {}, stop: undefined },
  {
    name: 'on the way, in a city where we only deliver',
    milestone: 'in-transit',
    where: { city: 'Atlanta' },
    stop: undefined,
  },
  { name: 'on the way, a delivery stop does not count', milestone: 'damaged', where: { stop: 60 }, stop: undefined },
];

for (const { name, milestone: what, where, stop } of meant) {
  test(`stop meant: ${name}`, () => assert.equal(stopMeant(where, placeOf(what), STOPS)?.sequence, stop));
}

function journeyOf(stops: readonly Stop[], ...facts: Fact[]) {
  const planFact = plan({ stops: [...stops] });
  return journeyFrom({ plan: planFact.plan, planFact, facts: [planFact, ...facts], unheard: [] });
}

const first = milestone('arrived-delivery', '2026-03-05T09:00:00-05:00', { reported: '2026-03-05T14:10:00Z' });
const second = milestone('arrived-delivery', '2026-03-05T08:45:00-05:00', { reported: '2026-03-05T16:00:00Z' });

const corrections: { name: string; facts: Fact[]; at: string }[] = [
  { name: 'the later report', facts: [first, second], at: '2026-03-05T13:45:00Z' },
  { name: 'the later report, come first', facts: [second, first], at: '2026-03-05T13:45:00Z' },
  {
    name: 'of two reported at one time, the one that occurred later',
    facts: [first, { ...second, reportedAt: first.reportedAt }],
    at: '2026-03-05T14:00:00Z',
  },
  {
    name: 'a report of another stop corrects nothing here',
    facts: [first, milestone('arrived-delivery', '2026-03-05T20:00:00-05:00', { stop: 40 })],
    at: '2026-03-05T14:00:00Z',
  },
  {
    name: 'a report of another milestone corrects nothing here',
    facts: [first, milestone('delivered', '2026-03-05T20:00:00-05:00')],
    at: '2026-03-05T14:00:00Z',
  },
];

for (const { name, facts, at } of corrections) {
  test(`corrections: ${name}`, () => {
    const journey = journeyOf(STOPS, ...facts);
    const atlanta = STOPS[5] as Stop;
    assert.equal(formatInstant(happenedAt(journey, atlanta, 'arrived-delivery')?.at ?? Number.NaN), at);
  });
}

const CORRECTED: readonly Milestone[] = [
  'arrived-pickup',
  'picked-up',
  'departed-pickup',
  'arrived-delivery',
  'delivered',
  'departed-delivery',
];
const AGAIN: readonly Milestone[] = [
  'delivery-failed',
  'refused',
  'in-transit',
  'departed',
  'arrived-terminal',
  'tender-accepted',
  'cancelled',
  'delayed',
];

for (const what of [...CORRECTED, ...AGAIN]) {
  const believed = CORRECTED.includes(what) ? 1 : 2;
  test(`${what} at two times is believed ${believed === 1 ? 'once' : 'twice'}`, () => {
    const journey = journeyOf(STOPS, milestone(what, '2026-03-05T09:00:00Z'), milestone(what, '2026-03-05T10:00:00Z'));
    assert.equal(journey.happenings.length, believed);
  });
}

test('a local time is read in the zone of the stop, once the stop is known', () => {
  // The carrier's own zone is Chicago, so 13:00 was first read as 19:00 UTC; in Atlanta it is 18:00 UTC.
  const said = milestone('delivered', '2026-03-05T13:00:00-06:00', { localTime: '2026-03-05T13:00:00' });
  const [delivered] = journeyOf(STOPS, said).happenings;
  assert.equal(formatInstant(delivered?.at ?? Number.NaN), '2026-03-05T18:00:00Z');
});

test('a local time at a stop without a zone stays as the sender’s zone read it', () => {
  const said = milestone('delivered', '2026-03-05T13:00:00-06:00', { localTime: '2026-03-05T13:00:00' });
  const [delivered] = journeyOf([given.JOLIET, { ...given.ATLANTA, timezone: undefined }], said).happenings;
  assert.equal(formatInstant(delivered?.at ?? Number.NaN), '2026-03-05T19:00:00Z');
});

test('stops are travelled by sequence, whatever the plan’s order', () => {
  const journey = journeyOf([...STOPS].reverse());
  assert.equal(journey.origin?.sequence, 10);
  assert.equal(journey.destination?.sequence, 60);
});

test('two stops of one sequence keep their own reports', () => {
  const twins: Stop[] = [given.JOLIET, { ...given.ATLANTA, city: 'Macon' }, given.ATLANTA];
  const journey = journeyOf(
    twins,
    milestone('delivered', '2026-03-05T09:00:00-05:00', { city: 'Macon' }),
    milestone('delivered', '2026-03-05T12:00:00-05:00', { city: 'Atlanta' }),
  );
  assert.equal(journey.happenings.length, 2);
});
