import assert from 'node:assert/strict';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { ensureSigner, SigningKeyProblem, signingKeyFileIn } from './signing-key.ts';

test('signing key: made once, kept for its owner alone, the same ever after', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lading-signing-'));
  const [one, other, ...more] = await Promise.all(Array.from({ length: 8 }, () => ensureSigner(folder)));
  assert.ok(one !== undefined && other !== undefined);
  assert.match(one.publicKey, /^-----BEGIN PUBLIC KEY-----\n/);
  for (const each of [other, ...more]) assert.equal(each.publicKey, one.publicKey);
  assert.equal((await ensureSigner(folder)).publicKey, one.publicKey);
  assert.equal((await stat(signingKeyFileIn(folder))).mode & 0o777, 0o600);
  await rm(folder, { recursive: true });
});

test('signing key: what is no key is not replaced', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lading-signing-'));
  await writeFile(signingKeyFileIn(folder), 'not a key');
  await assert.rejects(ensureSigner(folder), SigningKeyProblem);
  await rm(folder, { recursive: true });
});
