import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSignedBy } from './webhook-signature.ts';

// The example of the standard's own libraries.
const secret = Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64');
const raw = Buffer.from('{"test": 2432232314}');
const headers = {
  'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  'webhook-timestamp': '1614265330',
  'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
};
const now = 1_614_265_330_000;

const cases: [
  name: string,
  changes: Partial<Record<keyof typeof headers, string | undefined>>,
  at: number,
  is: boolean,
][] = [
  ['as it was signed', {}, now, true],
  ['one of two signatures', { 'webhook-signature': `v1,AAAA ${headers['webhook-signature']}` }, now, true],
  ['another id', { 'webhook-id': 'msg_2' }, now, false],
  ['another time', { 'webhook-timestamp': '1614265331' }, now, false],
  ['five minutes late', {}, now + 300_000, true],
  ['later still', {}, now + 300_001, false],
  ['no signature', { 'webhook-signature': undefined }, now, false],
  ['a signature of another kind', { 'webhook-signature': 'v1a,g0hM9SsE' }, now, false],
];
for (const [name, changes, at, is] of cases) {
  test(`webhook signature: ${name}`, () =>
    assert.equal(isSignedBy(secret, raw, { ...headers, ...changes } as never, at), is));
}
test('webhook signature: another body', () => {
  assert.equal(isSignedBy(secret, Buffer.from('{}'), headers, now), false);
});
