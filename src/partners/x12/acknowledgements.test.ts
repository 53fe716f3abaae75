import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DESK, interchange, rulesWith, SWIFT, translated } from '../testing/interchange.ts';

const answers = [
  { code: '997', segments: ['AK1*IM*5', 'AK2*210*0001', 'AK5*A', 'AK9*A*1*1*1'], rejected: [] },
  { code: '997', segments: ['AK1*IM*5', 'AK2*210*0001', 'AK5*E*5', 'AK9*E*1*1*1'], rejected: [] },
  {
    code: '997',
    segments: [
      'AK1*IM*5',
      'AK2*210*0001',
      'AK3*NM1*8**8',
      'AK4*2*66*7*MI',
      'AK5*R*5',
      'AK2*210*0002',
      'AK5*A',
      'AK9*P*2*2*1',
    ],
    rejected: [['5/0001', 'swft rejected the 210: code 5; NM1 at segment 8, element 2, code 7']],
  },
  {
    code: '999',
    segments: ['AK1*IM*5*004010', 'AK2*210*0001', 'IK3*CLM*22**8', 'IK5*R*5', 'AK9*R*1*1*0'],
    rejected: [['5/0001', 'swft rejected the 210: code 5; CLM at segment 22, code 8']],
  },
  {
    code: '997',
    segments: ['AK1*IM*5', 'AK9*R*1*1*0*4'],
    rejected: [['5', 'swft rejected the whole group IM, AK9 code 4']],
  },
] as const;
for (const { code, segments, rejected } of answers) {
  test(`${code}: ${segments.join(' ')}`, () => {
    const { events, problems, acknowledgement } = translated(
      interchange([[code, ...segments]]).replace('GS*QM', 'GS*FA'),
      rulesWith([SWIFT, DESK]),
    );
    assert.deepEqual(problems, []);
    assert.equal(acknowledgement, undefined, 'an acknowledgement is not acknowledged');
    const found = events.map(
      ({ event }) => event.type === 'delivery.rejected' && [event.data.document, event.data.reason],
    );
    assert.deepEqual(found, rejected);
  });
}
