// Every canonical event accepts what the contract shows, and names what is wrong with anything else.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CloudEvent, EVENT_DATA, type EventType } from './event.ts';
import { describeProblems, validate } from './validate.ts';

const pickup = { sequence: 1, kind: 'pickup', country: 'US' };
const delivery = {
  sequence: 2,
  kind: 'delivery',
  name: 'Peach Hardware',
  city: 'Atlanta',
  region: 'GA',
  postal: '30303',
  country: 'US',
  locode: 'USATL',
  timezone: 'America/New_York',
  appointment: { from: '2026-03-05T09:00:00-05:00', to: '2026-03-05T11:00:00-05:00' },
};
const rows = [{ order: 'PO-7', line: 1, quantity: '4' }];

/** For each type: the least that it may say, and what it may say besides. */
const EXAMPLES: Record<EventType, { least: Record<string, unknown>; besides: Record<string, unknown> }> = {
  'order.placed': {
    least: {
      order: 'PO-7',
      customer: 'acme',
      lines: [{ line: 1, quantity: '12', unitPrice: '9.95' }],
      shipTo: { country: 'US', region: 'GA' },
      currency: 'USD',
      placedAt: '2026-03-01T08:00:00-06:00',
    },
    besides: { legalEntity: 'us-inc' },
  },
  'shipment.planned': {
    least: { shipment: 'S-1', customer: 'acme', mode: 'FTL', stops: [pickup, delivery] },
    besides: {
      carrier: 'swft',
      orders: ['PO-7'],
      service: 'EXPEDITED',
      equipment: 'VAN',
      references: [{ type: 'load', value: 'L-88' }],
      weight: { value: '480.5', unit: 'lb' },
      pallets: '2',
      units: '40',
      distanceMiles: '716.4',
      attributes: ['residential'],
      contents: rows,
    },
  },
  'shipment.milestone': {
    least: { milestone: 'delivered', occurredAt: '2026-03-05T09:40:00-05:00' },
    besides: {
      shipment: 'S-1',
      references: [{ type: 'pro', value: '6201' }],
      carrier: 'swft',
      stop: 2,
      city: 'Atlanta',
      region: 'GA',
      country: 'US',
      reason: 'NS',
      eta: '2026-03-05T12:00:00Z',
    },
  },
  'shipment.packed': {
    least: { contents: rows, packedAt: '2026-03-04T08:00:00Z' },
    besides: { shipment: 'S-1', packages: [{ sscc: '003456789012345675', contents: rows }] },
  },
  'delivery.short': {
    least: { shortages: [{ ...rows[0], reason: 'damaged' }], occurredAt: '2026-03-05T10:00:00Z' },
    besides: { shipment: 'S-1' },
  },
  'goods.returned': { least: { contents: rows, receivedAt: '2026-03-09T10:00:00Z' }, besides: { shipment: 'S-1' } },
  'document.attached': {
    least: { kind: 'pod', mediaType: 'application/pdf' },
    besides: {
      shipment: 'S-1',
      content: 'JVBERi0xLjcK',
      url: 'https://carrier.example/pod/1',
      signedBy: 'K. Ford',
      signedAt: '2026-03-05T09:40:00-05:00',
    },
  },
  'charge.reported': {
    least: { code: 'LFT', side: 'both', occurredAt: '2026-03-05T09:40:00-05:00' },
    besides: { shipment: 'S-1', carrier: 'swft', quantity: '1.5', note: 'liftgate used' },
  },
  'carrier.invoice': {
    least: {
      carrier: 'swft',
      invoice: 'SW-1',
      issuedOn: '2026-03-07',
      currency: 'USD',
      lines: [{ code: 'LHL', amount: '150.00' }],
    },
    besides: {},
  },
  'charge.entered': {
    least: {
      ...{ shipment: 'S-1', entry: 'credit', code: 'LHL', amount: '50.00', currency: 'USD', reason: 'goodwill' },
      ...{ enteredAt: '2026-03-07T10:00:00Z', needsApproval: false },
    },
    besides: {},
  },
  'charge.ruled': {
    least: { shipment: 'S-1', entries: ['4711'], ruling: 'refused', ruledAt: '2026-03-07T11:00:00Z' },
    besides: { reason: 'no proof' },
  },
  'reference.linked': {
    least: {
      shipment: 'S-1',
      references: [{ type: 'bol', value: '88-1' }],
      linkedAt: '2026-03-07T11:00:00Z',
    },
    besides: { reason: 'the carrier said so' },
  },
  'payment.received': {
    least: { payment: 'P-1', customer: 'acme', currency: 'USD', amount: '986.58', receivedOn: '2026-04-01' },
    besides: { remittance: [{ invoice: 'S-1-1', amount: '986.58' }], text: 'your S-1-1', references: ['E-1'] },
  },
  'payment.reversed': {
    least: {
      ...{ reversal: 'R-1', customer: 'acme', currency: 'USD', amount: '986.58', reversedOn: '2026-04-03' },
      references: ['P-1'],
    },
    besides: {},
  },
  'fuel.published': { least: { index: 'us-diesel', effective: '2026-03-02', price: '3.842' }, besides: {} },
  'appointment.changed': {
    least: { kind: 'pickup', from: '2026-03-04T10:00:00-06:00' },
    besides: { shipment: 'S-1', stop: 1, localTime: '2026-03-04T10:00:00' },
  },
  'status.noted': { least: { code: 'XB' }, besides: { shipment: 'S-1', occurredAt: '2026-03-04T10:00:00Z' } },
  'document.stated': {
    least: { document: 'S-101-1', state: 'posted', currency: 'USD', open: '100.00' },
    besides: { paymentState: 'partial', creditedBy: { erpNumber: 'RINV/1', amount: '5.00', isPosted: true } },
  },
  'delivery.acknowledged': { least: { document: '7/0001' }, besides: {} },
  'delivery.rejected': { least: { document: 'S-1-1', reason: 'control number twice' }, besides: {} },
};

const types = Object.keys(EXAMPLES) as EventType[];

function problemsOf(type: EventType, data: unknown): string {
  const validated = validate(EVENT_DATA[type], data);
  return validated.ok ? '' : describeProblems(validated.problems);
}

for (const type of types) {
  const { least, besides } = EXAMPLES[type];

  test(`${type}: the least it may say, all it may say, and what we do not know besides`, () => {
    assert.equal(problemsOf(type, least), '');
    assert.equal(problemsOf(type, { ...least, ...besides }), '');
    assert.equal(problemsOf(type, { ...least, 'x-carrier-note': 'kept' }), '');
  });

  for (const field of Object.keys(least)) {
    test(`${type}: without ${field} it is refused by name`, () => {
      const { [field]: _, ...rest } = least;
      assert.equal(problemsOf(type, rest), `is missing ${field}`);
    });
  }

  for (const [field, value] of Object.entries({ ...least, ...besides })) {
    test(`${type}: ${field} of another kind is refused`, () => {
      const wrong = typeof value === 'number' ? 'seven' : 7.5;
      assert.match(problemsOf(type, { ...least, ...besides, [field]: wrong }), new RegExp(`^${field} `));
    });
  }
}

const refused: { type: EventType; name: string; data: Record<string, unknown>; problem: RegExp }[] = [
  {
    type: 'shipment.milestone',
    name: 'a milestone of nobody',
    data: { milestone: 'teleported' },
    problem: /^milestone is none of tendered, /,
  },
  {
    type: 'shipment.milestone',
    name: 'a time without an offset',
    data: { occurredAt: '2026-03-05T09:40:00' },
    problem: /^occurredAt is not an RFC 3339 time/,
  },
  { type: 'shipment.milestone', name: 'a stop that is no whole number', data: { stop: 1.5 }, problem: /^stop / },
  { type: 'shipment.milestone', name: 'a country by its name', data: { country: 'USA' }, problem: /^country / },
  { type: 'shipment.planned', name: 'a shipment that stops nowhere', data: { stops: [] }, problem: /^stops / },
  {
    type: 'shipment.planned',
    name: 'a stop of a kind of its own',
    data: { stops: [{ ...pickup, kind: 'hub' }] },
    problem: /^stops\[0\]\.kind is none of pickup/,
  },
  {
    type: 'shipment.planned',
    name: 'a zone of nowhere',
    data: { stops: [{ ...pickup, timezone: 'Chicago' }] },
    problem: /^stops\[0\]\.timezone is not an IANA/,
  },
  {
    type: 'shipment.planned',
    name: 'a number for a decimal',
    data: { distanceMiles: 240 },
    problem: /^distanceMiles /,
  },
  {
    type: 'shipment.planned',
    name: 'a negative distance',
    data: { distanceMiles: '-240' },
    problem: /^distanceMiles is not a decimal/,
  },
  {
    type: 'shipment.planned',
    name: 'a weight in stones',
    data: { weight: { value: '30', unit: 'st' } },
    problem: /^weight\.unit is none of lb, kg/,
  },
  { type: 'shipment.planned', name: 'a name with a line break', data: { shipment: 'S-1\n' }, problem: /^shipment / },
  {
    type: 'carrier.invoice',
    name: 'a day that is none',
    data: { issuedOn: '2026-02-30' },
    problem: /^issuedOn is not a date/,
  },
  {
    type: 'carrier.invoice',
    name: 'a currency that is none',
    data: { currency: 'DOL' },
    problem: /^currency is not an ISO 4217/,
  },
  {
    type: 'payment.received',
    name: 'an amount with a comma',
    data: { amount: '1,234.00' },
    problem: /^amount is not a decimal/,
  },
  {
    type: 'charge.reported',
    name: 'a side of its own',
    data: { side: 'ours' },
    problem: /^side is none of sell, buy, both/,
  },
  {
    type: 'document.attached',
    name: 'content that is not base64',
    data: { content: 'not base64!' },
    problem: /^content /,
  },
];

for (const { type, name, data, problem } of refused) {
  test(`${type}: ${name}`, () => assert.match(problemsOf(type, { ...EXAMPLES[type].least, ...data }), problem));
}

test('the envelope: CloudEvents 1.0', () => {
  const event = { specversion: '1.0', id: 'swft-1', source: '/swft', type: 'shipment.milestone', data: {} };
  const problem = (changes: Record<string, unknown>) => {
    const validated = validate(CloudEvent, { ...event, ...changes });
    return validated.ok ? '' : describeProblems(validated.problems);
  };
  assert.equal(problem({}), '');
  assert.equal(problem({ time: '2026-03-05T14:50:00Z', datacontenttype: 'application/json', traceparent: '00-…' }), '');
  assert.equal(problem({ specversion: '0.3' }), 'specversion is not "1.0"');
  assert.match(problem({ id: '' }), /^id /);
  assert.match(problem({ time: 'now' }), /^time is not an RFC 3339 time/);
});
