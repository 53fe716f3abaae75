// People: who there is, how they sign in, and what a session stands for.
//
// A session is a random token in a cookie; only its SHA-256 is kept. It ends twelve hours after signing in, two hours after
// it was last used, when its user signs out, gets another password or is disabled.
import { randomBytes } from 'node:crypto';
import type { ClientBase } from 'pg';
import { HOUR_MS, type Instant, MINUTE_MS } from '../model/time.ts';
import { recordAct } from '../store/audit-trail.ts';
import type { Store } from '../store/database.ts';
import {
  changeUser,
  countFailure,
  disableUser,
  findSession,
  findUser,
  forgetFailures,
  insertSession,
  insertUser,
  listUsers,
  removeSession,
  removeSessions,
  setPassword,
  touchSession,
  type UserRow,
} from '../store/users.ts';
import { hashSecret, type Principal, secretFits } from './key.ts';
import { hashPassword, passwordFits } from './password.ts';
import { isBound, isRole, type Role } from './roles.ts';

export type WantedUser = {
  /** What one signs in with: letters, digits and `._@-`. */
  readonly name: string;
  readonly displayName: string;
  readonly role: Role;
  /** Needed for `partner` and `customer`, and for no other role. */
  readonly partner?: string;
};

const USER_NAME = /^[a-z0-9][a-z0-9._@-]{0,99}$/;
const SESSION_MS = 12 * HOUR_MS;
const IDLE_MS = 2 * HOUR_MS;
const WRONG_AT_MOST = 5;
const LOCK_MS = 15 * MINUTE_MS;
const TOKEN = /^([0-9a-f]{16})\.([A-Za-z0-9_-]{43})$/;

/** What is wrong with a wish for a user, in one sentence; `undefined` when there can be one. */
export function userFault({ name, role, partner }: WantedUser): string | undefined {
  if (!USER_NAME.test(name)) return 'a user name has up to 100 lower-case letters, digits, dots, dashes, _ and @';
  if (isBound(role) && partner === undefined) return `role ${role} needs the partner that the user belongs to`;
  if (!isBound(role) && partner !== undefined) return `role ${role} belongs to no partner: leave it out`;
  return undefined;
}

/** False when the name is taken. `wanted` has no `userFault`, the password no `passwordFault`. */
export async function addUser(store: Store, wanted: WantedUser, password: string, actor: string, now: Instant) {
  const { name, role, partner } = wanted;
  const row = { ...wanted, password: await hashPassword(password), createdAt: now };
  return store.transaction(async (client) => {
    if (!(await insertUser(client, store.tenant, row))) return false;
    const detail = { role, ...(partner === undefined ? {} : { partner }) };
    await recordAct(client, store.tenant, { actor, action: 'user.add', subject: name, detail }, now);
    return true;
  });
}

/** Ends the user's sessions, too. False when there is no such user. */
export async function changePassword(store: Store, name: string, password: string, actor: string, now: Instant) {
  const hash = await hashPassword(password);
  return store.transaction(async (client) => {
    if (!(await setPassword(client, store.tenant, name, hash))) return false;
    await removeSessions(client, store.tenant, { name });
    await recordAct(client, store.tenant, { actor, action: 'user.password', subject: name }, now);
    return true;
  });
}

/** Disabled and not deleted: the trail of what the user did keeps its name. False when there is nobody to disable. */
export async function removeUser(store: Store, name: string, actor: string, now: Instant): Promise<boolean> {
  return store.transaction(async (client) => {
    if (!(await disableUser(client, store.tenant, name, now))) return false;
    await removeSessions(client, store.tenant, { name });
    await recordAct(client, store.tenant, { actor, action: 'user.disable', subject: name }, now);
    return true;
  });
}

export function usersOf(store: Store): Promise<UserRow[]> {
  return listUsers(store, store.tenant);
}

export type SignedIn = { readonly kind: 'signed-in'; readonly token: string; readonly expiresAt: Instant };
/** Of a name that is unknown, disabled or has another password, no more is said. */
export type SignInRefused = { readonly kind: 'refused' } | { readonly kind: 'locked'; readonly until: Instant };

export async function signIn(
  store: Store,
  { name, password }: { name: string; password: string },
  now: Instant,
): Promise<SignedIn | SignInRefused> {
  const { tenant } = store;
  const user = await findUser(store, tenant, name);
  if (user?.lockedUntil !== undefined && user.lockedUntil > now) return { kind: 'locked', until: user.lockedUntil };
  const fits = await passwordFits(password, user?.password);
  if (!fits || user === undefined || user.disabledAt !== undefined) {
    if (user !== undefined) await countFailure(store, tenant, name, WRONG_AT_MOST, now + LOCK_MS);
    return { kind: 'refused' };
  }
  return store.transaction(async (client) => {
    await forgetFailures(client, tenant, name);
    return beginSession(client, tenant, name, now);
  });
}

async function beginSession(client: ClientBase, tenant: string, name: string, now: Instant): Promise<SignedIn> {
  const id = randomBytes(8).toString('hex');
  const secret = randomBytes(32).toString('base64url');
  const expiresAt = now + SESSION_MS;
  await removeSessions(client, tenant, { endedBy: now });
  const session = { id, hash: hashSecret(secret), name, createdAt: now, lastSeenAt: now, expiresAt };
  await insertSession(client, tenant, session);
  await recordAct(client, tenant, { actor: `user ${name}`, action: 'session.begin', subject: id }, now);
  return { kind: 'signed-in', token: `${id}.${secret}`, expiresAt };
}

/** `taken`: somebody of that name signs in with a password here, and is not to be taken over. */
export type SignedInElsewhere = SignedIn | { readonly kind: 'taken' } | { readonly kind: 'refused' };

/** Signs in whom a provider vouches for. Role and partner are as the provider says, each time anew. */
export async function signInFromElsewhere(store: Store, wanted: WantedUser, now: Instant): Promise<SignedInElsewhere> {
  const { tenant } = store;
  const { name, role, partner } = wanted;
  if (userFault(wanted) !== undefined) return { kind: 'refused' };
  return store.transaction(async (client) => {
    const isNew = await insertUser(client, tenant, { ...wanted, createdAt: now });
    const user = await findUser(client, tenant, name);
    if (user === undefined || user.disabledAt !== undefined) return { kind: 'refused' };
    if (user.password !== undefined) return { kind: 'taken' };
    const isOther = user.role !== role || user.partner !== partner || user.displayName !== wanted.displayName;
    if (isOther) await changeUser(client, tenant, wanted);
    if (isNew || isOther) {
      const detail = { role, ...(partner === undefined ? {} : { partner }) };
      const act = { actor: 'sign-in provider', action: isNew ? 'user.add' : 'user.change', subject: name, detail };
      await recordAct(client, tenant, act, now);
    }
    return beginSession(client, tenant, name, now);
  });
}

/** Whom a session's token stands for; `undefined` when it is unknown, wrong or over. */
export async function principalOfSession(store: Store, token: string, now: Instant): Promise<Principal | undefined> {
  const [, id, secret] = TOKEN.exec(token) ?? [];
  if (id === undefined || secret === undefined) return undefined;
  const session = await findSession(store, store.tenant, id);
  if (!secretFits(secret, session?.hash) || session === undefined) return undefined;
  const isOver = session.expiresAt <= now || session.lastSeenAt + IDLE_MS <= now || session.disabledAt !== undefined;
  if (isOver || !isRole(session.role)) return undefined;
  if (session.lastSeenAt < now - MINUTE_MS) await touchSession(store, store.tenant, id, now);
  const { name, displayName, role, partner } = session;
  return { keyId: id, name: displayName, role, partner, user: name };
}

export async function signOut(store: Store, sessionId: string): Promise<void> {
  await removeSession(store, store.tenant, sessionId);
}
