// The hub's own key, by which others know that a packet is from here and was not changed since.
//
// Ed25519 (RFC 8032): made at first use, kept in the data folder (mode 0600). It is never replaced by itself: packets
// that are out already are checked with its public half.

import { createPrivateKey, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { chmod, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Signer, signerOf } from '../insight/packet/seal.ts';

const SIGNING_KEY_FILE = 'signing.key';

export function signingKeyFileIn(dataDir: string): string {
  return join(dataDir, SIGNING_KEY_FILE);
}

/** The key cannot be used; it is never replaced, since that would disown what it signed. */
export class SigningKeyProblem extends Error {
  readonly what = 'the signing key cannot be used';
  readonly where: string;
  readonly mend = 'put the key back from a backup, or move the file away to begin with a new key';

  constructor(file: string) {
    super(`the signing key cannot be used: ${file}`);
    this.name = 'SigningKeyProblem';
    this.where = file;
  }
}

/** Throws `SigningKeyProblem` when there is a file and it holds no Ed25519 key. */
export async function ensureSigner(dataDir: string): Promise<Signer> {
  const file = signingKeyFileIn(dataDir);
  return signerOf((await readKey(file)) ?? (await makeKey(dataDir, file)));
}

/** A key that nobody keeps, for a hub without a data folder. */
export function passingSigner(): Signer {
  return signerOf(generateKeyPairSync('ed25519').privateKey);
}

async function readKey(file: string): Promise<KeyObject | undefined> {
  let pem: string;
  try {
    pem = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new SigningKeyProblem(file);
  }
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // No key at all: said below.
  }
  throw new SigningKeyProblem(file);
}

// Linked into place whole: of two processes that begin at once, both use the key of the first.
async function makeKey(dataDir: string, file: string): Promise<KeyObject> {
  const { privateKey } = generateKeyPairSync('ed25519');
  const fresh = `${file}.${randomUUID()}.new`;
  await mkdir(dataDir, { recursive: true });
  await writeFile(fresh, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  await chmod(fresh, 0o600); // the mode above counts only for a new file
  try {
    await link(fresh, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(fresh, { force: true });
  }
  return (await readKey(file)) ?? privateKey;
}
