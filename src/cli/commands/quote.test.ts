import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Quote } from '../../model/quote.ts';
import { keepingWriter } from '../testing/run.ts';
import { userErrorLine } from '../user-error.ts';
import { command } from './quote.ts';

const dir = mkdtempSync(join(tmpdir(), 'lading-quote-'));
after(() => rmSync(dir, { recursive: true, force: true }));
const keep = (name: string, value: unknown) => writeFileSync(join(dir, name), JSON.stringify(value));

const US = { country: 'US' };
keep('partners.json', [{ id: 'acme', name: 'Acme', roles: ['customer'] }]);
keep('agreements.json', [
  {
    id: 'acme-2026',
    side: 'sell',
    party: 'acme',
    currency: 'USD',
    validFrom: '2026-01-01',
    lanes: [{ id: 'us', mode: 'FTL', origin: US, destination: US, linehaul: { basis: 'per-mile', rate: '2.35' } }],
  },
]);
keep('taxes.json', [{ country: 'US', region: 'TX', rate: '0.0825' }]);
const shipment = {
  customer: 'acme',
  mode: 'FTL',
  ratingDate: '2026-03-04',
  distanceMiles: '240',
  stops: [
    { sequence: 1, kind: 'pickup', region: 'IL', country: 'US' },
    { sequence: 2, kind: 'delivery', region: 'TX', country: 'US' },
  ],
};
keep('quote.json', shipment);
keep('to-georgia.json', { ...shipment, stops: [shipment.stops[0], { ...shipment.stops[1], region: 'GA' }] });
keep('misspelt.json', { ...shipment, distance: '240' });

async function lading(file: string, json = false) {
  const out = keepingWriter();
  const context = { args: [file], options: { setup: dir, json }, env: {}, cwd: dir, stdout: out, stderr: out };
  const code = await command.run(context as unknown as Parameters<typeof command.run>[0]);
  return { code, said: out.text() };
}

test('lading quote: 240 miles at 2.35, with 8.25 % tax estimated', async () => {
  const { code, said } = await lading('quote.json', true);
  const { subtotal, tax, total, taxStage } = JSON.parse(said) as Quote;
  assert.deepEqual([code, subtotal, tax, total, taxStage], [0, '564.00', '46.53', '610.53', 'estimate']);
  const text = (await lading('quote.json')).said;
  assert.match(text, /total +610\.53 USD/);
  assert.match(
    text,
    /tax 46\.53: 0\.0825 for freight into US-TX, estimated by table \(row \*\/US\/TX\/\*, version 1\)/,
  );
});

test('lading quote: what is undetermined is said, and the exit code is 1', async () => {
  const { code, said } = await lading('to-georgia.json');
  assert.equal(code, 1);
  assert.match(said, /tax +undetermined\n/);
  assert.match(said, /tax-undetermined: .*no tax row of no legal entity for freight into US-GA/);
});

test('lading quote: a key it does not know is named', async () => {
  await assert.rejects(lading('misspelt.json'), (error) => {
    return /does not describe a shipment.*distance/.test(
      userErrorLine(error as Parameters<typeof userErrorLine>[0]) ?? '',
    );
  });
});
