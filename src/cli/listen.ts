// Opens the hub's HTTP door at the address the environment names, and says in words why it cannot.
import { type OidcDoor, oidcSettingsFrom, openOidc } from '../access/oidc.ts';
import type { ApiApp } from '../api/app.ts';
import type { ApiHub } from '../api/hub.ts';
import { openServer } from '../api/server.ts';
import type { CommandContext } from './command.ts';
import { UserError } from './user-error.ts';

/** Listens on LADING_HOST (this machine only when unset) and `port`. Throws `UserError` when that cannot be had. */
export async function listen(hub: ApiHub, env: CommandContext['env'], port: number): Promise<ApiApp> {
  const elsewhere = elsewhereFrom(env);
  const api = await openServer(hub, elsewhere === undefined ? {} : { elsewhere });
  const host = env.LADING_HOST || '127.0.0.1';
  try {
    await api.listen({ port, host });
    return api;
  } catch (error) {
    await api.close();
    throw listenProblem(error as NodeJS.ErrnoException, host, port);
  }
}

/** The sign-in provider that `OIDC_…` names. Throws `UserError` where it is named in part. */
function elsewhereFrom(env: CommandContext['env']): { name: string; door: OidcDoor } | undefined {
  const settings = oidcSettingsFrom(env);
  if (settings === undefined) return undefined;
  if ('what' in settings) throw new UserError(settings);
  return { name: settings.name, door: openOidc(settings) };
}

function listenProblem(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const where = `${host}:${port}`;
  const choose = 'choose another by LADING_PORT, such as LADING_PORT=8081';
  if (error.code === 'EADDRINUSE') return new UserError({ what: 'the port is in use', where, mend: choose });
  if (error.code === 'EACCES') return new UserError({ what: 'the port is not ours to use', where, mend: choose });
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return new UserError({ what: 'no such address on this machine', where, mend: 'correct LADING_HOST, or unset it' });
  }
  return error;
}
