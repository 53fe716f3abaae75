// The way in, tried door by door: address, version, database, login. The first that does not open is told by name.
import type { ConnectorDeps } from '../../contract.ts';
import { type Connection, openConnection } from '../doors/connection.ts';
import { OdooError } from '../doors/failure.ts';
import { rpcService, rpcVersionInfo } from '../doors/json-rpc.ts';
import { type OdooVersion, versionFrom } from '../doors/versions.ts';
import { type Answer, openWire, type Wire } from '../doors/wire.ts';
import type { OdooSettings } from '../settings.ts';
import { addressFault, notOdoo, notReached } from './address.ts';
import type { Finding } from './finding.ts';
import { keyInForce, readKeptKey } from './key-file.ts';

export type Trial =
  | { readonly ok: true; readonly connection: Connection; readonly version: OdooVersion; readonly findings: Finding[] }
  | { readonly ok: false; readonly findings: Finding[] };

/** Whoever is given a connection closes it. Rejects only for bugs. */
export async function tryOdoo(settings: OdooSettings, deps: ConnectorDeps): Promise<Trial> {
  const fault = addressFault(settings.url);
  if (fault !== undefined) return { ok: false, findings: [fault] };
  const wire = openWire(settings, deps);
  try {
    const version = await findVersion(wire, settings.url);
    if ('check' in version) return { ok: false, findings: [version] };
    const found = ok('version', `Odoo ${version.major}`, settings.url);
    const connection = openConnection(settings, deps);
    const closed = await closedDoor(wire, connection, version, settings, deps);
    if (closed === undefined) {
      const { database, user } = settings;
      const who = user === undefined ? 'by its key' : `as ${user}`;
      const login = ok('login', `logged in ${who}`, database);
      return { ok: true, connection, version, findings: [found, login] };
    }
    await connection.close();
    return { ok: false, findings: [found, closed] };
  } finally {
    await wire.close();
  }
}

function ok(check: Finding['check'], what: string, where: string): Finding {
  return { check, state: 'ok', what, where };
}

async function findVersion(wire: Wire, url: string): Promise<OdooVersion | Finding> {
  let page: Answer | undefined;
  try {
    page = await wire.get('/web/version');
    const told = (page.json as { version_info?: unknown } | null | undefined)?.version_info;
    return versionFrom(told ?? (await rpcVersionInfo(wire)));
  } catch (error) {
    if (!(error instanceof OdooError)) throw error;
    const { failure } = error;
    if (failure.kind === 'unfamiliar') {
      const mend = 'connect an Odoo 17, 18 or 19';
      return { check: 'version', state: 'missing', what: failure.message, where: url, mend };
    }
    if (failure.kind === 'http' || failure.kind === 'garbage') {
      return notOdoo(url, page === undefined || page.status === 404 ? { status: failure.status } : page);
    }
    return notReached(url, error);
  }
}

async function closedDoor(
  wire: Wire,
  connection: Connection,
  version: OdooVersion,
  settings: OdooSettings,
  deps: ConnectorDeps,
): Promise<Finding | undefined> {
  const { database, url, user } = settings;
  if (!version.keyNamesUser && user === undefined) {
    const mend = `give the login of the API user (--user, ODOO_USER): Odoo ${version.major} does not know it by the key`;
    return { check: 'login', state: 'missing', what: 'the user is not named', where: url, mend };
  }
  try {
    await connection.call({ model: 'res.users', method: 'context_get' });
    return undefined;
  } catch (error) {
    if (!(error instanceof OdooError)) throw error;
    const { failure } = error;
    if (failure.kind === 'unfamiliar') {
      const mend = 'install Invoicing there, or undo what renamed them';
      return { check: 'version', state: 'missing', what: failure.message, where: database, mend };
    }
    if (failure.kind === 'fault' && failure.name === 'werkzeug.exceptions.NotFound') return withoutInvoicing(database);
    if (isLoginRefused(error)) return refusedLogin(settings, deps);
    return databaseTrouble(wire, settings, error);
  }
}

function withoutInvoicing(database: string): Finding {
  return {
    check: 'version',
    state: 'missing',
    what: 'Invoicing is not installed',
    where: database,
    mend: 'install it',
  };
}

function isLoginRefused({ failure }: OdooError): boolean {
  return (
    failure.kind === 'login-refused' ||
    (failure.kind === 'fault' && /\.(AccessDenied|Unauthorized)$/.test(failure.name))
  );
}

// An ended key looks like a wrong one to whoever asks; only what we noted of it tells.
function refusedLogin(settings: OdooSettings, deps: ConnectorDeps): Finding {
  const { user, database, keyFile } = settings;
  const kept = keyFile === undefined ? undefined : readKeptKey(keyFile);
  const endsAt = kept?.key === keyInForce(settings) ? kept.endsAt : undefined;
  if (endsAt !== undefined && Date.parse(endsAt) <= deps.now()) {
    const mend = 'make a new one in Odoo (Preferences, Account Security) and give it to `lading connect odoo --rotate`';
    return { check: 'key', state: 'missing', what: `the key ended at ${endsAt}`, where: database, mend };
  }
  const what = user === undefined ? 'the key is refused' : 'the user or the key is refused';
  const where = user === undefined ? database : `${user} in ${database}`;
  const mend = 'check the login, and make a new API key as that user (keys end; a password is none)';
  return { check: 'login', state: 'missing', what, where, mend };
}

// JSON-2 says the same page to a wrong database and to one whose server is down; JSON-RPC says which.
async function databaseTrouble(wire: Wire, { database, url }: OdooSettings, error: OdooError): Promise<Finding> {
  const words = error.failure.kind === 'fault' ? error.message : await loginWords(wire, database);
  if (/does not exist/.test(words)) {
    const others = await databasesAt(wire);
    const known = others.length === 0 ? '' : `; it has ${others.join(', ')}`;
    const mend = `correct the name of the database (--database, ODOO_DB)${known}`;
    return {
      check: 'database',
      state: 'missing',
      what: 'there is no such database',
      where: `${database} at ${url}`,
      mend,
    };
  }
  if (/OperationalError/.test(words) || error.failure.kind === 'http') {
    const mend = 'start the PostgreSQL that this Odoo uses, or correct the name of the database';
    return { check: 'database', state: 'missing', what: 'the database does not answer', where: database, mend };
  }
  return { check: 'login', state: 'missing', what: 'logging in failed', where: database, mend: error.message };
}

async function loginWords(wire: Wire, database: string): Promise<string> {
  try {
    await rpcService(wire, 'common', 'authenticate', [database, '', '', {}]);
    return '';
  } catch (error) {
    if (error instanceof OdooError) return error.message;
    throw error;
  }
}

const MOST_NAMED = 10;

/** Where the server tells; most are set not to. */
async function databasesAt(wire: Wire): Promise<string[]> {
  try {
    const names = await rpcService(wire, 'db', 'list', []);
    return Array.isArray(names) ? names.map(String).slice(0, MOST_NAMED) : [];
  } catch (error) {
    if (error instanceof OdooError) return [];
    throw error;
  }
}
