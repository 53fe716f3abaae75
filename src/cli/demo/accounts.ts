// Somebody of every role who can sign in to the demo. The password is made at the first start and kept beside the demo, so
// that each start can print it.
import { randomBytes } from 'node:crypto';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addUser, changePassword, usersOf, type WantedUser } from '../../access/accounts.ts';
import type { Store } from '../../store/database.ts';

const PEOPLE: readonly WantedUser[] = [
  { name: 'admin', displayName: 'Robin Weber', role: 'admin' },
  { name: 'integration', displayName: 'Ines Okafor', role: 'integration' },
  { name: 'operations', displayName: 'Omar Lindqvist', role: 'operations' },
  { name: 'finance', displayName: 'Fatima Novak', role: 'finance' },
  { name: 'service', displayName: 'Sam Pereira', role: 'customer-service' },
  { name: 'auditor', displayName: 'Aiko Brandt', role: 'auditor' },
  { name: 'prairie', displayName: 'Prairie Motor Lines', role: 'partner', partner: 'prairie' },
  { name: 'hawthorn', displayName: 'Hawthorn Hardware', role: 'customer', partner: 'hawthorn' },
];

export type DemoAccounts = { readonly password: string; readonly people: readonly WantedUser[] };

/** Makes those that are missing; their password is that of the file. */
export async function ensureDemoAccounts(store: Store, demoDir: string, now: number): Promise<DemoAccounts> {
  const file = join(demoDir, 'password');
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  const password = kept?.trim() ?? randomBytes(9).toString('base64url');
  if (kept === undefined) {
    await writeFile(file, `${password}\n`, { mode: 0o600 });
    await chmod(file, 0o600); // the mode above counts only for a new file
  }
  const there = new Set((await usersOf(store)).map(({ name }) => name));
  for (const person of PEOPLE) {
    if (!there.has(person.name)) await addUser(store, person, password, 'demo', now);
    else if (kept === undefined) await changePassword(store, person.name, password, 'demo', now);
  }
  return { password, people: PEOPLE };
}

/** For the end of the demo: who signs in with what. */
export function accountLines({ password, people }: DemoAccounts): string[] {
  const names = people.map(({ name, role }) => (name === role ? name : `${name} (${role})`));
  return [`Sign in as ${names.join(', ')}; the password of all is ${password}`];
}
