// Shipments of four carriers and a freight bill for each: one in ten with a charge too high, one in a hundred sent twice.
import type { Setup } from '../../src/model/setup/index.ts';

export const CARRIERS = ['alfa', 'brvo', 'chrl', 'dlta'];
/** Linehaul, fuel and two accessorials. */
export const CODES_A_SHIPMENT = 4;
export const WIDER = { tolerancePercent: '12.0' };

const US = { country: 'US' };
const STARTS_AT = Date.parse('2026-03-02T12:00:00Z');

export const AUDIT_SETUP: Setup = {
  partners: [
    { id: 'tms', name: 'Transport desk', roles: ['tms'] },
    ...CARRIERS.map((id) => ({ id, name: id, roles: ['carrier' as const] })),
  ],
  agreements: CARRIERS.map((party) => ({
    id: `${party}-buy`,
    side: 'buy' as const,
    party,
    currency: 'USD',
    validFrom: '2026-01-01',
    lanes: [
      { id: 'us', mode: 'FTL', origin: US, destination: US, linehaul: { basis: 'per-mile' as const, rate: '1.80' } },
    ],
    fuel: { index: 'us-diesel', method: 'per-mile' as const, table: [{ from: '0', value: '0.40' }] },
    accessorials: [
      { code: 'RES', trigger: 'attribute' as const, attribute: 'residential', rate: '60.00' },
      { code: 'LFT', trigger: 'attribute' as const, attribute: 'liftgate', rate: '45.00' },
    ],
  })),
  fuel: [{ index: 'us-diesel', entries: [{ effective: '2026-03-02', price: '3.842' }] }],
  audit: CARRIERS.map((carrier) => ({ carrier, tolerancePercent: '2.0', toleranceAmount: '5.00' })),
};

const carrierOf = (number: number) => CARRIERS[number % CARRIERS.length] as string;
const milesOf = (number: number) => 100 + (number % 900);

function eventOf(id: string, type: string, data: object): object {
  return { specversion: '1.0', id, source: '/bench', type, time: new Date(STARTS_AT).toISOString(), data };
}

export function shipmentOf(number: number): object {
  const appointment = { from: '2026-03-03T14:00:00Z' };
  return eventOf(`plan-${number}`, 'shipment.planned', {
    shipment: `S-${number}`,
    customer: 'acme',
    carrier: carrierOf(number),
    mode: 'FTL',
    references: [{ type: 'bol', value: `B-${number}` }],
    stops: [
      { sequence: 1, kind: 'pickup', city: 'Joliet', region: 'IL', country: 'US', appointment },
      { sequence: 2, kind: 'delivery', city: 'Atlanta', region: 'GA', country: 'US' },
    ],
    distanceMiles: String(milesOf(number)),
    attributes: ['residential', 'liftgate'],
  });
}

/** By our number or by the BOL, as carriers do. */
export function billOf(number: number): object {
  const isTwice = number % 100 === 99;
  const of = isTwice ? number - CARRIERS.length : number;
  const miles = milesOf(of);
  const linehaul = (miles * (of % 10 === 0 ? 198 : 180)) / 100;
  const named = of % 2 === 0 ? { shipment: `S-${of}` } : { references: [{ type: 'bol', value: `B-${of}` }] };
  const amounts = { LHL: linehaul.toFixed(2), FSC: ((miles * 40) / 100).toFixed(2), RES: '60.00', LFT: '45.00' };
  return eventOf(`bill-${number}`, 'carrier.invoice', {
    carrier: carrierOf(number),
    invoice: `R-${number}`,
    issuedOn: '2026-03-06',
    currency: 'USD',
    lines: Object.entries(amounts).map(([code, amount]) => ({ ...named, code, amount })),
  });
}
