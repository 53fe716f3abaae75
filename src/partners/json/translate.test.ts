import assert from 'node:assert/strict';
import { test } from 'node:test';
import { translated } from '../testing/interchange.ts';
import { MAX_JSON_DEPTH } from './read.ts';

const milestone = (id: string, data: object = {}, envelope: object = {}) => ({
  specversion: '1.0',
  id,
  source: '/swft',
  type: 'shipment.milestone',
  time: '2026-03-04T15:00:00Z',
  data: { shipment: 'S-1', milestone: 'delivered', occurredAt: '2026-03-04T09:00:00-06:00', ...data },
  ...envelope,
});
const sent = (value: unknown, partner = 'swft') =>
  translated(typeof value === 'string' ? value : JSON.stringify(value), undefined, { partner });
const told = ({ problems }: ReturnType<typeof translated>) => problems.map(({ kind, subject }) => [kind, subject]);

test('JSON: one event, with its names, lessons and key', () => {
  const references = [
    { type: 'pro', value: '6205' },
    { type: 'po', value: 'P-1' },
  ];
  const { events, sender, format } = sent(milestone('e-1', { references }));
  const { event: _, ...about } = events[0] ?? {};
  assert.deepEqual([format, sender], ['json', 'swft']);
  assert.deepEqual(about, {
    sender: 'swft',
    reportedAt: Date.parse('2026-03-04T15:00:00Z'),
    keyed: true,
    names: [{ type: 'shipment', value: 'S-1' }, ...references],
    teaches: [references[0]],
    subject: 'S-1',
  });
});

test('JSON: without a time it was reported when it came', () => {
  assert.equal(sent(milestone('e', {}, { time: undefined })).events[0]?.reportedAt, Date.parse('2026-03-04T21:05:00Z'));
});

test('JSON: of an array the broken ones are named by id and the others go on', () => {
  const translation = sent([milestone('e-1'), milestone('e-2', { occurredAt: 'noon' }), milestone('e-3')]);
  assert.deepEqual(
    translation.events.map(({ event }) => event.id),
    ['e-1', 'e-3'],
  );
  assert.deepEqual(told(translation), [['schema-violation', 'e-2']]);
  assert.match(translation.problems[0]?.detail ?? '', /^\[1\]: data\.occurredAt is not an RFC 3339 time/);
});

const LINE = { line: 1, quantity: '1', unitPrice: '1' };
const ORDER = { order: 'O-1', customer: 'acme', shipTo: {}, currency: 'USD', placedAt: '2026-03-04T12:00:00Z' };
const violations = [
  { event: milestone('e', { occurredAt: undefined }), says: /^data is missing occurredAt/ },
  { event: milestone('e', { milestone: 'gone' }), says: /^data\.milestone is none of tendered/ },
  { event: milestone('e', {}, { type: 'shipment.lost' }), says: /^type "shipment\.lost" is no canonical event/ },
  { event: milestone('e', {}, { type: 'constructor' }), says: /^type "constructor" is no canonical event/ },
  { event: milestone('e', {}, { specversion: '0.3' }), says: /^specversion is not "1\.0"/ },
  { event: milestone('e', {}, { source: undefined }), says: /^the event is missing source/ },
  { event: milestone('e', { shipment: undefined }), says: /^data names no shipment/ },
  { event: milestone('e', { shipment: undefined, references: [] }), says: /^data names no shipment/ },
  {
    event: milestone('e', { ...ORDER, lines: [LINE, { ...LINE, line: 2 }, LINE] }, { type: 'order.placed' }),
    says: /^data\.lines has line 1 twice; /,
  },
  {
    event: milestone('e', { ...ORDER, lines: [{ ...LINE, line: 4e9 }] }, { type: 'order.placed' }),
    says: /^data\.lines\[0\]\.line must be <= 999999999/,
  },
  { event: milestone('e', { reason: 'a\0b' }), says: /U\+0000/ },
  { event: milestone('e', { extra: { deep: ['\ud800'] } }), says: /surrogate/ },
  {
    event: milestone('e', {}, { type: 'fuel.published', data: { index: 'd', effective: '2026-03-02', price: 3.842 } }),
    says: /^data\.price must be string/,
  },
];
for (const { event, says } of violations) {
  test(`JSON: breaks its schema: ${says.source}`, () => {
    const translation = sent(event);
    assert.deepEqual([translation.events, told(translation)], [[], [['schema-violation', 'e']]]);
    assert.match(translation.problems[0]?.detail ?? '', says);
  });
}

test('JSON: an event without an id is named by file and place', () => {
  const nameless = { ...milestone('x'), id: undefined };
  assert.deepEqual(told(sent([milestone('e'), nameless])), [['schema-violation', 'message.edi[1]']]);
});

test('JSON: the channel must be of somebody known', () => {
  assert.deepEqual(told(sent([milestone('e-1'), milestone('e-2')], 'nobody')), [['unknown-partner', 'nobody']]);
});

const unreadable = [
  { body: '{"a": 1,\n  "b": }', says: /line 2, column 8/ },
  { body: '{"a": ', says: /line 1, column 7/ },
  { body: '[1, 2', says: /line 1/ },
  { body: '{"specversion": 1}{}', says: /line 1, column 19/ },
  { body: '{"object": "Event"}', says: /no CloudEvents 1\.0 event/ },
  { body: '[1, "two", null]', says: /no CloudEvents 1\.0 event/ },
  { body: '['.repeat(MAX_JSON_DEPTH + 1), says: /deeper than 64 at byte 64/ },
];
for (const { body, says } of unreadable) {
  test(`JSON: unreadable: ${body.slice(0, 24).replaceAll('\n', ' ')}`, () => {
    const translation = sent(body);
    assert.deepEqual(told(translation), [['unreadable-message', 'message.edi']]);
    assert.match(translation.problems[0]?.detail ?? '', says);
  });
}

test('JSON: invalid UTF-8 is told by its byte', () => {
  const bytes = Buffer.concat([Buffer.from('{"a": "é'), Buffer.from([0xff]), Buffer.from('"}')]);
  const [problem] = translated(bytes).problems;
  assert.deepEqual([problem?.kind, problem?.offset], ['unreadable-message', 9]);
});

test('JSON: brackets in texts are no depth, a byte order mark is no fault', () => {
  const event = milestone('e', { reason: `\\"${'['.repeat(500)}` });
  assert.equal(sent(`\ufeff${JSON.stringify(event)}`).events.length, 1);
});
