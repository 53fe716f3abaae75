// Somebody who may make products and automations, for the length of one act. Their password or key is not kept.
import type { ConnectorDeps } from '../../contract.ts';
import { openConnection } from '../doors/connection.ts';
import type { Door } from '../doors/door.ts';
import { openWire } from '../doors/wire.ts';
import type { OdooSettings } from '../settings.ts';
import { openWebSession } from './web-session.ts';

export type Administrator = { readonly login: string } & ({ readonly password: string } | { readonly key: string });

/** Runs `act` as this person. Throws `OdooError`. */
export async function asAdministrator<Result>(
  settings: OdooSettings,
  deps: ConnectorDeps,
  person: Administrator,
  act: (call: Door) => Promise<Result>,
): Promise<Result> {
  if ('key' in person) {
    const theirs = { ...settings, user: person.login, key: person.key, keyFile: undefined };
    const connection = openConnection(theirs, deps);
    return act(connection.call).finally(connection.close);
  }
  const wire = openWire(settings, deps);
  try {
    const { login, password } = person;
    return await act(await openWebSession(wire, { database: settings.database, login, password }));
  } finally {
    await wire.close();
  }
}
