// When the key that we come with ends. Odoo does not say which of a user's keys one came with; what we kept of it does, and
// without that all of them are meant.
import type { KeyLife } from '../../contract.ts';
import { classifyRead } from '../doors/classify.ts';
import type { Connection } from '../doors/connection.ts';
import type { Door } from '../doors/door.ts';
import type { OdooVersion } from '../doors/versions.ts';
import type { OdooSettings } from '../settings.ts';
import { verdictOn } from '../together.ts';
import { type ListedKey, listKeys } from './api-keys.ts';
import type { Finding } from './finding.ts';
import { keyInForce, readKeptKey } from './key-file.ts';

/** How long before its end a key is told of. */
const SOON_MS = 14 * 24 * 60 * 60 * 1000;

/** Those that may be ours and end. None before 18, where keys do not. Throws `OdooError`. */
async function mortalKeys(call: Door, version: OdooVersion, settings: OdooSettings): Promise<readonly ListedKey[]> {
  if (!version.hasEndingKeys) return [];
  const kept = settings.keyFile === undefined ? undefined : readKeptKey(settings.keyFile);
  const name = kept?.key === keyInForce(settings) ? kept.name : undefined;
  const keys = await listKeys(call, version);
  const ours = keys.filter((key) => key.name === name);
  return (ours.length > 0 ? ours : keys).filter(({ endsAt }) => endsAt !== undefined);
}

export async function endingKeys(
  call: Door,
  version: OdooVersion,
  settings: OdooSettings,
  now: number,
): Promise<Finding[]> {
  const ending = (await mortalKeys(call, version, settings)).filter(({ endsAt = 0 }) => endsAt - now < SOON_MS);
  return ending.map(({ name, endsAt = 0 }) => ({
    check: 'key',
    state: 'missing',
    what: `${endsAt <= now ? 'the key has ended' : 'the key ends'} on ${new Date(endsAt).toISOString().slice(0, 10)}`,
    where: `"${name}"`,
    mend: 'replace it by `lading connect odoo --rotate`',
  }));
}

/** Of several that may be ours, the first to end. Never rejects but for bugs. */
export async function keyLife({
  call,
  version,
  settings,
}: Pick<Connection, 'call' | 'version'> & { readonly settings: OdooSettings }): Promise<KeyLife> {
  try {
    const ends = (await mortalKeys(call, await version(), settings)).flatMap(({ endsAt }) => endsAt ?? []);
    return ends.length === 0 ? { key: 'endless' } : { key: 'ends', endsAt: Math.min(...ends) };
  } catch (error) {
    const verdict = verdictOn(error, classifyRead);
    return { key: 'unavailable', reason: 'sentence' in verdict ? verdict.sentence : verdict.reason };
  }
}
