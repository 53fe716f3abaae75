// A new API key in the old one's place, without a moment in which the hub has none that works.
//
// The order is the point: made, tried, kept, and only then is the old one removed. A running hub comes with the old key until
// that is refused, and then finds the new one in the file (`connection.ts`). Stopped at any place, one works.
import type { ConnectorDeps } from '../../contract.ts';
import { openConnection } from '../doors/connection.ts';
import { OdooError } from '../doors/failure.ts';
import { openWire } from '../doors/wire.ts';
import type { OdooSettings } from '../settings.ts';
import { type ListedKey, listKeys, makeKey, removeKey } from './api-keys.ts';
import { digestOf, keepKey, keyInForce, readKeptKey } from './key-file.ts';
import { openWebSession } from './web-session.ts';

/** Where the new key comes from: made by the server on a person's password, or by that person. */
export type NewKey = { readonly password: string } | { readonly key: string };

export type RotationWish = {
  readonly keyFile: string;
  readonly from: NewKey;
  /** Leaves the old key in force, for other machines that come with it. */
  readonly keepsOld: boolean;
};

export type Rotation = {
  /** Of the new key, in Odoo. */
  readonly name?: string;
  readonly endsAt?: number;
  /** The names of the keys that were removed. */
  readonly removed: readonly string[];
  /** Keys of the user that may be the old one, where it is not certain which is or it may not be removed from here. */
  readonly left: readonly string[];
};

/** Throws `OdooError`, and leaves in force what was. */
export async function rotateKey(settings: OdooSettings, deps: ConnectorDeps, wish: RotationWish): Promise<Rotation> {
  const { keyFile, from, keepsOld } = wish;
  const old = openConnection({ ...settings, keyFile }, deps);
  const wire = openWire(settings, deps);
  try {
    const version = await old.version();
    const before = await listKeys(old.call, version);
    const name = nameFor(deps.now(), before);
    const login = settings.user ?? (await loginOf(old.call));
    const session =
      'password' in from
        ? await openWebSession(wire, { database: settings.database, login, password: from.password })
        : undefined;
    const key =
      'key' in from ? from.key : await makeKey(session as NonNullable<typeof session>, version, name, from.password);
    const after = await keysBy(settings, deps, key);
    const added = after.find(({ name: each, id }) =>
      session === undefined ? !before.some((one) => one.id === id) : each === name,
    );
    keep(settings, keyFile, key, added);
    const olds = before.filter(({ id }) => id !== added?.id);
    const rotated = { name: added?.name, endsAt: added?.endsAt };
    if (keepsOld || session === undefined || olds.length !== 1) {
      return { ...rotated, removed: [], left: olds.map((each) => each.name) };
    }
    const [{ id, name: removed }] = olds as [ListedKey];
    await removeKey(session, version, id, (from as { password: string }).password);
    await keysBy(settings, deps, key);
    return { ...rotated, removed: [removed], left: [] };
  } finally {
    await Promise.all([old.close(), wire.close()]);
  }
}

function nameFor(now: number, existing: readonly ListedKey[]): string {
  const day = `Lading ${new Date(now).toISOString().slice(0, 10)}`;
  const taken = new Set(existing.map(({ name }) => name));
  for (let number = 1; ; number++) {
    const name = number === 1 ? day : `${day} (${number})`;
    if (!taken.has(name)) return name;
  }
}

async function loginOf(call: ReturnType<typeof openConnection>['call']): Promise<string> {
  const { uid } = (await call({ model: 'res.users', method: 'context_get' })) as { uid: number };
  const [user] = (await call({ model: 'res.users', method: 'read', ids: [uid], args: { fields: ['login'] } })) as [
    { login: string },
  ];
  return user.login;
}

// The trial of a key: it must open the door, and of the same user.
async function keysBy(settings: OdooSettings, deps: ConnectorDeps, key: string): Promise<readonly ListedKey[]> {
  const connection = openConnection({ ...settings, key, keyFile: undefined }, deps);
  try {
    const login = await loginOf(connection.call);
    if (settings.user !== undefined && login !== settings.user) {
      throw new OdooError({ kind: 'unfamiliar', message: `the new key is ${login}'s and not ${settings.user}'s` });
    }
    return await listKeys(connection.call, await connection.version());
  } finally {
    await connection.close();
  }
}

function keep(settings: OdooSettings, keyFile: string, key: string, listed: ListedKey | undefined): void {
  const kept = readKeptKey(keyFile);
  const replaced = [...(kept?.replaced ?? []), digestOf(settings.key), digestOf(keyInForce({ ...settings, keyFile }))];
  keepKey(keyFile, {
    key,
    ...(listed === undefined ? {} : { name: listed.name }),
    ...(listed?.endsAt === undefined ? {} : { endsAt: new Date(listed.endsAt).toISOString() }),
    // A key given again by hand is in force again.
    replaced: [...new Set(replaced)].filter((digest) => digest !== digestOf(key)),
  });
}
