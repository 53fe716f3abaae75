// What the environment says about the running hub: its ERP, its address, how much it tells.
import type { OdooSettings } from '../connectors/odoo/settings.ts';
import { parseFolders, type WatchedFolder } from '../pipeline/folders.ts';
import { UserError } from './user-error.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The Odoo that the environment itself names, if one is. What the hub is connected to says odoo-setup.ts. Throws `UserError` when only a part of it is. */
export function odooFrom(env: Environment): OdooSettings | undefined {
  const { ODOO_URL: url, ODOO_DB: database, ODOO_USER: user, ODOO_KEY: key } = env;
  if (!url && !database && !key) return undefined;
  const missing = Object.entries({ ODOO_URL: url, ODOO_DB: database, ODOO_KEY: key }).filter(([, value]) => !value);
  if (!url || !database || !key) {
    const names = missing.map(([name]) => name).join(' and ');
    throw new UserError({ what: 'the ERP is only named in part', where: 'environment', mend: `set ${names} too` });
  }
  checkAddress(url);
  return { url, database, key, ...(user ? { user } : {}) };
}

/** Throws `UserError` when the address of an Odoo is none. */
export function checkAddress(url: string): void {
  if (/^https?:\/\//.test(url) && URL.canParse(url)) return;
  throw new UserError({
    what: 'not an address',
    where: `ODOO_URL=${url}`,
    mend: 'give one like https://erp.example.com',
  });
}

/** Throws `UserError` when LADING_PORT is none. */
export function portFrom({ LADING_PORT: text }: Environment): number {
  const port = Number(text || 8080);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new UserError({ what: 'not a port', where: `LADING_PORT=${text}`, mend: 'give a whole number up to 65535' });
}

const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'];

/** Throws `UserError` when LADING_LOG is none. */
export function logLevelFrom({ LADING_LOG: text }: Environment): string {
  const level = text || 'info';
  if (LOG_LEVELS.includes(level)) return level;
  throw new UserError({
    what: 'not a log level',
    where: `LADING_LOG=${level}`,
    mend: `use one of ${LOG_LEVELS.join(', ')}`,
  });
}

/** The watched folders. Throws `UserError` when LADING_FOLDERS cannot be read as such. */
export function foldersFrom({ LADING_FOLDERS: text = '' }: Environment): WatchedFolder[] {
  const read = parseFolders(text);
  if ('fault' in read) throw new UserError(read.fault);
  return read.folders;
}

const SHORTEST_TOKEN = 16;

/** What Odoo must know to tell of changes. Throws `UserError` when LADING_HOOK_TOKEN can be guessed. */
export function hookTokenFrom({ LADING_HOOK_TOKEN: hookToken }: Environment): { readonly hookToken?: string } {
  if (!hookToken) return {};
  if (/^[A-Za-z0-9_-]+$/.test(hookToken) && hookToken.length >= SHORTEST_TOKEN) return { hookToken };
  throw new UserError({
    what: 'no token that is hard to guess and fits into an address',
    where: 'LADING_HOOK_TOKEN',
    mend: `give at least ${SHORTEST_TOKEN} letters and digits, such as of "openssl rand -hex 24"`,
  });
}
