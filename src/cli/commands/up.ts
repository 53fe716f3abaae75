// lading up [--role R,…]: runs the hub against DATABASE_URL, or against the database that comes along.

import { pino } from 'pino';
import { ensureFirstKey, keyFileIn } from '../../access/keyring.ts';
import type { ApiApp } from '../../api/app.ts';
import { apiHubOf } from '../../api/hub.ts';
import { explainBilling } from '../../insight/billing-words.ts';
import { type FolderWatch, type WatchedFolder, watchFolders } from '../../pipeline/folders.ts';
import { connectErp, HUB_ROLES, type RunningHub, startHub } from '../../pipeline/hub.ts';
import type { Store } from '../../store/database.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { ensureConsole } from '../console-build.ts';
import { foldersFrom, hookTokenFrom, logLevelFrom, portFrom } from '../hub-environment.ts';
import { openHubStore } from '../hub-store.ts';
import { listen } from '../listen.ts';
import { odooInForce } from '../odoo-setup.ts';
import { UserError } from '../user-error.ts';

const ROLES = ['api', 'folders', ...HUB_ROLES] as const;
type Role = (typeof ROLES)[number];

export const command = defineCommand({
  name: 'up',
  summary: 'runs the hub',
  usage: '[--role R,…]',
  help: `Roles: ${ROLES.join(', ')}; all of them when none is named. Any number of processes may share one database.
DATABASE_URL names the database, LADING_FOLDERS the folders that partners' files come in by (partner=path,…),
ODOO_URL, ODOO_DB, ODOO_USER and ODOO_KEY the ERP, LADING_PORT and LADING_HOST the address,
LADING_HOOK_TOKEN lets Odoo tell of changes at /v1/hooks/odoo/TOKEN; without it they are asked for.`,
  options: { role: { type: 'string', value: 'R,…', about: 'only these roles, separated by commas' } },
  async run(context) {
    const roles = rolesFrom(context.options.role);
    const settings = {
      odoo: odooInForce(context.env),
      port: portFrom(context.env),
      level: logLevelFrom(context.env),
      folders: foldersFrom(context.env),
    };
    if (roles.has('api')) await ensureConsole({ rootDir: context.rootDir, tell: (line) => context.stderr.line(line) });
    const { store, close } = await openHubStore(context.env, (line) => context.stderr.line(line));
    try {
      await serve(context, store, roles, settings);
    } finally {
      await close();
    }
    return 0;
  },
});

type Settings = {
  odoo: ReturnType<typeof odooInForce>;
  port: number;
  level: string;
  folders: readonly WatchedFolder[];
};

async function serve(
  { env, stdout, signal }: CommandContext,
  store: Store,
  roles: ReadonlySet<Role>,
  settings: Settings,
) {
  const log = pino({ level: settings.level }, pino.destination({ dest: 2, sync: true }));
  const connectors = settings.odoo === undefined ? [] : [connectErp(settings.odoo, { now: Date.now })];
  const hub = startHub({ store, log, connectors, explainBilling, roles: HUB_ROLES.filter((role) => roles.has(role)) });
  let api: ApiApp | undefined;
  let folders: FolderWatch | undefined;
  try {
    api = roles.has('api')
      ? await listen(apiHubOf({ ...hub, dataDir: env.LADING_DATA, ...hookTokenFrom(env) }), env, settings.port)
      : undefined;
    folders = roles.has('folders')
      ? await watchFolders(hub.context, settings.folders, { nudge: hub.nudge })
      : undefined;
    const key = api && (await ensureFirstKey(store, env.LADING_DATA, Date.now()));
    stdout.lines(greeting({ hub, api, roles, key, keyFile: keyFileIn(env.LADING_DATA) }));
    await untilStopped(signal);
    stdout.line('Stopping: what is under way comes to its end.');
  } finally {
    await Promise.all([api?.close(), folders?.stop()]);
    await hub.stop();
  }
}

function rolesFrom(text: string | undefined): ReadonlySet<Role> {
  const names = text?.split(',').map((name) => name.trim()) ?? [...ROLES];
  const unknown = names.find((name) => !(ROLES as readonly string[]).includes(name));
  if (unknown === undefined) return new Set(names as Role[]);
  throw new UserError({ what: 'unknown role', where: `--role ${unknown}`, mend: `use any of ${ROLES.join(', ')}` });
}

type Greeting = {
  hub: RunningHub;
  api: ApiApp | undefined;
  roles: ReadonlySet<Role>;
  key: string | undefined;
  keyFile: string;
};

function greeting({ hub, api, roles, key, keyFile }: Greeting): string[] {
  const address = api?.listeningOrigin;
  return [
    address === undefined ? `Lading is up (${[...roles].join(', ')}).` : `Lading is up at ${address}`,
    ...(address === undefined ? [] : [`  the API is described at ${address}/v1/reference`]),
    ...(key === undefined ? [] : [`  its first key, shown once: ${key}`, `  kept for the commands here in ${keyFile}`]),
    ...(hub.systems.length > 0
      ? []
      : ['  no ERP is connected: what should be in it waits. Set ODOO_URL, ODOO_DB, ODOO_USER and ODOO_KEY.']),
    '  stop it with Ctrl-C',
  ];
}

async function untilStopped(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
