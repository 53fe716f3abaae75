import assert from 'node:assert/strict';
import { test } from 'node:test';
import { acknowledgementOf, interchange, onlyData, translated } from '../testing/interchange.ts';

const PAYER = { qualifier: '01', sender: '004321519' };
const BEG = 'BEG*00*SA*PO-548177**20260301';
const order = (...segments: string[]) => translated(interchange([['850', ...segments]], PAYER));

test('850: an order of its sender, line by line', () => {
  const translation = order(
    BEG,
    'CUR*BY*USD',
    'N1*ST*Peach Hardware*9*0091372092527',
    'N4*Atlanta*GA*30303',
    'PO1*0010*120*EA*9.25*TE*CB*065322*VN*AB3542',
    'PID*F****SMALL WIDGET',
    'PO1**2.5*CA*.5**UP*042040304101',
  );
  assert.deepEqual(onlyData(translation), {
    order: 'PO-548177',
    customer: 'acme',
    lines: [
      { line: 10, sku: 'AB3542', description: 'SMALL WIDGET', quantity: '120', unit: 'EA', unitPrice: '9.25' },
      { line: 2, sku: '042040304101', quantity: '2.5', unit: 'CA', unitPrice: '0.5' },
    ],
    shipTo: { name: 'Peach Hardware', city: 'Atlanta', region: 'GA', postal: '30303', country: 'US' },
    currency: 'USD',
    placedAt: '2026-03-01T00:00:00+00:00',
  });
  assert.deepEqual([translation.events[0]?.names, translation.events[0]?.subject], [[], 'PO-548177']);
});

const refused = [
  { segments: [BEG, 'CUR*BY*USD'], says: /^PO1 .*segment is mandatory/ },
  { segments: [BEG, 'CUR*BY*USD', 'PO1*1*10*EA'], says: /^PO104 .*mandatory/ },
  { segments: [BEG, 'CUR*BY*USD', 'PO1*1*ten*EA*1'], says: /^PO102 .*"ten" is not a number/ },
  { segments: [BEG, 'CUR*BY*USD', 'PO1*1*-1*EA*1'], says: /^PO102 .*"-1" is not a number/ },
  { segments: [BEG, 'PO1*1*10*EA*1'], says: /^BEG .*no CUR, and no agreement/ },
  { segments: [BEG.replace('*00*', '*01*'), 'CUR*BY*USD', 'PO1*1*10*EA*1'], says: /^BEG01 .*code "01"/ },
  { segments: [BEG, 'CUR*BY*USD', 'PO1*2*1*EA*1', 'PO1**1*EA*1'], says: /^PO1 .*line 2 is there twice/ },
  { segments: [BEG, 'CUR*BY*USD', 'N1*BY*Nobody', 'PO1*1*10*EA*1'], says: /^N102 .*code "Nobody"/ },
];
for (const { segments, says } of refused) {
  test(`850: refused: ${says.source}`, () => {
    const translation = order(...segments);
    assert.deepEqual(translation.events, []);
    assert.match(translation.problems[0]?.detail ?? '', says);
    assert.match(acknowledgementOf(translation), /AK5\*R/);
  });
}
