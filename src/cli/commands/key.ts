// lading key add|list|revoke: the keys of the API.

import { userInfo } from 'node:os';
import { addKey, keyFault, keysOf, removeKey } from '../../access/keyring.ts';
import { isRole, ROLES, type Role } from '../../access/roles.ts';
import { formatInstant, parseInstant } from '../../model/time.ts';
import type { KeyRow } from '../../store/api-keys.ts';
import type { CommandContext } from '../command.ts';
import { defineCommand } from '../command.ts';
import { withDatabase } from '../own-database.ts';
import { findRunningHub, type RunningHub } from '../running-hub.ts';
import { aligned } from '../text/aligned.ts';
import { UserError } from '../user-error.ts';
import type { Writer } from '../writer.ts';

type Wanted = { name: string; role: Role; partner?: string; expiresAt?: string };
type ListedKey = Record<'id' | 'name' | 'role' | 'createdAt', string> &
  Partial<Record<'partner' | 'expiresAt' | 'revokedAt' | 'lastUsedAt', string>>;

/** The same three acts, at the running hub or in the database itself. */
type Keyring = {
  add(wanted: Wanted): Promise<{ id: string; key: string }>;
  list(): Promise<ListedKey[]>;
  revoke(id: string): Promise<boolean>;
};

export const command = defineCommand({
  name: 'key',
  summary: 'makes, lists and revokes API keys',
  usage: 'add|list|revoke [ID] [--role R] [--name N] [--partner ID] [--expires TIME] [--json]',
  help: `add     makes a key and shows it once: --role and --name, for partner and customer also --partner
list    keys with role, partner and last use
revoke  ends the key with this ID, at once and for good`,
  positionals: { name: 'add|list|revoke', min: 1, max: 2 },
  options: {
    role: { type: 'string', value: 'ROLE', choices: ROLES, about: 'what it may' },
    name: { type: 'string', value: 'NAME', about: 'who or what uses it' },
    partner: { type: 'string', value: 'ID', about: 'the partner it stands for' },
    expires: { type: 'string', value: 'TIME', about: 'when it ends, such as 2027-01-01T00:00:00Z' },
    json: { type: 'boolean', about: 'the answer as JSON' },
  },
  async run(context) {
    const { args, env } = context;
    const [act = '', id] = args;
    checkUsage(act, id);
    const hub = await findRunningHub(env);
    if (hub !== undefined) return perform(context, act, id, ringOfHub(hub));
    return withDatabase(context, ({ store }) => perform(context, act, id, ringOfStore(store)));
  },
});

type Options = Record<'role' | 'name' | 'partner' | 'expires', string | undefined> & { json: boolean };

function checkUsage(act: string, id: string | undefined): void {
  const usage = 'usage: lading key add|list|revoke [ID]';
  if (!['add', 'list', 'revoke'].includes(act)) throw new UserError({ what: 'unknown act', where: act, mend: usage });
  if (act === 'revoke' && id === undefined) throw new UserError({ what: 'argument missing', where: 'ID', mend: usage });
  if (act !== 'revoke' && id !== undefined) {
    throw new UserError({ what: 'unexpected argument', where: id, mend: usage });
  }
}

async function perform(
  { options, stdout, stderr }: CommandContext<Options>,
  act: string,
  id = '',
  ring: Keyring,
): Promise<number> {
  if (act === 'list') {
    const keys = await ring.list();
    if (options.json) stdout.line(JSON.stringify(keys));
    else printKeys(keys, stdout);
    return 0;
  }
  if (act === 'revoke') {
    if (!(await ring.revoke(id))) {
      throw new UserError({ what: 'no such key in force', where: id, mend: '"lading key list" shows those there are' });
    }
    stdout.line(options.json ? JSON.stringify({ id, revoked: true }) : `revoked ${id}`);
    return 0;
  }
  const made = await ring.add(wantedFrom(options));
  if (options.json) stdout.line(JSON.stringify(made));
  else {
    stdout.line(made.key);
    stderr.line('Keep it now: it is not shown again.');
  }
  return 0;
}

function wantedFrom({ role, name, partner, expires }: Options): Wanted {
  if (role === undefined || !isRole(role)) {
    throw new UserError({ what: 'option missing', where: '--role', mend: `give one of ${ROLES.join(', ')}` });
  }
  if (name === undefined) {
    throw new UserError({ what: 'option missing', where: '--name', mend: 'say who or what uses the key' });
  }
  if (expires !== undefined && parseInstant(expires) === undefined) {
    throw new UserError({ what: 'not a time', where: expires, mend: 'give one such as 2027-01-01T00:00:00Z' });
  }
  const wanted = { name, role, ...(partner && { partner }), ...(expires && { expiresAt: expires }) };
  const fault = keyFault({ name, role, partner });
  if (fault !== undefined) throw new UserError({ what: 'no such key can be', where: `--role ${role}`, mend: fault });
  return wanted;
}

function ringOfHub({ ask }: RunningHub): Keyring {
  return {
    add: (json) => ask('POST', '/v1/keys', { json }),
    list: async () => (await ask<{ items: ListedKey[] }>('GET', '/v1/keys')).items,
    revoke: async (id) => {
      const { items } = await ask<{ items: ListedKey[] }>('GET', '/v1/keys');
      if (!items.some((key) => key.id === id && key.revokedAt === undefined)) return false;
      await ask('DELETE', `/v1/keys/${encodeURIComponent(id)}`);
      return true;
    },
  };
}

function ringOfStore(store: Parameters<typeof addKey>[0]): Keyring {
  const actor = `command line (${userInfo().username})`;
  return {
    add: ({ expiresAt, ...wanted }) => {
      const expires = expiresAt === undefined ? undefined : parseInstant(expiresAt);
      return addKey(store, { ...wanted, expiresAt: expires }, actor, Date.now());
    },
    list: async () => (await keysOf(store)).map(listed),
    revoke: (id) => removeKey(store, id, actor, Date.now()),
  };
}

function listed({ id, name, role, partner, createdAt, ...times }: KeyRow): ListedKey {
  const told = Object.entries(times).flatMap(([key, at]) => (at === undefined ? [] : [[key, formatInstant(at)]]));
  return {
    id,
    name,
    role,
    ...(partner && { partner }),
    createdAt: formatInstant(createdAt),
    ...Object.fromEntries(told),
  };
}

function printKeys(keys: readonly ListedKey[], stdout: Writer): void {
  const rows = keys.map(({ id, role, partner = '', name, revokedAt, lastUsedAt }) => [
    id,
    role,
    partner,
    revokedAt === undefined ? (lastUsedAt ?? 'never used') : `revoked ${revokedAt}`,
    name,
  ]);
  stdout.lines(aligned([['id', 'role', 'partner', 'last use', 'name'], ...rows]));
}
