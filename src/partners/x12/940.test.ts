import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ACME, DESK, interchange, onlyData, rulesWith, translated } from '../testing/interchange.ts';

const DEPOSITOR = { qualifier: 'ZZ', sender: 'LADTMS' };
const agreement = {
  id: 'acme',
  side: 'sell' as const,
  party: 'acme',
  currency: 'USD',
  validFrom: '2026-01-01',
  lanes: [],
};
const rules = rulesWith([ACME, DESK], [agreement]);
const HEAD = ['W05*N*O-77**PO-9', 'N1*ST*Peach Hardware', 'N4*Atlanta*GA*30303', 'N1*BT*Acme Tools'];
const sent = (...segments: string[]) => translated(interchange([['940', ...segments]], DEPOSITOR), rules);

test('940: an order, where each line has its unit price', () => {
  const translation = sent(
    ...HEAD,
    'LX*1',
    'W01*120*EA*000100011110*VN*BOLT-8',
    'G69*Hex bolt, 8 mm',
    'N9*LI*000010',
    'AMT*LI*2.35',
    'LX*2',
    'W01*15*CA*000100022220',
    'AMT*1*99.00',
    'AMT*LI*.5',
  );
  assert.deepEqual(onlyData(translation), {
    order: 'O-77',
    customer: 'acme',
    lines: [
      { line: 10, sku: 'BOLT-8', description: 'Hex bolt, 8 mm', quantity: '120', unit: 'EA', unitPrice: '2.35' },
      { line: 2, sku: '000100022220', quantity: '15', unit: 'CA', unitPrice: '0.5' },
    ],
    shipTo: { name: 'Peach Hardware', city: 'Atlanta', region: 'GA', postal: '30303', country: 'US' },
    currency: 'USD',
    placedAt: '2026-03-04T15:00:00-06:00',
  });
});

const LINE = ['LX*1', 'W01*1*EA**VN*A', 'AMT*LI*1'];
const refused = [
  {
    segments: [...HEAD, 'LX*1', 'W01*1*EA**VN*A'],
    says: /^W01 .*no unit price \(AMT\*LI\).*; place the order by an 850/,
  },
  { segments: [...HEAD, 'LX*1', 'W01*1*EA**VN*A', 'AMT*1*9.00'], says: /^W01 .*no unit price/ },
  { segments: [...HEAD, 'LX*1', 'W01*1*EA**VN*A', 'AMT*LI*nine'], says: /^AMT02 .*"nine" is not a number/ },
  { segments: [...HEAD, 'LX*1', 'W01*-1*EA**VN*A', 'AMT*LI*1'], says: /^W0101 .*"-1" is not a number/ },
  { segments: [...HEAD, ...LINE, ...LINE], says: /^W01 .*line 1 is there twice/ },
  { segments: HEAD, says: /^W01 .*segment is mandatory/ },
  { segments: ['W05*N', ...LINE], says: /^W0502 .*mandatory/ },
  { segments: ['W05*C*O-77', ...LINE], says: /^W0501 .*code "C"/ },
  { segments: ['W05*N*O-77', ...LINE], says: /^N1 .*segment is mandatory/ },
];
for (const { segments, says } of refused) {
  test(`940: refused: ${says.source}`, () => {
    const { events, problems } = sent(...segments);
    assert.deepEqual(events, []);
    assert.match(problems[0]?.detail ?? '', says);
  });
}
