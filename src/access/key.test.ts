import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatApiKey, hashSecret, keyFromHeader, newApiKey, parseApiKey, secretFits } from './key.ts';

const secret = 'A'.repeat(43);
const key = { id: '0123456789ab', secret };
const text = formatApiKey(key);
const basic = (user: string, password: string) => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

test('a new key is read back as it was written', () => {
  const made = newApiKey();
  assert.deepEqual(parseApiKey(formatApiKey(made)), made);
  assert.notEqual(newApiKey().secret, made.secret);
});

const refused = [
  '',
  'lad_',
  `lad_0123456789ab_${'A'.repeat(42)}`,
  `lad_0123456789AB_${secret}`,
  `x${text}`,
  `${text} `,
];
for (const bad of refused) {
  test(`"${bad}" is no key`, () => assert.equal(parseApiKey(bad), undefined));
}

test('only the secret that was hashed fits', () => {
  assert.equal(secretFits(secret, hashSecret(secret)), true);
  assert.equal(secretFits(`B${secret.slice(1)}`, hashSecret(secret)), false);
  assert.equal(secretFits(secret, undefined), false);
  assert.equal(secretFits(secret, Buffer.alloc(0)), false);
});

const headers: { header: string | undefined; basicAllowed: boolean; found: boolean; name: string }[] = [
  { header: `Bearer ${text}`, basicAllowed: false, found: true, name: 'bearer' },
  { header: `bearer ${text}`, basicAllowed: false, found: true, name: 'bearer in small letters' },
  { header: basic('anyone', text), basicAllowed: true, found: true, name: 'basic where it may be' },
  { header: basic('anyone', text), basicAllowed: false, found: false, name: 'basic where something changes' },
  { header: basic('anyone', 'password'), basicAllowed: true, found: false, name: 'basic without a key' },
  { header: 'Basic !!!', basicAllowed: true, found: false, name: 'basic that is garbage' },
  { header: text, basicAllowed: true, found: false, name: 'no scheme' },
  { header: undefined, basicAllowed: true, found: false, name: 'no header' },
];
for (const { header, basicAllowed, found, name } of headers) {
  test(`authorization: ${name}`, () => assert.deepEqual(keyFromHeader(header, basicAllowed), found ? key : undefined));
}
