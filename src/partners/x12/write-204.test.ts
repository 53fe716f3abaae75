import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DemandContent } from '../../model/demand.ts';
import { SWIFT, translated } from '../testing/interchange.ts';
import { type Tender, writeTender } from './write-204.ts';

const CONTENT: DemandContent = {
  order: 'S00012',
  customer: 'acme',
  customerReference: 'PO*17~',
  mode: 'FTL',
  pickup: { name: 'Acme DC 4', street: '1 Canal St', city: 'Joliet', region: 'IL', postal: '60432', country: 'US' },
  delivery: { name: 'Peach > Hardware', city: 'Atlanta', region: 'GA', postal: '30303', country: 'US' },
  wantedBy: '2026-03-06T14:00:00Z',
  lines: [
    { line: 1, sku: 'BOLT', description: 'Bolts\n*M8*', quantity: '40', weight: { value: '45.359237', unit: 'kg' } },
    { line: 2, sku: 'NUT', quantity: '2.5', weight: { value: '11', unit: 'lb' } },
  ],
};
const TENDER: Tender = {
  content: CONTENT,
  purpose: 'original',
  control: 7,
  madeAt: Date.parse('2026-03-04T15:00:30Z'),
  sender: { qualifier: 'ZZ', id: 'LADTMS' },
  recipient: SWIFT,
};

function text(tender: Tender): string {
  const written = writeTender(tender);
  if (written.kind === 'refused') throw new Error(written.fault.message);
  return Buffer.from(written.bytes).toString();
}

test('a written 204: 40 bolts of 100 lb and nuts of 11 lb, 111 lb in all', () => {
  assert.deepEqual(text(TENDER).split('\n').slice(2), [
    'ST*204*0001~',
    'B2**SWFT**S00012**PP~',
    'B2A*00*LT~',
    'L11*S00012*SI~',
    'L11*PO 17*PO~',
    'MS3*SWFT*B**M~',
    'N1*BT*acme*93*acme~',
    'S5*1*CL~',
    'N1*SF*Acme DC 4~',
    'N3*1 Canal St~',
    'N4*Joliet*IL*60432*US~',
    'S5*2*CU~',
    'L11*40 Bolts M8*ZZ~',
    'L11*2.5 NUT*ZZ~',
    'G62*02*20260306*Z*1400*UT~',
    'N1*ST*Peach Hardware~',
    'N4*Atlanta*GA*30303*US~',
    'L3*111*G~',
    'SE*19*0001~',
    'GE*1*7~',
    'IEA*1*000000007~',
    '',
  ]);
});

test('a written 204 is read back as the shipment that was meant', () => {
  const { events, problems } = translated(text(TENDER));
  assert.deepEqual(problems, []);
  const [plan] = events.map(({ event }) => event);
  if (plan?.type !== 'shipment.planned') throw new Error('no plan');
  const { shipment, customer, carrier, mode, weight, stops } = plan.data;
  assert.deepEqual(
    [shipment, customer, carrier, mode, weight],
    ['S00012', 'acme', 'swft', 'FTL', { value: '111', unit: 'lb' }],
  );
  assert.deepEqual(
    stops.map(({ kind, city }) => [kind, city]),
    [
      ['pickup', 'Joliet'],
      ['delivery', 'Atlanta'],
    ],
  );
});

test('a written 204: changes are 04, cancellations 01', () => {
  assert.match(text({ ...TENDER, purpose: 'change' }), /B2A\*04\*LT~/);
  assert.match(text({ ...TENDER, purpose: 'cancel' }), /B2A\*01\*LT~/);
});
