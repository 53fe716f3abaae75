// lading user add|list|password|disable: the people who sign in to the console.

import { randomBytes } from 'node:crypto';
import { userInfo } from 'node:os';
import { addUser, changePassword, removeUser, userFault, usersOf } from '../../access/accounts.ts';
import { passwordFault } from '../../access/password.ts';
import { isRole, ROLES, type Role } from '../../access/roles.ts';
import type { Store } from '../../store/database.ts';
import type { UserRow } from '../../store/users.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { withDatabase } from '../own-database.ts';
import { findRunningHub, type RunningHub } from '../running-hub.ts';
import { aligned } from '../text/aligned.ts';
import { UserError } from '../user-error.ts';

type Wanted = { name: string; displayName: string; role: Role; partner?: string };
type Listed = Pick<UserRow, 'name' | 'displayName' | 'role' | 'partner'> & { disabledAt?: unknown };

/** The same acts, at the running hub or in the database itself. */
type Register = {
  add(wanted: Wanted, password: string): Promise<boolean>;
  list(): Promise<Listed[]>;
  password(name: string, password: string): Promise<boolean>;
  disable(name: string): Promise<boolean>;
};

const ACTS = ['add', 'list', 'password', 'disable'];
const USAGE = 'usage: lading user add|list|password|disable [NAME]';

export const command = defineCommand({
  name: 'user',
  summary: 'adds, lists and disables people who sign in to the console',
  usage: 'add|list|password|disable [NAME] [--role R] [--partner ID] [--display-name N] [--json]',
  help: `add       somebody with --role, for partner and customer also --partner
list      who there is
password  gives NAME a new password; ends their sessions and a lock
disable   NAME signs in no more
The password is read from LADING_PASSWORD; where that is not set, one is made and shown once.`,
  positionals: { name: 'add|list|password|disable', min: 1, max: 2 },
  options: {
    role: { type: 'string', value: 'ROLE', choices: ROLES, about: 'what they may' },
    partner: { type: 'string', value: 'ID', about: 'the partner they belong to' },
    'display-name': { type: 'string', value: 'NAME', about: 'as shown to others; the user name where not given' },
    json: { type: 'boolean', about: 'the answer as JSON' },
  },
  async run(context) {
    const [act = '', name] = context.args;
    if (!ACTS.includes(act)) throw new UserError({ what: 'unknown act', where: act, mend: USAGE });
    if (act !== 'list' && name === undefined) {
      throw new UserError({ what: 'argument missing', where: 'NAME', mend: USAGE });
    }
    const hub = await findRunningHub(context.env);
    if (hub !== undefined) return perform(context, act, name, registerOfHub(hub));
    return withDatabase(context, ({ store }) => perform(context, act, name, registerOfStore(store)));
  },
});

type Options = Record<'role' | 'partner' | 'display-name', string | undefined> & { json: boolean };

async function perform(context: CommandContext<Options>, act: string, name = '', register: Register): Promise<number> {
  const { options, stdout } = context;
  if (act === 'list') {
    const users = await register.list();
    if (options.json) stdout.line(JSON.stringify(users));
    else stdout.lines(tableOf(users));
    return 0;
  }
  if (act === 'disable') {
    if (!(await register.disable(name))) throw unknown(name);
    stdout.line(options.json ? JSON.stringify({ name, disabled: true }) : `disabled ${name}`);
    return 0;
  }
  const { password, isMade } = passwordFrom(context.env);
  if (act === 'password') {
    if (!(await register.password(name, password))) throw unknown(name);
  } else if (!(await register.add(wantedFrom(name, options), password))) {
    throw new UserError({ what: 'the name is taken', where: name, mend: 'choose another' });
  }
  tell(context, name, isMade ? password : undefined);
  return 0;
}

function tell({ options, stdout, stderr }: CommandContext<Options>, name: string, password?: string): void {
  if (options.json) stdout.line(JSON.stringify({ name, ...(password === undefined ? {} : { password }) }));
  else if (password === undefined) stdout.line(name);
  else {
    stdout.line(`${name}  ${password}`);
    stderr.line('Keep the password now: it is not shown again.');
  }
}

function passwordFrom(env: CommandContext['env']): { password: string; isMade: boolean } {
  const given = env.LADING_PASSWORD;
  if (given === undefined || given === '') return { password: randomBytes(12).toString('base64url'), isMade: true };
  const fault = passwordFault(given);
  if (fault !== undefined) throw new UserError({ what: 'no such password', where: 'LADING_PASSWORD', mend: fault });
  return { password: given, isMade: false };
}

function wantedFrom(name: string, { role, partner, 'display-name': displayName = name }: Options): Wanted {
  if (role === undefined || !isRole(role)) {
    throw new UserError({ what: 'option missing', where: '--role', mend: `give one of ${ROLES.join(', ')}` });
  }
  const wanted = { name, displayName, role, ...(partner && { partner }) };
  const fault = userFault(wanted);
  if (fault !== undefined) throw new UserError({ what: 'no such user can be', where: name, mend: fault });
  return wanted;
}

function unknown(name: string): UserError {
  return new UserError({ what: 'no such user', where: name, mend: '"lading user list" shows who there is' });
}

function tableOf(users: readonly Listed[]): string[] {
  if (users.length === 0) return ['Nobody signs in yet: "lading user add NAME --role admin" adds the first.'];
  const rows = users.map(({ name, displayName, role, partner = '', disabledAt }) => [
    name,
    displayName,
    role,
    partner,
    disabledAt === undefined ? '' : 'disabled',
  ]);
  return aligned([['name', 'shown as', 'role', 'partner', ''], ...rows]);
}

function registerOfHub({ ask }: RunningHub): Register {
  const items = async () => (await ask<{ items: Listed[] }>('GET', '/v1/users')).items;
  const isThere = async (name: string) =>
    (await items()).some((user) => user.name === name && user.disabledAt === undefined);
  return {
    list: items,
    async add(wanted, password) {
      if ((await items()).some(({ name }) => name === wanted.name)) return false;
      await ask('POST', '/v1/users', { json: { ...wanted, password } });
      return true;
    },
    async password(name, password) {
      if (!(await items()).some((user) => user.name === name)) return false;
      await ask('PUT', `/v1/users/${encodeURIComponent(name)}/password`, { json: { password } });
      return true;
    },
    async disable(name) {
      if (!(await isThere(name))) return false;
      await ask('DELETE', `/v1/users/${encodeURIComponent(name)}`);
      return true;
    },
  };
}

function registerOfStore(store: Store): Register {
  const actor = `command line (${userInfo().username})`;
  return {
    add: (wanted, password) => addUser(store, wanted, password, actor, Date.now()),
    list: () => usersOf(store),
    password: (name, password) => changePassword(store, name, password, actor, Date.now()),
    disable: (name) => removeUser(store, name, actor, Date.now()),
  };
}
