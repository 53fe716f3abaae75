// The way to one Odoo, found at the first call and kept: version, door, and a look at the fields we need.
import type { ConnectorDeps } from '../../contract.ts';
import { COMPANION_FIELD, meetCompanion } from '../companion.ts';
import { keyInForce } from '../connect/key-file.ts';
import { MOVE_FIELDS } from '../documents/invoice.ts';
import type { OdooSettings } from '../settings.ts';
import type { Door } from './door.ts';
import { OdooError } from './failure.ts';
import { detectVersion, type OdooVersion, openDoor } from './versions.ts';
import { openWire } from './wire.ts';

export type Connection = {
  /** Connects when needed, then calls. */
  readonly call: Door;
  readonly version: () => Promise<OdooVersion>;
  /** Is the companion module there, and to be used? */
  readonly hasCompanion: () => Promise<boolean>;
  readonly close: () => Promise<void>;
};

type Connected = {
  readonly version: OdooVersion;
  readonly door: Door;
  readonly key: string;
  readonly hasCompanion: boolean;
};

export function openConnection(settings: OdooSettings, deps: ConnectorDeps): Connection {
  const wire = openWire(settings, deps);
  let connected: Promise<Connected> | undefined;

  // A failed attempt is forgotten, so that the next act tries again; so is a login that stops being good.
  function connect(): Promise<Connected> {
    connected ??= connectTo().catch((error) => {
      connected = undefined;
      throw error;
    });
    return connected;
  }

  async function connectTo(): Promise<Connected> {
    const version = await detectVersion(wire);
    const key = keyInForce(settings);
    const door = await openDoor(version, wire, { ...settings, key });
    const hasCompanion = (await checkFields(door)) && settings.companion !== false;
    if (hasCompanion) await meetCompanion(door);
    return { version, door, key, hasCompanion };
  }

  return {
    call: async (call) => {
      const { door, key } = await connect();
      try {
        return await door(call);
      } catch (error) {
        if (!endsLogin(error)) throw error;
        connected = undefined;
        // The key was replaced meanwhile. What is refused for its key was not done, so it may be said again.
        if (keyInForce(settings) === key) throw error;
        return (await connect()).door(call);
      }
    },
    version: async () => (await connect()).version,
    hasCompanion: async () => (await connect()).hasCompanion,
    close: () => wire.close(),
  };
}

// Customised builds rename and remove fields; better one clear refusal now than a strange one later. Resolves with whether the
// companion module is there.
async function checkFields(door: Door): Promise<boolean> {
  const args = { allfields: [...MOVE_FIELDS, COMPANION_FIELD], attributes: ['type'] };
  const known = Object.keys((await door({ model: 'account.move', method: 'fields_get', args })) as object);
  const missing = MOVE_FIELDS.filter((field) => !known.includes(field));
  if (missing.length === 0) return known.includes(COMPANION_FIELD);
  throw new OdooError({ kind: 'unfamiliar', message: `account.move of this Odoo lacks ${missing.join(', ')}` });
}

function endsLogin(error: unknown): boolean {
  if (!(error instanceof OdooError) || error.failure.kind !== 'fault') return false;
  return /\.(AccessDenied|Unauthorized)$/.test(error.failure.name);
}
