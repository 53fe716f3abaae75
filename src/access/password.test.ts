import assert from 'node:assert/strict';
import { argon2Sync } from 'node:crypto';
import { test } from 'node:test';
import { hashPassword, passwordFault, passwordFits } from './password.ts';

test('a password fits its own hash and no other; each hash has its own salt', async () => {
  const [one, other] = [await hashPassword('correct horse'), await hashPassword('correct horse')];
  assert.notEqual(one, other);
  assert.equal(await passwordFits('correct horse', one), true);
  assert.equal(await passwordFits('correct horse', other), true);
  assert.equal(await passwordFits('Correct horse', one), false);
});

test('nothing kept, nothing fits', async () => {
  assert.equal(await passwordFits('correct horse', undefined), false);
});

test('the hash is Argon2id in PHC form, and one made with other costs still verifies', async () => {
  const nonce = Buffer.from('0123456789abcdef');
  const costs = { parallelism: 1, tagLength: 32, memory: 64, passes: 3 };
  const tag = argon2Sync('argon2id', { message: 'correct horse', nonce, ...costs });
  const text = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');
  assert.equal(await passwordFits('correct horse', `$argon2id$v=19$m=64,t=3,p=1$${text(nonce)}$${text(tag)}`), true);
  assert.match(await hashPassword('correct horse'), /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
});

test('one text typed in two forms of Unicode is one password', async () => {
  assert.equal(await passwordFits('cafe\u0301 noir!', await hashPassword('caf\u00e9 noir!')), true);
});

for (const [password, fault] of [
  ['123456789', /at least 10/],
  ['1234567890', undefined],
  ['x'.repeat(1_001), /at most 1000/],
] as const) {
  test(`a password of ${password.length} characters: ${fault?.source ?? 'can be one'}`, () => {
    if (fault === undefined) assert.equal(passwordFault(password), undefined);
    else assert.match(passwordFault(password) ?? '', fault);
  });
}
