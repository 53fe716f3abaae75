// Envelopes: who speaks, what is refused as a whole, what goes on, and what is answered.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Partner } from '../../model/setup/partner.ts';
import { acknowledgementOf, interchange, rulesWith, SWIFT, translated } from '../testing/interchange.ts';

const STATUS = ['214', 'B10*77*S-101*SWFT', 'LX*1', 'AT7*CP****20260304*1322*CT'] as const;
const GOOD = interchange([STATUS]);
const told = ({ problems }: ReturnType<typeof translated>) => problems.map(({ kind, subject }) => [kind, subject]);

const partner = (...identifiers: NonNullable<Partner['identifiers']>): Partner => ({ ...SWIFT, identifiers });
const senders = [
  { name: 'ISA05/06', knows: partner({ scheme: 'x12', qualifier: '02', value: 'SWFT' }), envelope: {} },
  { name: 'ISA06 where the profile has no qualifier', knows: partner({ scheme: 'x12', value: 'swft' }), envelope: {} },
  { name: 'ISA05 02 as SCAC', knows: partner({ scheme: 'scac', value: 'SWFT' }), envelope: {} },
  {
    name: 'ISA05 01 as DUNS',
    knows: partner({ scheme: 'duns', value: '123456789' }),
    envelope: { qualifier: '01', sender: '123456789' },
  },
  {
    name: 'GS02 where the ISA is a network',
    knows: partner({ scheme: 'x12', qualifier: 'ZZ', value: 'SWIFTEDI' }),
    envelope: { qualifier: 'ZZ', sender: 'VAN', application: 'SWIFTEDI' },
  },
  {
    name: 'the SCAC inside',
    knows: partner({ scheme: 'scac', value: 'SWFT' }),
    envelope: { qualifier: 'ZZ', sender: 'VAN', application: 'BOX7' },
  },
];
for (const { name, knows, envelope } of senders) {
  test(`X12: the sender by ${name}`, () => {
    const translation = translated(interchange([STATUS], envelope), rulesWith([knows]), { partner: 'someone' });
    assert.equal(translation.sender, 'swft');
    assert.deepEqual([translation.events.length, told(translation)], [1, []]);
  });
}

test('X12: a qualifier that is not the profile’s names nobody by the ISA', () => {
  const knows = partner({ scheme: 'x12', qualifier: 'ZZ', value: 'SWFT' });
  const text = interchange([['990', 'B1**S-1*20260303*A']], { qualifier: '30', sender: 'SWFT', application: 'BOX7' });
  assert.deepEqual(told(translated(text, rulesWith([knows]))), [['unknown-partner', 'SWFT']]);
});

test('X12: an unknown sender is named by ISA06, once, and gets no answer', () => {
  const translation = translated(interchange([STATUS], { sender: 'GHST', application: 'GHST' }), rulesWith([]));
  assert.deepEqual(told(translation), [['unknown-partner', 'GHST']]);
  assert.deepEqual([translation.events, translation.acknowledgement], [[], undefined]);
});

test('X12: over a channel that proves who it is, the sender inside must be the same', () => {
  const foreign = translated(GOOD, undefined, { partner: 'tms', bound: true });
  assert.deepEqual(told(foreign), [['partner-not-party', 'swft']]);
  assert.deepEqual([foreign.events, foreign.acknowledgement], [[], undefined]);
  assert.equal(translated(GOOD, undefined, { partner: 'swft', bound: true }).events.length, 1);
  assert.equal(translated(GOOD, undefined, { partner: 'tms' }).events.length, 1);
});

const whole = [
  { name: 'IEA missing', text: GOOD.replace(/IEA.*\n/, '') },
  { name: 'IEA02 another number', text: GOOD.replace('IEA*1*000000042', 'IEA*1*000000043') },
  { name: 'IEA01 another count', text: GOOD.replace('IEA*1*', 'IEA*2*') },
];
for (const { name, text } of whole) {
  test(`X12: quarantined whole: ${name}`, () => {
    const translation = translated(text);
    assert.deepEqual(told(translation), [['schema-violation', '000000042']]);
    assert.deepEqual([translation.events, translation.acknowledgement], [[], undefined]);
  });
}

test('X12: a broken group is refused by itself, the others go on', () => {
  const [isa = '', gs = '', ...rest] = GOOD.split(/(?<=\n)/);
  const body = rest.slice(0, -2).join('');
  const text = `${isa}${gs}${body}GE*3*7~\n${gs.replace('*7*X', '*8*X')}${body}GE*1*8~\nIEA*2*000000042~\n`;
  const translation = translated(text);
  assert.deepEqual(told(translation), [['schema-violation', '000000042/7']]);
  assert.match(translation.problems[0]?.detail ?? '', /GE01 counts 3 transactions, there are 1/);
  assert.equal(translation.events.length, 1);
  assert.match(
    acknowledgementOf(translation),
    /AK1\*QM\*7~\nAK9\*R\*3\*1\*0\*5~[\s\S]*AK1\*QM\*8~[\s\S]*AK9\*A\*1\*1\*1~/,
  );
});

test('X12: a broken transaction is refused by itself, and its place is told', () => {
  const text = interchange([STATUS, STATUS]).replace('SE*5*0001', 'SE*9*0001');
  const translation = translated(text);
  assert.deepEqual(told(translation), [['schema-violation', '000000042/7/0001']]);
  assert.equal(translation.problems[0]?.offset, text.indexOf('SE*9') + 3);
  assert.equal(translation.events.length, 1);
  assert.match(
    acknowledgementOf(translation),
    /AK2\*214\*0001~\nAK5\*R\*4~\nAK2\*214\*0002~\nAK5\*A~\nAK9\*P\*2\*2\*1~/,
  );
});

test('X12: a transaction set that is not understood is refused by itself', () => {
  const translation = translated(interchange([['315', 'B4*1'], STATUS]));
  assert.deepEqual(told(translation), [['schema-violation', '000000042/7/0001']]);
  assert.match(translation.problems[0]?.detail ?? '', /transaction set 315 is not taken here/);
  assert.equal(translation.events.length, 1);
});

test('X12: the answer is a 997, numbered as the interchange, or a 999 by profile', () => {
  const line = (text: string, id: string) => text.split('\n').find((each) => each.startsWith(id));
  const plain = acknowledgementOf(translated(GOOD));
  assert.equal(line(plain, 'ST'), 'ST*997*0001~');
  assert.equal(line(plain, 'IEA'), 'IEA*1*000000042~');
  const implementation = acknowledgementOf(translated(GOOD, rulesWith([{ ...SWIFT, acknowledgement: '999' }])));
  assert.equal(line(implementation, 'ST')?.slice(0, 11), 'ST*999*0001');
  assert.equal(acknowledgementOf(translated(GOOD)), plain, 'the same again');
});

test('X12: several interchanges are read and answered one after the other', () => {
  const second = interchange([STATUS], { controlNumber: '000000043' });
  const translation = translated(GOOD + second);
  assert.equal(translation.events.length, 2);
  assert.equal(acknowledgementOf(translation).match(/ISA/g)?.length, 2);
  const cut = translated(GOOD + second.replace(/IEA.*\n/, ''));
  assert.deepEqual([cut.events.length, told(cut)], [1, [['schema-violation', '000000043']]]);
});

test('X12: what cannot be an interchange is unreadable by its file name', () => {
  for (const text of ['ISA*00*', 'ISA', `ISA${'*'.repeat(400)}`]) {
    const translation = translated(text);
    assert.deepEqual(translation.events, []);
    assert.deepEqual(told(translation)[0], ['unreadable-message', 'message.edi'], text);
  }
});

test('X12: reported when the group says, in the sender’s timezone; else when the ISA says', () => {
  const at = (envelope: object) => translated(interchange([STATUS], envelope)).events[0]?.reportedAt;
  assert.equal(at({ date: '20260704', time: '150030' }), Date.parse('2026-07-04T20:00:30Z'));
  assert.equal(at({ date: '260304', time: '1500' }), Date.parse('2026-03-04T21:00:00Z'));
  assert.equal(at({ date: '2026', time: '1500' }), Date.parse('2026-03-04T21:00:00Z'));
});

test('X12: every event of a file has an id of its own, and the same one each time', () => {
  const text = interchange([STATUS, [...STATUS, 'AT7*AF****20260304*1400*CT']]).replaceAll('*0002', '*0001');
  const ids = translated(text).events.map(({ event }) => event.id);
  assert.equal(new Set(ids).size, 3);
  assert.deepEqual(
    translated(text).events.map(({ event }) => event.id),
    ids,
  );
});

test('X12: TA1 tells of an interchange of ours that was not taken', () => {
  const text = GOOD.replace('GS*QM', 'TA1*000000009*260304*1500*R*006~\nGS*QM');
  const rejected = translated(text).events.find(({ event }) => event.type === 'delivery.rejected');
  assert.deepEqual(rejected?.event.data, {
    document: '000000009',
    reason: 'swft rejected the interchange, TA105 code 006',
  });
});
