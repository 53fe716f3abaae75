import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Lane, Place } from '../../model/setup/agreement.ts';
import type { Stop } from '../../model/shipment.ts';
import { ATLANTA, agreement, JOLIET, lane, planned } from '../testing/given.ts';
import { laneFor, placeName } from './lane.ts';

const US: Place = { country: 'US' };
const from = (id: string, origin: Place, destination: Place = US): Lane => lane({ id, origin, destination });

const cases: { name: string; lanes: Lane[]; origin?: Partial<Stop>; runs: string | undefined }[] = [
  { name: 'country', lanes: [from('us', US), from('ca', { country: 'CA' })], runs: 'us' },
  {
    name: 'region in the list',
    lanes: [from('west', { region: ['CA', 'OR'] }), from('mid', { region: ['IN', 'IL'] })],
    runs: 'mid',
  },
  {
    name: 'postal prefix',
    lanes: [from('605', { postal: ['605', '606'] }), from('604', { postal: ['603', '604'] })],
    runs: '604',
  },
  { name: 'city, ignoring case', lanes: [from('city', { city: 'JOLIET' })], runs: 'city' },
  { name: 'locode', lanes: [from('port', { locode: 'USJOT' })], origin: { locode: 'USJOT' }, runs: 'port' },
  { name: 'every key given must hold', lanes: [from('il-606', { region: ['IL'], postal: ['606'] })], runs: undefined },
  { name: 'a place that the stop does not name', lanes: [from('port', { locode: 'USJOT' })], runs: undefined },
  { name: 'anywhere', lanes: [from('any', {}, {})], runs: 'any' },
  { name: 'both ends must hold', lanes: [from('to-fl', US, { region: ['FL'] })], runs: undefined },

  { name: 'region beats country', lanes: [from('us', US), from('il', { country: 'US', region: ['IL'] })], runs: 'il' },
  {
    name: 'postal beats region',
    lanes: [from('il', { region: ['IL'] }), from('604', { postal: ['604'] })],
    runs: '604',
  },
  {
    name: 'city beats postal',
    lanes: [from('604', { postal: ['604'] }), from('city', { city: 'Joliet' })],
    runs: 'city',
  },
  {
    name: 'locode beats city',
    lanes: [from('city', { city: 'Joliet' }), from('port', { locode: 'USJOT' })],
    origin: { locode: 'USJOT' },
    runs: 'port',
  },
  // 2 + 2 = 4 against 4 + 0: a tie, however many keys an end names.
  {
    name: 'the highest key of each end, both added; a tie goes to the first listed',
    lanes: [
      from('regions', { country: 'US', region: ['IL'] }, { country: 'US', region: ['GA'] }),
      from('city', { city: 'Joliet' }, {}),
    ],
    runs: 'regions',
  },
  {
    name: 'both ends added: 3 + 3 beats 4 + 1',
    lanes: [from('city', { city: 'Joliet' }), from('postal', { postal: ['604'] }, { postal: ['303'] })],
    runs: 'postal',
  },
];

for (const { name, lanes, origin, runs } of cases) {
  test(`lane: ${name}`, () => {
    const found = laneFor(agreement({ lanes }), planned(), { ...JOLIET, ...origin }, ATLANTA);
    assert.equal(found?.id, runs);
  });
}

const offers: {
  name: string;
  offered: Partial<Lane>;
  asked: { mode?: string; service?: string; equipment?: string };
  runs: boolean;
}[] = [
  { name: 'another mode', offered: { mode: 'LTL' }, asked: {}, runs: false },
  {
    name: 'a service that the lane names',
    offered: { service: 'EXPEDITED' },
    asked: { service: 'EXPEDITED' },
    runs: true,
  },
  { name: 'a service that the shipment lacks', offered: { service: 'EXPEDITED' }, asked: {}, runs: false },
  { name: 'a service that the lane leaves open', offered: {}, asked: { service: 'EXPEDITED' }, runs: true },
  { name: 'other equipment', offered: { equipment: 'REEFER' }, asked: { equipment: 'VAN' }, runs: false },
  {
    name: 'equipment that the lane names',
    offered: { equipment: 'REEFER' },
    asked: { equipment: 'REEFER' },
    runs: true,
  },
];

for (const { name, offered, asked, runs } of offers) {
  test(`lane: ${name}`, () => {
    const found = laneFor(agreement({ lanes: [lane(offered)] }), planned(asked), JOLIET, ATLANTA);
    assert.equal(found !== undefined, runs);
  });
}

test('lane: a shipment without a delivery stop runs on none', () => {
  assert.equal(laneFor(agreement(), planned(), JOLIET, undefined), undefined);
});

test('lane: a place by its name', () => {
  assert.equal(placeName(JOLIET), 'Joliet IL');
  assert.equal(placeName({ sequence: 1, kind: 'port', country: 'DE', locode: 'DEHAM' }), 'DEHAM DE');
  assert.equal(placeName(undefined), 'an unknown place');
});
