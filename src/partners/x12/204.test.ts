import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ShipmentPlan } from '../../model/shipment.ts';
import { ACME, acknowledgementOf, DESK, interchange, rulesWith, SWIFT, translated } from '../testing/interchange.ts';

const TMS = { qualifier: 'ZZ', sender: 'LADTMS' };
const HEAD = ['B2**SWFT**S-801**PP', 'B2A*00'];
const CUSTOMER = 'N1*BT*Acme Tools*01*004321519';
const PICKUP = ['S5*1*CL', 'N1*SH*Acme DC 4', 'N4*Joliet*IL*60432*US', 'G62*37*20260305*I*0800*CT'];
const DELIVERY = ['S5*2*CU', 'N1*CN*Peach Hardware', 'N4*Atlanta*GA*30303*US', 'G62*53*20260306*G*0900*ET'];

const tender = (...segments: string[]) => translated(interchange([['204', ...segments]], TMS));
const usual = (...more: string[]) => tender(...HEAD, ...more, CUSTOMER, ...PICKUP, ...DELIVERY);

function planIn(translation: ReturnType<typeof tender>): ShipmentPlan {
  const [first] = translation.events;
  if (first?.event.type !== 'shipment.planned') throw new Error(JSON.stringify(translation.problems));
  return first.event.data;
}

test('204: a tender plans the shipment and tenders it at the time of the group', () => {
  const { events, problems } = tender(
    ...HEAD,
    'L11*400*DIS',
    'L11*PO-7*PO',
    'MS3*SWFT*B**M',
    CUSTOMER,
    ...PICKUP,
    'L11*2096848*LO',
    ...DELIVERY,
    'G62*54*20260306*L*1200*ET',
    'L3*38000*G',
  );
  assert.deepEqual(problems, []);
  assert.deepEqual(
    events.map(({ event }) => [event.type, event.data]),
    [
      [
        'shipment.planned',
        {
          shipment: 'S-801',
          customer: 'acme',
          carrier: 'swft',
          mode: 'FTL',
          references: [
            { type: 'po', value: 'PO-7' },
            { type: 'load', value: '2096848' },
          ],
          stops: [
            {
              sequence: 1,
              kind: 'pickup',
              name: 'Acme DC 4',
              city: 'Joliet',
              region: 'IL',
              postal: '60432',
              country: 'US',
              appointment: { from: '2026-03-05T08:00:00-06:00' },
            },
            {
              sequence: 2,
              kind: 'delivery',
              name: 'Peach Hardware',
              city: 'Atlanta',
              region: 'GA',
              postal: '30303',
              country: 'US',
              appointment: { from: '2026-03-06T09:00:00-05:00', to: '2026-03-06T12:00:00-05:00' },
            },
          ],
          weight: { value: '38000', unit: 'lb' },
          distanceMiles: '400',
        },
      ],
      [
        'shipment.milestone',
        { shipment: 'S-801', carrier: 'swft', milestone: 'tendered', occurredAt: '2026-03-04T21:00:00Z' },
      ],
    ],
  );
  assert.deepEqual(events[0]?.names, [{ type: 'shipment', value: 'S-801' }]);
});

for (const purpose of ['00', '04', '05']) {
  test(`204: purpose ${purpose} plans`, () => {
    const { events } = tender('B2**SWFT**S-801', `B2A*${purpose}`, CUSTOMER, ...PICKUP, ...DELIVERY);
    assert.deepEqual(
      events.map(({ event }) => event.type),
      ['shipment.planned', 'shipment.milestone'],
    );
  });
}

test('204: purpose 01 cancels, with or without stops', () => {
  for (const stops of [[], [CUSTOMER, ...PICKUP, ...DELIVERY]]) {
    const { events, problems } = tender('B2**SWFT**S-801', 'B2A*01', ...stops);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      events.map(({ event }) => event.data),
      [{ shipment: 'S-801', carrier: 'swft', milestone: 'cancelled', occurredAt: '2026-03-04T21:00:00Z' }],
    );
  }
});

const modes = [
  { segments: ['MS3*SWFT*B**LT'], mode: 'LTL' },
  { segments: ['MS3*SWFT*B**M'], mode: 'FTL' },
  { segments: ['MS3*SWFT*B**J'], mode: 'FTL' },
  { segments: ['MS3*SWFT*B**A'], mode: 'AIR' },
  { segments: ['MS3*SWFT*B**S'], mode: 'OCEAN' },
  { segments: ['MS3*SWFT*B**R'], mode: 'RAIL' },
  { segments: ['MS3*SWFT*B**X'], mode: 'INTERMODAL' },
  { segments: ['MS3*SWFT*B**FL'], mode: 'FL' },
  { segments: ['AT5*LT'], mode: 'LTL' },
  { segments: ['MS3*SWFT*B**M', 'AT5*LT*EXP'], mode: 'FTL', service: 'EXP' },
  { segments: [], mode: 'UNSPECIFIED' },
];
for (const { segments, mode, service } of modes) {
  test(`204: ${segments.join(' ') || 'no mode'} is ${mode}`, () => {
    const plan = planIn(usual(...segments));
    assert.deepEqual([plan.mode, plan.service], [mode, service]);
  });
}

const kinds = { CL: 'pickup', LD: 'pickup', PL: 'pickup', CU: 'delivery', UL: 'delivery', PU: 'delivery' };
for (const [reason, kind] of Object.entries(kinds)) {
  test(`204: S502 ${reason} is a ${kind}`, () => {
    const plan = planIn(tender(...HEAD, CUSTOMER, ...PICKUP, `S5*7*${reason}`, 'N4*Reno*NV'));
    assert.deepEqual(plan.stops[1], { sequence: 7, kind, city: 'Reno', region: 'NV', country: 'US' });
  });
}

const appointments = [
  { stop: 'CL', dates: ['37*20260305*I*0800*UT'], appointment: { from: '2026-03-05T08:00:00Z' } },
  { stop: 'CL', dates: ['10*20260305*I*0800*UT'], appointment: { from: '2026-03-05T08:00:00Z' } },
  { stop: 'CL', dates: ['69*20260305*I*0800*UT'], appointment: { from: '2026-03-05T08:00:00Z' } },
  {
    stop: 'CL',
    dates: ['37*20260305*I*0800*UT', '38*20260305*K*1600*UT'],
    appointment: { from: '2026-03-05T08:00:00Z', to: '2026-03-05T16:00:00Z' },
  },
  { stop: 'CU', dates: ['02*20260305*G*0800*UT'], appointment: { from: '2026-03-05T08:00:00Z' } },
  { stop: 'CU', dates: ['70*20260305*G*0800*UT'], appointment: { from: '2026-03-05T08:00:00Z' } },
  { stop: 'CU', dates: ['37*20260305*I*0800*UT'], appointment: undefined },
  { stop: 'CL', dates: ['38*20260305*K*1600*UT'], appointment: undefined },
  { stop: 'CL', dates: ['37*20260305*I*0800'], appointment: { from: '2026-03-05T08:00:00-06:00' } },
  { stop: 'CL', dates: ['37*20260705*I*0800*LT'], appointment: { from: '2026-07-05T08:00:00-05:00' } },
  { stop: 'CL', dates: ['37*260305'], appointment: { from: '2026-03-05T00:00:00-06:00' } },
];
for (const { stop, dates, appointment } of appointments) {
  test(`204: the appointment of ${stop} with ${dates.join(' and ')}`, () => {
    const plan = planIn(tender(...HEAD, CUSTOMER, `S5*1*${stop}`, ...dates.map((date) => `G62*${date}`)));
    assert.deepEqual(plan.stops[0]?.appointment, appointment);
  });
}

const weights = [
  { more: ['L3*38000*G'], weight: { value: '38000', unit: 'lb' } },
  { more: ['L3*17236.5*G**********K'], weight: { value: '17236.5', unit: 'kg' } },
  { more: ['L3*38000*G**********L'], weight: { value: '38000', unit: 'lb' } },
  { more: [], weight: undefined },
];
for (const { more, weight } of weights) {
  test(`204: the weight of ${more.join() || 'no L3'}`, () => {
    assert.deepEqual(planIn(tender(...HEAD, CUSTOMER, ...PICKUP, ...DELIVERY, ...more)).weight, weight);
  });
}

const added = [
  { first: 'AT8*G*L*1200.5', second: 'AT8*G*L*300', weight: { value: '1500.5', unit: 'lb' } },
  { first: 'AT8*G*K*1200', second: 'AT8*G*K*300', weight: { value: '1500', unit: 'kg' } },
  // 300 kg are 661.386787 lb.
  { first: 'AT8*G*L*1200', second: 'AT8*G*K*300', weight: { value: '1861.386787', unit: 'lb' } },
];
for (const { first, second, weight } of added) {
  test(`204: without L3 the pickups' ${first} and ${second} are added, what is delivered is not`, () => {
    const plan = planIn(
      tender(...HEAD, CUSTOMER, 'S5*1*CL', first, 'L5*1*BOXES', first, 'S5*2*PL', second, ...DELIVERY, 'AT8*G*L*1500'),
    );
    assert.deepEqual(plan.weight, weight);
  });
}

const customers = [
  { parties: ['N1*BT*Nobody*93*acme'], customer: 'acme', name: 'by our own id' },
  { parties: ['N1*BT*Nobody*01*004321519'], customer: 'acme', name: 'by identifier' },
  { parties: ['N1*BT*Nobody*ZZ*004321519'], customer: 'acme', name: 'by identifier under another qualifier' },
  { parties: ['N1*BT*ACME  TOOLS'], customer: 'acme', name: 'by name, whatever its case and blanks' },
  { parties: ['N1*SH*Acme Tools', 'N1*BY*Acme Tools'], customer: 'acme', name: 'by BY where there is no BT' },
];
for (const { parties, customer, name } of customers) {
  test(`204: the customer ${name}`, () => {
    assert.equal(planIn(tender(...HEAD, ...parties, ...PICKUP, ...DELIVERY)).customer, customer);
  });
}

test('204: without BT and BY the customer is the sender, if it is one', () => {
  const text = interchange([['204', ...HEAD, ...PICKUP, ...DELIVERY]], { qualifier: '01', sender: '004321519' });
  assert.equal(planIn(translated(text, rulesWith([ACME, SWIFT]))).customer, 'acme');
  assert.match(tender(...HEAD, ...PICKUP, ...DELIVERY).problems[0]?.detail ?? '', /^N1 at byte \d+/);
});

test("204: the distance stands where the partner's profile says", () => {
  const own = { ...DESK, distanceQualifier: 'MIL' };
  const text = interchange([['204', ...HEAD, 'L11*412.5*MIL', CUSTOMER, ...PICKUP, ...DELIVERY]], TMS);
  const plan = planIn(translated(text, rulesWith([own, ACME, SWIFT])));
  assert.deepEqual([plan.distanceMiles, plan.references], ['412.5', undefined]);
});

test('204: a container is equipment and a reference that is remembered', () => {
  const translation = usual('N7*GESU*1320867*17600*N*******CN');
  const plan = planIn(translation);
  assert.equal(plan.equipment, 'CN');
  assert.deepEqual(plan.references, [{ type: 'container', value: 'GESU1320867' }]);
  assert.deepEqual(translation.events[0]?.teaches, [{ type: 'container', value: 'GESU1320867' }]);
});

test('204: a distance that is no number costs the distance alone', () => {
  const translation = usual('L11*far*DIS');
  assert.equal(planIn(translation).distanceMiles, undefined);
  assert.match(translation.problems[0]?.detail ?? '', /^L1101 at byte \d+: "far" is not a number/);
  assert.match(acknowledgementOf(translation), /AK5\*E/);
});

const refused = [
  { segments: ['B2**SWFT', 'B2A*00', CUSTOMER, ...PICKUP], says: /^B204 at byte \d+: the element is mandatory/ },
  { segments: ['B2A*00', CUSTOMER, ...PICKUP], says: /^B2 at byte \d+: the segment is mandatory/ },
  { segments: ['B2**SWFT**S-801', CUSTOMER, ...PICKUP], says: /^B2A at byte \d+: the segment is mandatory/ },
  { segments: ['B2**SWFT**S-801', 'B2A*22', CUSTOMER, ...PICKUP], says: /^B2A01 at byte \d+: code "22"/ },
  { segments: [...HEAD, CUSTOMER], says: /^S5 at byte \d+: the segment is mandatory/ },
  { segments: [...HEAD, CUSTOMER, 'S5*1'], says: /^S502 at byte \d+: the element is mandatory/ },
  { segments: [...HEAD, CUSTOMER, 'S5*1*PA'], says: /^S502 at byte \d+: code "PA" is not known/ },
  { segments: [...HEAD, CUSTOMER, 'S5*one*CL'], says: /^S501 at byte \d+: "one" is not a number/ },
  { segments: [...HEAD, 'N1*BT*Nobody*01*999', ...PICKUP], says: /^N104 at byte \d+: code "999" is not known/ },
  { segments: [...HEAD, CUSTOMER, 'S5*1*CL', 'N4*Reno*NV**QQQ'], says: /^N404 at byte \d+: code "QQQ"/ },
  { segments: [...HEAD, CUSTOMER, 'S5*1*CL', 'G62*37*20261305'], says: /^G6202 at byte \d+: "20261305" is not a date/ },
];
for (const { segments, says } of refused) {
  test(`204: refused by segment and position: ${says.source}`, () => {
    const translation = tender(...segments);
    assert.deepEqual(translation.events, []);
    assert.equal(translation.problems[0]?.subject, '000000042/7/0001');
    assert.match(translation.problems.map(({ detail }) => detail).join('\n'), new RegExp(says.source, 'm'));
    assert.match(acknowledgementOf(translation), /AK5\*R/);
  });
}

test('204: a carrier may not plan, nor tender by it', () => {
  const { events, problems } = translated(interchange([['204', ...HEAD, CUSTOMER, ...PICKUP, ...DELIVERY]]));
  assert.deepEqual(events, []);
  assert.deepEqual(
    problems.map(({ kind, subject }) => [kind, subject]),
    [['partner-not-party', 'S-801']],
  );
});
