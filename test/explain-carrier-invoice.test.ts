// `lading explain rdwy/R-1`: what was billed beside what is expected, with the arithmetic, as a person reads it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { explanationLines } from '../src/cli/text/explanation.ts';
import { explain } from '../src/insight/explain.ts';
import { event, NETWORK, plan, startTestHubs, type TestHub, type TestHubs } from '../src/pipeline/testing/hub.ts';

const US = { country: 'US' };
let hubs: TestHubs;
let hub: TestHub;
before(async () => {
  hubs = await startTestHubs();
  hub = await hubs.open({
    ...NETWORK,
    agreements: [
      {
        id: 'rdwy-2026',
        side: 'buy',
        party: 'rdwy',
        currency: 'USD',
        validFrom: '2026-01-01',
        lanes: [{ id: 'us', mode: 'FTL', origin: US, destination: US, linehaul: { basis: 'per-mile', rate: '1.80' } }],
      },
    ],
    audit: [{ carrier: 'rdwy', tolerancePercent: '2.0', toleranceAmount: '5.00' }],
  });
  const stops = [
    { sequence: 1, kind: 'pickup', ...US, appointment: { from: '2026-03-02T08:00:00Z' } },
    { sequence: 2, kind: 'delivery', ...US },
  ];
  await hub.say('tms', plan('S-1', { stops, distanceMiles: '100' }));
  await hub.settle();
});
after(() => hubs.close());

async function billed(invoice: string, ...lines: object[]): Promise<string> {
  const bill = { carrier: 'rdwy', invoice, issuedOn: '2026-03-02', currency: 'USD', lines };
  await hub.say('rdwy', event('carrier.invoice', bill));
  await hub.settle();
  const explanation = await explain(hub.context, `rdwy/${invoice}`);
  assert.ok(explanation !== undefined);
  return explanationLines(explanation).join('\n');
}

test('a disputed one: each amount beside the one expected, and how that came about', async () => {
  const text = await billed(
    'R-1',
    { shipment: 'S-1', code: 'LHL', amount: '183.00' },
    { shipment: 'S-1', code: 'DET', amount: '62.50' },
  );
  assert.match(
    text,
    /^Carrier invoice rdwy\/R-1\ntolerance 2\.0 % of what is expected or 5\.00, the greater, either way/,
  );
  assert.match(text, /disputed: billed 245\.50 USD, expected 180\.00 \(of 2026-03-02/);
  assert.match(text, /S-1 DET: 62\.50 against 0\.00, 62\.50 out of tolerance\n +nothing is expected under DET/);
  assert.match(
    text,
    /S-1 LHL: 183\.00 against 180\.00, 3\.00 within tolerance\n +agreement rdwy-2026 version 1, lane us\n.*1\.80/,
  );
  assert.match(text, /carrier-invoice-mismatch rdwy\/R-1: open since/);
});

test('a duplicate and an unmatched one say why, line by line', async () => {
  const again = await billed('R-2', { shipment: 'S-1', code: 'LHL', amount: '180.00' });
  assert.match(again, /duplicate: billed 180\.00 USD, expected 0\.00/);
  assert.match(again, /Billed before by another invoice: S-1 LHL\./);
  const unknown = await billed('R-3', { references: [{ type: 'bol', value: 'B-9' }], code: 'LHL', amount: '1.00' });
  assert.match(unknown, /unknown \(bol B-9\) LHL: 1\.00/);
});

test('a charge of a shipment is still found by its name', async () => {
  assert.equal((await explain(hub.context, 'S-1/LHL'))?.about, 'charge');
  assert.equal((await explain(hub.context, 'bill:rdwy/R-1'))?.about, 'carrier-invoice');
  assert.equal(await explain(hub.context, 'rdwy/R-404'), undefined);
});
