// API keys: what they look like, and how one is checked.
//
// A key reads `lad_<id>_<secret>`. The id is public and finds the row; the secret is 256 random bits, and only its
// SHA-256 is kept. A slow password hash (scrypt, argon2) guards secrets that people choose, because those can be
// guessed; 256 random bits cannot, so a fast hash loses nothing and every request stays cheap. The hashes are compared
// in constant time, and an unknown id costs the same comparison.

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Role } from './roles.ts';

export type ApiKey = { readonly id: string; readonly secret: string };

/** What a credential stands for, once it was checked. */
export type Principal = {
  /** Of the key, or of the session. */
  readonly keyId: string;
  readonly name: string;
  /** The name a person signed in with; a key has none. */
  readonly user?: string;
  readonly role: Role;
  /** The one partner that a `partner` or `customer` key speaks and reads for. */
  readonly partner?: string;
};

const KEY = /^lad_([0-9a-f]{12})_([A-Za-z0-9_-]{43})$/;

export function newApiKey(): ApiKey {
  return { id: randomBytes(6).toString('hex'), secret: randomBytes(32).toString('base64url') };
}

export function formatApiKey({ id, secret }: ApiKey): string {
  return `lad_${id}_${secret}`;
}

/** `undefined` when the text has not the form of a key. */
export function parseApiKey(text: string): ApiKey | undefined {
  const match = KEY.exec(text);
  return match === null ? undefined : { id: match[1] as string, secret: match[2] as string };
}

export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

const NO_KEY = Buffer.alloc(32);

/** `stored` is undefined where no such id is known: the answer is no, and takes as long. */
export function secretFits(secret: string, stored: Uint8Array | undefined): boolean {
  const fits = timingSafeEqual(hashSecret(secret), stored?.length === 32 ? stored : NO_KEY);
  return fits && stored !== undefined;
}

/**
 * The key in an `Authorization` header: `Bearer KEY`, or `Basic` with the key as password, which browsers and scrapers
 * can send. Basic counts only where `basicAllowed`: a browser repeats it by itself, so nothing that changes may rest on it.
 */
export function keyFromHeader(header: string | undefined, basicAllowed: boolean): ApiKey | undefined {
  const [scheme = '', credential = ''] = (header ?? '').split(/ +/, 2);
  if (/^bearer$/i.test(scheme)) return parseApiKey(credential);
  if (!basicAllowed || !/^basic$/i.test(scheme)) return undefined;
  const [, password] = /^[^:]*:(.*)$/s.exec(Buffer.from(credential, 'base64').toString('utf8')) ?? [];
  return password === undefined ? undefined : parseApiKey(password);
}
