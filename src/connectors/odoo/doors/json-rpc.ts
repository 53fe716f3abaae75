// JSON-RPC (`/jsonrpc`), the door of Odoo 17 and 18. Deprecated in 19 and announced to go in 20.
//
// The HTTP status is always 200, and `error.code` differs between versions: only the exception's name counts.

import type { OdooSettings } from '../settings.ts';
import type { Call, Door } from './door.ts';
import { OdooError } from './failure.ts';
import type { Answer, Wire } from './wire.ts';

// Arguments that recordings of real clients give by position; all others go by name.
const BY_POSITION: Readonly<Record<string, readonly string[]>> = {
  load: ['fields', 'data'],
  create: ['vals_list'],
  write: ['vals'],
  search_read: ['domain'],
  check_object_reference: ['module', 'xml_id'],
};

/** Logs in and returns the door. */
export async function openJsonRpc(wire: Wire, settings: OdooSettings): Promise<Door> {
  const { database, user, key } = settings;
  if (user === undefined) {
    throw new OdooError({
      kind: 'unfamiliar',
      message: 'this Odoo needs the setting `user`, the login of the API user',
    });
  }
  const uid = await callService(wire, key, 'common', 'authenticate', [database, user, key, {}]);
  if (uid === false || uid === null) throw new OdooError({ kind: 'login-refused' });
  return (call) =>
    callService(wire, key, 'object', 'execute_kw', [
      database,
      uid,
      key,
      call.model,
      call.method,
      ...callArguments(call),
    ]);
}

/** Arguments by position and by name, as `execute_kw` and `call_kw` take them. */
export function callArguments({ method, ids, args = {}, context }: Call): [unknown[], Record<string, unknown>] {
  const positional = BY_POSITION[method] ?? [];
  const named = Object.entries(args).filter(([name]) => !positional.includes(name));
  const byPosition = [...(ids === undefined ? [] : [ids]), ...positional.map((name) => args[name])];
  return [byPosition, { ...Object.fromEntries(named), ...(context === undefined ? {} : { context }) }];
}

/** The server's version needs no login: `[17, 0, 0, "final", 0, ""]`. */
export async function rpcVersionInfo(wire: Wire): Promise<unknown> {
  const result = await callService(wire, undefined, 'common', 'version', []);
  return (result as { server_version_info?: unknown } | null)?.server_version_info;
}

/** A service that needs no login. */
export function rpcService(wire: Wire, service: string, method: string, args: unknown[]): Promise<unknown> {
  return callService(wire, undefined, service, method, args);
}

type Envelope = {
  jsonrpc?: unknown;
  result?: unknown;
  error?: { data?: { name?: unknown; message?: unknown } };
};

async function callService(wire: Wire, key: string | undefined, service: string, method: string, args: unknown[]) {
  return rpcAnswer(await wire.post('/jsonrpc', rpcQuestion({ service, method, args })), key);
}

export function rpcQuestion(params: Readonly<Record<string, unknown>>): unknown {
  return { jsonrpc: '2.0', method: 'call', id: 1, params };
}

/** What the envelope holds; throws `OdooError` for a fault in it. `secret` is kept out of the error's words. */
export function rpcAnswer({ status, json }: Answer, secret: string | undefined): unknown {
  const envelope = json as Envelope | null | undefined;
  if (envelope?.jsonrpc !== '2.0') {
    throw new OdooError(status === 200 ? { kind: 'garbage', status } : { kind: 'http', status });
  }
  // A method that returns nothing leaves `result` out.
  if (envelope.error === undefined) return envelope.result ?? null;
  const { name, message } = envelope.error.data ?? {};
  throw new OdooError({ kind: 'fault', name: String(name), message: withoutSecret(String(message), secret) });
}

export function withoutSecret(text: string, key: string | undefined): string {
  return key === undefined ? text : text.replaceAll(key, '[key]');
}
