// The signature of a packet, and of the page made of it. Pure.
//
// Ed25519 over the canonical JSON of everything but the signature's own value; the page is signed with the place of its
// signature left empty, so that neither can be changed without the other's notice, whichever version reads them.

import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { canonicalJson } from '../../store/audit-trail.ts';
import type { Packet, SignedPacket } from './packet.ts';

export type Signer = {
  /** SPKI, PEM. */
  readonly publicKey: string;
  readonly sign: (bytes: Uint8Array) => string;
};

export function signerOf(privateKey: KeyObject): Signer {
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString();
  return { publicKey, sign: (bytes) => sign(null, bytes, privateKey).toString('base64') };
}

/** SHA-256 of the public key's DER, hex: short enough to be read out on the telephone in parts. `undefined`: no Ed25519 key. */
export function fingerprintOf(publicKey: string): string | undefined {
  const key = keyFrom(publicKey);
  return key && sha256(key.export({ type: 'spki', format: 'der' }));
}

export function sealPacket(packet: Packet, signer: Signer): SignedPacket {
  const { publicKey } = signer;
  const signature = { algorithm: 'Ed25519' as const, publicKey, fingerprint: fingerprintOf(publicKey) ?? '' };
  const value = signer.sign(bytesOf({ ...packet, signature }));
  return { ...packet, signature: { ...signature, value } };
}

/** Whether the packet is as its own key signed it. */
export function isSealed({ signature: { value, ...signature }, ...packet }: SignedPacket): boolean {
  return fits({ ...packet, signature }, value, signature.publicKey);
}

function bytesOf(content: unknown): Buffer {
  return Buffer.from(canonicalJson(content));
}

function fits(content: unknown, value: string, publicKey: string): boolean {
  return signatureFits(bytesOf(content), value, publicKey);
}

const PAGE_SEAL = '<meta name="lading-page-signature" content="';
const SEALED = /<meta name="lading-page-signature" content="([A-Za-z0-9+/=]*)">/;

/** Where a page has room for its signature. */
export const ROOM_FOR_SEAL = `${PAGE_SEAL}">`;

export function sealPage(page: string, signer: Signer): string {
  return page.replace(ROOM_FOR_SEAL, () => `${PAGE_SEAL}${signer.sign(Buffer.from(page))}">`);
}

export function isPageSealed(page: string, publicKey: string): boolean {
  const [whole = '', value = ''] = SEALED.exec(page) ?? [];
  if (value === '') return false;
  return signatureFits(Buffer.from(page.replace(whole, () => ROOM_FOR_SEAL)), value, publicKey);
}

function signatureFits(bytes: Uint8Array, value: string, publicKey: string): boolean {
  const key = keyFrom(publicKey);
  const signature = Buffer.from(value, 'base64');
  // Base64 is read leniently: one signature has one way to be written, so that no byte of a packet can be another.
  return key !== undefined && signature.toString('base64') === value && verify(null, bytes, key, signature);
}

function keyFrom(publicKey: string): KeyObject | undefined {
  try {
    const key = createPublicKey(publicKey);
    return key.asymmetricKeyType === 'ed25519' ? key : undefined;
  } catch {
    return undefined;
  }
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
