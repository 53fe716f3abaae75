// The API keys of one user: which there are, a new one, and an old one's end.
import type { Door } from '../doors/door.ts';
import { OdooError } from '../doors/failure.ts';
import type { OdooVersion } from '../doors/versions.ts';

export type ListedKey = {
  readonly id: number;
  readonly name: string;
  /** Epoch milliseconds; none: it does not end. */
  readonly endsAt?: number;
};

const MOST_KEYS = 50;

/** The user's own, the oldest first. */
export async function listKeys(call: Door, { hasEndingKeys }: OdooVersion): Promise<readonly ListedKey[]> {
  const { uid } = (await call({ model: 'res.users', method: 'context_get' })) as { uid: number };
  const fields = ['name', ...(hasEndingKeys ? ['expiration_date'] : [])];
  const args = { domain: [['user_id', '=', uid]], fields, order: 'id asc', limit: MOST_KEYS };
  const keys = await call({ model: 'res.users.apikeys', method: 'search_read', args });
  return (keys as { id: number; name: string; expiration_date?: string | false }[]).map((key) => {
    const { id, name, expiration_date: end } = key;
    return { id, name, ...(end ? { endsAt: instantOf(end) } : {}) };
  });
}

/** Odoo writes instants in UTC, without saying so. */
export function instantOf(text: string): number {
  return Date.parse(`${text.replace(' ', 'T')}Z`);
}

// The longest that an ordinary user may have where nobody changed that; an administrator's may be longer.
const DURATIONS = ['365', '180', '90', '30'] as const;

/**
 * A new key, by a person's session: Odoo wants the password again, in a wizard. Where keys end, it gets the longest life
 * that Odoo grants this user. Throws `OdooError`.
 */
export async function makeKey(session: Door, version: OdooVersion, name: string, password: string): Promise<string> {
  const described = await describe(session, version, name);
  const asked = await session({ model: DESCRIPTION, method: 'make_key', ids: [described] });
  const shown = await proven(session, version, asked, password);
  const key = (shown as { context?: { default_key?: unknown } } | null)?.context?.default_key;
  if (typeof key === 'string' && key !== '') return key;
  throw new OdooError({ kind: 'unfamiliar', message: 'Odoo made no key; make one by hand and give it' });
}

const DESCRIPTION = 'res.users.apikeys.description';

async function describe(session: Door, { hasEndingKeys }: OdooVersion, name: string): Promise<number> {
  const make = async (values: Readonly<Record<string, unknown>>) => {
    const made = await session({ model: DESCRIPTION, method: 'create', args: { vals_list: values } });
    return [made].flat()[0] as number;
  };
  if (!hasEndingKeys) return make({ name });
  for (const duration of DURATIONS) {
    try {
      return await make({ name, duration });
    } catch (error) {
      const isTooLong = error instanceof OdooError && error.failure.kind === 'fault' && duration !== DURATIONS.at(-1);
      if (!isTooLong) throw error;
    }
  }
  throw new Error('the shortest life is always tried');
}

/** Ends a key at once. The session proved its password a moment ago, or proves it now. */
export async function removeKey(session: Door, version: OdooVersion, id: number, password: string): Promise<void> {
  await proven(session, version, await session({ model: 'res.users.apikeys', method: 'remove', ids: [id] }), password);
}

// Within ten minutes of the last proof the answer is the act itself.
async function proven(session: Door, version: OdooVersion, answer: unknown, password: string): Promise<unknown> {
  const { res_model: model, res_id: id } = (answer ?? {}) as { res_model?: unknown; res_id?: unknown };
  if (model !== 'res.users.identitycheck' || typeof id !== 'number') return answer;
  const context = version.passwordInContext ? { password } : undefined;
  if (context === undefined) await session({ model, method: 'write', ids: [id], args: { vals: { password } } });
  return session({ model, method: 'run_check', ids: [id], context });
}
