import assert from 'node:assert/strict';
import { test } from 'node:test';
import { interchange, onlyData, translated } from '../testing/interchange.ts';

test('990: accepted and declined at the time of the group', () => {
  for (const [action, milestone] of [
    ['A', 'tender-accepted'],
    ['D', 'tender-declined'],
  ]) {
    const translation = translated(interchange([['990', `B1*SWFT*S-801*20260303*${action}`, 'N9*CN*1253011']]));
    assert.deepEqual(onlyData(translation), {
      shipment: 'S-801',
      references: [{ type: 'pro', value: '1253011' }],
      carrier: 'swft',
      milestone,
      occurredAt: '2026-03-04T21:00:00Z',
    });
    assert.deepEqual(translation.events[0]?.teaches, [{ type: 'pro', value: '1253011' }]);
  }
});

const refusedResponses = [
  { segments: ['B1*SWFT*S-801*20260303*Z'], says: /^B104 .*code "Z" is not known/ },
  { segments: ['B1*SWFT*S-801*20260303'], says: /^B104 .*mandatory/ },
  { segments: ['B1*SWFT**20260303*A'], says: /^B102 .*mandatory/ },
  { segments: ['N9*CN*1'], says: /^B1 .*segment is mandatory/ },
] as const;
for (const { segments, says } of refusedResponses) {
  test(`990: refused: ${says.source}`, () => {
    const { events, problems } = translated(interchange([['990', ...segments]]));
    assert.deepEqual(events, []);
    assert.match(problems[0]?.detail ?? '', says);
  });
}
