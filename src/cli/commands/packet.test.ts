// packet and verify, as a person uses them: against a hub that runs, and then with nothing but the file.

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { ensureSigner } from '../../access/signing-key.ts';
import { openTestHub, type TestHub, wholeJourney } from '../../api/testing/hub.ts';
import { runCommand } from '../testing/run.ts';
import { command as packet } from './packet.ts';
import { command as verify } from './verify.ts';

let hub: TestHub;
let folder: string;
let port: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lading-packet-'));
  hub = await openTestHub();
  await hub.send('tms', wholeJourney('S-1'));
  await hub.app.listen({ port: 0, host: '127.0.0.1' });
  port = String((hub.app.server.address() as AddressInfo).port);
  await writeFile(join(folder, 'admin.key'), hub.keys.admin);
});
after(async () => {
  await hub.close();
  await rm(folder, { recursive: true });
});

const lading = (name: string, ...words: string[]) =>
  runCommand(name === 'packet' ? packet : verify, words, { folder, env: { LADING_PORT: port } });

test('packet writes the page and the JSON, and verify finds both whole', async () => {
  const made = await lading('packet', 'S-1/LHL', '--out', 'proof');
  assert.deepEqual(made, { code: 0, out: 'proof/packet-S-1-LHL.html\nproof/packet-S-1-LHL.json\n', err: '' });
  for (const file of made.out.trim().split('\n')) {
    const { code, out, err } = await lading('verify', file);
    assert.equal(code, 0, out + err);
    assert.match(out, /^charge S-1\/LHL, made .*Z\n/);
    assert.match(out, /holds {8}signed by the key [0-9a-f]{64}, and not changed since\n/);
    assert.match(out, /not checked {2}whose key that is/);
    assert.match(out, /\nEverything that can be checked holds\.\n$/);
  }
});

test('verify with a key that is another says so and fails; what was changed fails', async () => {
  await lading('packet', 'S-1-1');
  await writeFile(join(folder, 'hub.pem'), (await lading('packet', '--public-key')).out);
  assert.equal((await readFile(join(folder, 'hub.pem'), 'utf8')).trim(), (await ensureSigner(folder)).publicKey.trim());
  // The hub of this test signs by a key of its own.
  const other = await lading('verify', 'packet-S-1-1.json', '--public-key', 'hub.pem');
  assert.equal(other.code, 1);
  assert.match(other.out, /DOES NOT {5}the key is not the one given: another signed it/);
  const text = await readFile(join(folder, 'packet-S-1-1.json'), 'utf8');
  await writeFile(join(folder, 'changed.json'), text.replaceAll('1645.00', '1945.00'));
  const changed = await lading('verify', 'changed.json', '--json');
  assert.equal(changed.code, 1);
  assert.equal(JSON.parse(changed.out).holds, false);
});

const mistakes: { words: [string, ...string[]]; line: RegExp }[] = [
  {
    words: ['packet', 'S-404'],
    line: /^.*nothing that can be disputed is known by that name: S-404: give an invoice.*\n$/,
  },
  { words: ['packet'], line: /^.*no reference: lading packet: give .*\n$/ },
  { words: ['verify', 'admin.key'], line: /^.*not a packet: admin\.key: it is neither.*\n$/ },
  { words: ['verify', 'none.json'], line: /^.*cannot read file: .*\n$/ },
  { words: ['verify', 'packet-S-1-1.json', '--public-key', 'admin.key'], line: /^.*not an Ed25519 public key: .*\n$/ },
];
for (const { words, line } of mistakes) {
  test(`${words.join(' ')} is answered in one clear line`, async () => {
    const { code, out, err } = await lading(...words);
    assert.deepEqual([code, out], [2, '']);
    assert.match(err, line);
  });
}
