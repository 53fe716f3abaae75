import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Milestone } from '../../model/milestone.ts';
import type { Partner } from '../../model/setup/partner.ts';
import {
  acknowledgementOf,
  DESK,
  interchange,
  onlyData,
  rulesWith,
  SWIFT,
  translated,
} from '../testing/interchange.ts';

const HEAD = 'B10*7712004*S-101*SWFT';
const status = (at7: string, ...more: string[]) => interchange([['214', HEAD, 'LX*1', at7, ...more]]);

// Contract part 2, the table "AT701 → milestone", written out.
const codes: Record<string, Milestone> = {
  X3: 'arrived-pickup',
  X8: 'arrived-pickup',
  CP: 'picked-up',
  AF: 'departed-pickup',
  P1: 'departed',
  OA: 'departed',
  RL: 'departed',
  X6: 'in-transit',
  AM: 'in-transit',
  J1: 'in-transit',
  R1: 'in-transit',
  K1: 'in-transit',
  AN: 'in-transit',
  I1: 'in-transit',
  CL: 'in-transit',
  L1: 'in-transit',
  AV: 'in-transit',
  X4: 'arrived-terminal',
  AR: 'arrived-terminal',
  PR: 'customs-hold',
  X1: 'arrived-delivery',
  X5: 'arrived-delivery',
  S1: 'arrived-delivery',
  AJ: 'out-for-delivery',
  D1: 'delivered',
  CD: 'departed-delivery',
  AH: 'delivery-failed',
  AP: 'delivery-failed',
  A7: 'refused',
  A9: 'damaged',
  SD: 'delayed',
  A3: 'returned',
  CA: 'cancelled',
};

for (const [code, milestone] of Object.entries(codes)) {
  test(`214: ${code} is ${milestone}`, () => {
    const data = onlyData(translated(status(`AT7*${code}*NS***20260304*1322*CT`)));
    assert.equal(data.milestone, milestone);
    assert.equal(data.occurredAt, '2026-03-04T19:22:00Z');
    assert.equal(data.reason, 'NS');
  });
}

for (const code of ['AG', 'X2', 'B6', 'C1']) {
  test(`214: ${code} is an estimate, occurring when it was reported`, () => {
    const data = onlyData(translated(status(`AT7*${code}****20260306*0900*ET`)));
    assert.equal(data.milestone, 'eta');
    assert.equal(data.eta, '2026-03-06T14:00:00Z');
    assert.equal(data.occurredAt, '2026-03-04T21:00:00Z');
    assert.equal(data.localTime, undefined);
  });
}

for (const code of ['XB', 'OO', 'AI', 'BA', 'BC']) {
  test(`214: ${code} is kept as a note`, () => {
    const { events, problems } = translated(status(`AT7*${code}*NS***20260304*1322*CT`));
    assert.deepEqual(problems, []);
    assert.equal(events[0]?.event.type, 'status.noted');
    assert.deepEqual(events[0]?.event.data, {
      shipment: 'S-101',
      references: [{ type: 'pro', value: '7712004' }],
      code,
      occurredAt: '2026-03-04T19:22:00Z',
      reason: 'NS',
    });
  });
}

// 13:22 on a winter day and on a summer day, on each clock.
const zones = [
  { zone: 'UT', winter: '13:22', summer: '13:22' },
  { zone: 'GM', winter: '13:22', summer: '13:22' },
  { zone: 'ET', winter: '18:22', summer: '17:22' },
  { zone: 'ES', winter: '18:22', summer: '18:22' },
  { zone: 'ED', winter: '17:22', summer: '17:22' },
  { zone: 'CT', winter: '19:22', summer: '18:22' },
  { zone: 'CS', winter: '19:22', summer: '19:22' },
  { zone: 'CD', winter: '18:22', summer: '18:22' },
  { zone: 'MT', winter: '20:22', summer: '19:22' },
  { zone: 'MS', winter: '20:22', summer: '20:22' },
  { zone: 'MD', winter: '19:22', summer: '19:22' },
  { zone: 'PT', winter: '21:22', summer: '20:22' },
  { zone: 'PS', winter: '21:22', summer: '21:22' },
  { zone: 'PD', winter: '20:22', summer: '20:22' },
  { zone: '01', winter: '12:22', summer: '12:22' },
  { zone: '24', winter: '14:22', summer: '14:22' },
];
for (const { zone, winter, summer } of zones) {
  test(`214: the clock of ${zone}`, () => {
    const on = (date: string) => onlyData(translated(status(`AT7*CP****${date}*1322*${zone}`)));
    assert.equal(on('20260304').occurredAt, `2026-03-04T${winter}:00Z`);
    assert.equal(on('20260704').occurredAt, `2026-07-04T${summer}:00Z`);
    assert.equal(on('20260304').localTime, undefined);
  });
}

for (const zone of ['LT', '']) {
  test(`214: a clock without a zone (${zone || 'none'}) is the stop's, read in the sender's meanwhile`, () => {
    const data = onlyData(translated(status(`AT7*CP****20260304*1322*${zone}`)));
    assert.equal(data.localTime, '2026-03-04T13:22:00');
    assert.equal(data.occurredAt, '2026-03-04T19:22:00Z');
  });
}

test('214: a sender without a timezone is read in UTC', () => {
  const { timezone: _, ...placeless } = SWIFT;
  const { events } = translated(status('AT7*CP****20260304*1322*LT'), rulesWith([placeless]));
  assert.equal(
    events[0]?.event.type === 'shipment.milestone' && events[0].event.data.occurredAt,
    '2026-03-04T13:22:00Z',
  );
  assert.equal(events[0]?.reportedAt, Date.parse('2026-03-04T15:00:00Z'));
});

const times = [
  { date: '20260304', time: '1322', occurredAt: '2026-03-04T13:22:00Z' },
  { date: '20260304', time: '132207', occurredAt: '2026-03-04T13:22:07Z' },
  { date: '20260304', time: '13220799', occurredAt: '2026-03-04T13:22:07Z' },
  { date: '260304', time: '0001', occurredAt: '2026-03-04T00:01:00Z' },
  { date: '991231', time: '2359', occurredAt: '1999-12-31T23:59:00Z' },
  { date: '20260304', time: '', occurredAt: '2026-03-04T00:00:00Z' },
  { date: '20260304', time: '2400', occurredAt: '2026-03-05T00:00:00Z' },
];
for (const { date, time, occurredAt } of times) {
  test(`214: ${date} ${time || '(no time)'} is ${occurredAt}`, () => {
    assert.equal(onlyData(translated(status(`AT7*CP****${date}*${time}*UT`))).occurredAt, occurredAt);
  });
}

const broken = [
  { at7: 'AT7*ZQ*NS***20260304*1322*CT', says: /^AT701 at byte \d+: code "ZQ" is not known/ },
  { at7: 'AT7***ZZ**20260304*1322*CT', says: /^AT703 at byte \d+: code "ZZ" is not known/ },
  { at7: 'AT7*****20260304*1322*CT', says: /^AT701 at byte \d+: the element is mandatory/ },
  { at7: 'AT7*CP*****1322*CT', says: /^AT705 at byte \d+: the element is mandatory/ },
  { at7: 'AT7*CP****20260230*1322*CT', says: /^AT705 at byte \d+: "20260230" is not a date/ },
  { at7: 'AT7*CP****CCYYMMDD*1322*CT', says: /^AT705 at byte \d+: "CCYYMMDD" is not a date/ },
  { at7: 'AT7*CP****20260304*2561*CT', says: /^AT706 at byte \d+: "2561" is not a time/ },
  { at7: 'AT7*CP****20260304*1322*QQ', says: /^AT707 at byte \d+: code "QQ" is not known/ },
];
for (const { at7, says } of broken) {
  test(`214: ${at7} costs that status alone`, () => {
    const translation = translated(status(at7, 'AT7*D1****20260305*0900*ET'));
    assert.equal(translation.events.length, 1);
    assert.equal(translation.problems.length, 1);
    assert.equal(translation.problems[0]?.kind, 'schema-violation');
    assert.equal(translation.problems[0]?.subject, '000000042/7/0001');
    assert.match(translation.problems[0]?.detail ?? '', says);
    assert.match(acknowledgementOf(translation), /AK5\*E/);
  });
}

test('214: whose it is, what it teaches, and in what order it is looked for', () => {
  const { events } = translated(
    interchange([
      [
        '214',
        HEAD,
        'L11*PO-9*PO',
        'L11*88756818*SI',
        'L11*3*QN',
        'LX*1',
        'AT7*X6****20260304*1322*CT',
        'MS1*Nashville*TN*USA',
        'MS2*SWFT*TRL-77',
        'L11*B-5*BM',
      ],
    ]),
  );
  const [only] = events;
  assert.deepEqual(only?.event, {
    id: '000000042/7/0001/234',
    source: '/x12/swft',
    type: 'shipment.milestone',
    time: '2026-03-04T21:00:00Z',
    data: {
      shipment: 'S-101',
      references: [
        { type: 'pro', value: '7712004' },
        { type: 'po', value: 'PO-9' },
        { type: 'customer-ref', value: '88756818' },
        { type: 'bol', value: 'B-5' },
      ],
      milestone: 'in-transit',
      occurredAt: '2026-03-04T19:22:00Z',
      carrier: 'swft',
      city: 'Nashville',
      region: 'TN',
      country: 'US',
      stopHint: 3,
      equipment: 'TRL-77',
    },
  });
  assert.deepEqual(only?.names, [
    { type: 'shipment', value: 'S-101' },
    { type: 'bol', value: 'S-101' },
    { type: 'shipment', value: '88756818' },
    { type: 'pro', value: '7712004' },
    { type: 'po', value: 'PO-9' },
    { type: 'customer-ref', value: '88756818' },
    { type: 'bol', value: 'B-5' },
  ]);
  assert.deepEqual(only?.teaches, [{ type: 'pro', value: '7712004' }]);
  assert.deepEqual([only?.subject, only?.sender, only?.keyed], ['S-101', 'swft', false]);
  assert.equal(only?.reportedAt, Date.parse('2026-03-04T21:00:00Z'));
});

test('214: the stop is named in the loop of the status before the head', () => {
  const { events } = translated(
    interchange([
      [
        '214',
        HEAD,
        'L11*9*QN',
        'LX*1',
        'AT7*X3****20260304*0800*CT',
        'L11*1*QN',
        'AT7*CP****20260304*0900*CT',
        'L11*2*QN',
        'LX*2',
        'AT7*X1****20260305*0900*CT',
      ],
    ]),
  );
  const hints = events.map(({ event }) => event.type === 'shipment.milestone' && event.data.stopHint);
  assert.deepEqual(hints, [1, 2, 9]);
});

test('214: AT703 moves an appointment', () => {
  const { events, problems } = translated(
    status('AT7***AA*NA*20260304*0830*PS', 'AT7***AB*NA*20260305*0745*LT', 'MS1*Reno*NV'),
  );
  assert.deepEqual(problems, []);
  const named = { shipment: 'S-101', references: [{ type: 'pro', value: '7712004' }] };
  assert.deepEqual(
    events.map(({ event }) => [event.type, event.data]),
    [
      ['appointment.changed', { ...named, kind: 'pickup', from: '2026-03-04T16:30:00Z' }],
      [
        'appointment.changed',
        {
          ...named,
          kind: 'delivery',
          from: '2026-03-05T13:45:00Z',
          localTime: '2026-03-05T07:45:00',
          city: 'Reno',
          region: 'NV',
        },
      ],
    ],
  );
});

test('214: D1 is also a proof of delivery where the profile says so', () => {
  const proving: Partner = { ...SWIFT, podFromD1: true };
  const text = status('AT7*D1****20260304*1152*CT');
  const id = `000000042/7/0001/${text.indexOf('AT7')}`;
  const { events } = translated(text, rulesWith([proving]));
  assert.deepEqual(
    events.map(({ event }) => [event.type, event.id]),
    [
      ['shipment.milestone', id],
      ['document.attached', `${id}/pod`],
    ],
  );
  assert.equal(events[1]?.event.type === 'document.attached' && events[1].event.data.kind, 'pod');
});

test("214: a partner's own status codes go before the table", () => {
  const own: Partner = { ...SWIFT, statusCodes: { X6: 'out-for-delivery', ZQ: 'delayed' } };
  const of = (code: string) => onlyData(translated(status(`AT7*${code}****20260304*1322*CT`), rulesWith([own])));
  assert.equal(of('X6').milestone, 'out-for-delivery');
  assert.equal(of('ZQ').milestone, 'delayed');
});

test('214: a container is named with the letters of its owner', () => {
  const at7 = 'AT7*X6****20260304*1322*CT';
  assert.equal(onlyData(translated(status(at7, 'MS2*GESU*1320867*CN'))).equipment, 'GESU1320867');
  assert.equal(onlyData(translated(status(at7, 'MS2*SWFT*902577*CV'))).equipment, '902577');
});

test('214: without a shipment id the PRO finds it; with no number at all it is refused by segment and position', () => {
  const byPro = translated(interchange([['214', 'B10*7712004**SWFT', 'LX*1', 'AT7*CP****20260304*1322*CT']]));
  assert.deepEqual(byPro.events[0]?.names, [{ type: 'pro', value: '7712004' }]);
  assert.equal(byPro.events[0]?.subject, '7712004');

  const nameless = translated(interchange([['214', 'B10***SWFT', 'LX*1', 'AT7*CP****20260304*1322*CT']]));
  assert.deepEqual(nameless.events, []);
  assert.match(nameless.problems[0]?.detail ?? '', /^B1002 at byte \d+: the element is mandatory/);
  assert.match(acknowledgementOf(nameless), /AK3\*B10\*2\*\*8~\nAK4\*2\*\*1~\nAK5\*R\*5~/);
});

test('214: padding of the elements is no part of the numbers', () => {
  const { events } = translated(interchange([['214', 'B10*77   *S-101   *SWFT', 'AT7*CP****20260304*1322*CT']]));
  assert.deepEqual(events[0]?.names.slice(0, 1), [{ type: 'shipment', value: 'S-101' }]);
});

test('214: a TMS may report for a carrier, whose SCAC is looked up', () => {
  const text = interchange([['214', HEAD, 'AT7*CP****20260304*1322*CT']], { qualifier: 'ZZ', sender: 'LADTMS' });
  const translation = translated(text, rulesWith([SWIFT, DESK]));
  assert.equal(translation.sender, 'tms');
  assert.equal(onlyData(translation).carrier, 'swft');
});
