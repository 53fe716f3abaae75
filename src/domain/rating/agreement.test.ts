import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Fact } from '../../model/fact.ts';
import type { Agreement } from '../../model/setup/agreement.ts';
import { journeyFrom } from '../shipment/journey.ts';
import * as given from '../testing/given.ts';
import { agreementFor, ratingDateOf } from './agreement.ts';

const { ATLANTA, JOLIET, agreement, appointment, milestone, plan } = given;
const BERLIN = { ...JOLIET, timezone: 'Europe/Berlin' };
const NO_ZONE = { ...JOLIET, timezone: undefined };
const at = (from: string) => ({ appointment: { from } });

const dates: { name: string; facts: [Fact, ...Fact[]]; date: string | undefined }[] = [
  {
    name: 'the actual pickup goes before the planned one',
    facts: [plan(), milestone('picked-up', '2026-03-06T08:00:00-06:00')],
    date: '2026-03-06',
  },
  { name: 'the planned pickup', facts: [plan(), milestone('tendered', '2026-03-01T08:00:00Z')], date: '2026-03-04' },
  {
    name: 'the planned pickup as moved since',
    facts: [plan(), appointment('pickup', '2026-03-09T08:00:00-05:00')],
    date: '2026-03-09',
  },
  {
    name: 'departed-pickup where picked-up is not known',
    facts: [plan(), milestone('departed-pickup', '2026-03-05T08:00:00-06:00')],
    date: '2026-03-05',
  },
  {
    name: 'without either, the earliest milestone',
    facts: [
      plan({ stops: [JOLIET, ATLANTA] }),
      milestone('arrived-terminal', '2026-03-08T08:00:00-05:00'),
      milestone('in-transit', '2026-03-07T08:00:00-06:00'),
    ],
    date: '2026-03-07',
  },
  {
    name: 'an estimate is no occurrence',
    facts: [plan({ stops: [JOLIET, ATLANTA] }), milestone('eta', '2026-03-07T08:00:00-06:00')],
    date: undefined,
  },
  {
    name: 'the pickup at a further stop is not the origin’s',
    facts: [
      plan({
        stops: [
          { ...JOLIET, ...at('2026-03-04T09:00:00-06:00') },
          { ...JOLIET, sequence: 2, city: 'Gary' },
          { ...ATLANTA, sequence: 3 },
        ],
      }),
      milestone('picked-up', '2026-03-08T08:00:00-05:00', { stop: 2 }),
    ],
    date: '2026-03-04',
  },
  // 23:59:59 in Chicago is the next day in UTC; a second later it is the next day there too.
  {
    name: 'the last second before midnight at the origin',
    facts: [plan(), milestone('picked-up', '2026-03-05T05:59:59Z')],
    date: '2026-03-04',
  },
  {
    name: 'midnight at the origin',
    facts: [plan(), milestone('picked-up', '2026-03-05T06:00:00Z')],
    date: '2026-03-05',
  },
  // On 2026-03-08 the clocks of Chicago go forward: its day ends at 05:00 UTC, not at 06:00.
  {
    name: 'the day on which the clocks go forward is an hour short',
    facts: [plan(), milestone('picked-up', '2026-03-09T05:00:00Z')],
    date: '2026-03-09',
  },
  {
    name: 'and its last second',
    facts: [plan(), milestone('picked-up', '2026-03-09T04:59:59Z')],
    date: '2026-03-08',
  },
  // On 2026-10-25 the clocks of Berlin go back: its day ends at 23:00 UTC.
  {
    name: 'the day on which the clocks go back is an hour longer',
    facts: [plan({ stops: [BERLIN, ATLANTA] }), milestone('picked-up', '2026-10-25T22:30:00Z')],
    date: '2026-10-25',
  },
  {
    name: 'the origin’s zone goes before the carrier’s',
    facts: [plan({ stops: [BERLIN, ATLANTA] }), milestone('picked-up', '2026-03-04T23:30:00Z')],
    date: '2026-03-05',
  },
  {
    name: 'an origin without a zone has the carrier’s',
    facts: [plan({ stops: [NO_ZONE, ATLANTA] }), milestone('picked-up', '2026-03-05T05:00:00Z')],
    date: '2026-03-04',
  },
  {
    name: 'neither has a zone: UTC',
    facts: [plan({ stops: [NO_ZONE, ATLANTA], carrier: 'rdwy' }), milestone('picked-up', '2026-03-05T05:00:00Z')],
    date: '2026-03-05',
  },
];

for (const { name, facts, date } of dates) {
  test(`rating date: ${name}`, () => {
    const [planFact] = facts;
    assert.ok(planFact.kind === 'plan');
    const journey = journeyFrom({ plan: planFact.plan, planFact, facts, unheard: [] });
    assert.equal(ratingDateOf(journey, planFact.plan, given.rules()), date);
  });
}

const year = agreement({ id: 'year' });
const choices: { name: string; agreements: Agreement[]; date: string; chosen: string | undefined }[] = [
  { name: 'first day of validity', agreements: [year], date: '2026-01-01', chosen: 'year v1' },
  { name: 'last day of validity', agreements: [year], date: '2026-12-31', chosen: 'year v1' },
  { name: 'the day before', agreements: [year], date: '2025-12-31', chosen: undefined },
  { name: 'the day after', agreements: [year], date: '2027-01-01', chosen: undefined },
  {
    name: 'an open end',
    agreements: [agreement({ id: 'open', validTo: undefined })],
    date: '2031-07-01',
    chosen: 'open v1',
  },
  { name: 'the other side', agreements: [agreement({ side: 'buy' })], date: '2026-03-04', chosen: undefined },
  { name: 'another party', agreements: [agreement({ party: 'bolt' })], date: '2026-03-04', chosen: undefined },
  {
    name: 'of several, the latest validFrom',
    agreements: [agreement({ id: 'march', validFrom: '2026-03-01' }), year],
    date: '2026-03-04',
    chosen: 'march v1',
  },
  {
    name: 'the newest version',
    agreements: [year, { ...year, currency: 'EUR' }],
    date: '2026-03-04',
    chosen: 'year v2',
  },
  {
    name: 'a new version rates the dates of its own validity',
    agreements: [year, { ...year, validFrom: '2026-03-01' }],
    date: '2026-03-01',
    chosen: 'year v2',
  },
  {
    name: 'for other dates the version before it stays',
    agreements: [year, { ...year, validFrom: '2026-03-01' }],
    date: '2026-02-28',
    chosen: 'year v1',
  },
  {
    name: 'a newer version that began earlier still replaces the older',
    agreements: [{ ...year, validFrom: '2026-02-01' }, year],
    date: '2026-03-04',
    chosen: 'year v2',
  },
  {
    name: 'two that begin on one day: the one imported last',
    agreements: [agreement({ id: 'zeta' }), agreement({ id: 'alpha' })],
    date: '2026-03-04',
    chosen: 'alpha v1',
  },
  {
    name: 'the latest validFrom among the versions that stay',
    agreements: [
      agreement({ id: 'march', validFrom: '2026-03-01' }),
      agreement({ id: 'march', validFrom: '2026-01-15' }),
      agreement({ id: 'feb', validFrom: '2026-02-01' }),
    ],
    date: '2026-03-04',
    chosen: 'feb v1',
  },
];

for (const { name, agreements, date, chosen } of choices) {
  test(`agreement: ${name}`, () => {
    const found = agreementFor(given.rules({ agreements }), 'sell', 'acme', date);
    assert.equal(found && `${found.content.id} v${found.version}`, chosen);
  });
}
