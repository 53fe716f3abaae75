// The rows of people who sign in, and of their sessions. Neither a password nor a session's token is ever here.
import type { Instant } from '../model/time.ts';
import type { Queryable } from './database.ts';
import { withoutNulls } from './reading.ts';

export type UserRow = {
  readonly name: string;
  readonly displayName: string;
  readonly role: string;
  readonly partner?: string;
  readonly createdAt: Instant;
  readonly disabledAt?: Instant;
  readonly failures: number;
  readonly lockedUntil?: Instant;
};
export type NewUserRow = Pick<UserRow, 'name' | 'displayName' | 'role' | 'partner' | 'createdAt'> & {
  /** PHC text; none where one signs in elsewhere. */
  readonly password?: string;
};

const COLUMNS = `name, display_name as "displayName", role, partner, created_at as "createdAt",
  disabled_at as "disabledAt", failures, locked_until as "lockedUntil"`;

/** False when the name is taken. */
export async function insertUser(db: Queryable, tenant: string, user: NewUserRow): Promise<boolean> {
  const { name, displayName, role, partner, password, createdAt } = user;
  const { rowCount } = await db.query(
    `insert into lading.app_user (tenant, name, display_name, role, partner, password, created_at)
     values ($1, $2, $3, $4, $5, $6, to_timestamp($7::float8 / 1000)) on conflict do nothing`,
    [tenant, name, displayName, role, partner, password, createdAt],
  );
  return rowCount === 1;
}

/** Also one that is disabled or locked: the caller judges. */
export async function findUser(
  db: Queryable,
  tenant: string,
  name: string,
): Promise<(UserRow & { readonly password?: string }) | undefined> {
  const { rows } = await db.query(`select ${COLUMNS}, password from lading.app_user where tenant = $1 and name = $2`, [
    tenant,
    name,
  ]);
  return rows[0] === undefined ? undefined : withoutNulls(rows[0]);
}

/** By name. */
export async function listUsers(db: Queryable, tenant: string, limit = 1_000): Promise<UserRow[]> {
  const { rows } = await db.query(`select ${COLUMNS} from lading.app_user where tenant = $1 order by name limit $2`, [
    tenant,
    limit,
  ]);
  return rows.map(withoutNulls<UserRow>);
}

/** Name and rights of one who is there already. */
export async function changeUser(
  db: Queryable,
  tenant: string,
  { name, displayName, role, partner }: Pick<UserRow, 'name' | 'displayName' | 'role' | 'partner'>,
): Promise<void> {
  await db.query(
    'update lading.app_user set display_name = $3, role = $4, partner = $5 where tenant = $1 and name = $2',
    [tenant, name, displayName, role, partner],
  );
}

/** A new password ends a lock. False when there is no such user. */
export async function setPassword(db: Queryable, tenant: string, name: string, password: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `update lading.app_user set password = $3, failures = 0, locked_until = null where tenant = $1 and name = $2`,
    [tenant, name, password],
  );
  return rowCount === 1;
}

/** False when there was no such user who may sign in. */
export async function disableUser(db: Queryable, tenant: string, name: string, at: Instant): Promise<boolean> {
  const { rowCount } = await db.query(
    `update lading.app_user set disabled_at = to_timestamp($3::float8 / 1000)
      where tenant = $1 and name = $2 and disabled_at is null`,
    [tenant, name, at],
  );
  return rowCount === 1;
}

/** Counts a wrong password; from the `most`-th on the user is locked until the instant given. */
export async function countFailure(db: Queryable, tenant: string, name: string, most: number, until: Instant) {
  await db.query(
    `update lading.app_user
        set failures = failures + 1,
            locked_until = case when failures + 1 >= $3 then to_timestamp($4::float8 / 1000) else locked_until end
      where tenant = $1 and name = $2`,
    [tenant, name, most, until],
  );
}

export async function forgetFailures(db: Queryable, tenant: string, name: string): Promise<void> {
  await db.query(
    `update lading.app_user set failures = 0, locked_until = null
      where tenant = $1 and name = $2 and (failures > 0 or locked_until is not null)`,
    [tenant, name],
  );
}

export type SessionRow = {
  readonly id: string;
  readonly hash: Uint8Array;
  readonly name: string;
  readonly createdAt: Instant;
  readonly lastSeenAt: Instant;
  readonly expiresAt: Instant;
};

export async function insertSession(db: Queryable, tenant: string, session: SessionRow): Promise<void> {
  const { id, hash, name, createdAt, lastSeenAt, expiresAt } = session;
  await db.query(
    `insert into lading.user_session (tenant, id, hash, name, created_at, last_seen_at, expires_at)
     values ($1, $2, $3, $4, to_timestamp($5::float8 / 1000), to_timestamp($6::float8 / 1000),
             to_timestamp($7::float8 / 1000))`,
    [tenant, id, hash, name, createdAt, lastSeenAt, expiresAt],
  );
}

export type KnownSession = SessionRow & Pick<UserRow, 'displayName' | 'role' | 'partner' | 'disabledAt'>;

export async function findSession(db: Queryable, tenant: string, id: string): Promise<KnownSession | undefined> {
  const { rows } = await db.query(
    `select s.id, s.hash, s.name, s.created_at as "createdAt", s.last_seen_at as "lastSeenAt",
            s.expires_at as "expiresAt", u.display_name as "displayName", u.role, u.partner, u.disabled_at as "disabledAt"
       from lading.user_session s join lading.app_user u using (tenant, name)
      where s.tenant = $1 and s.id = $2`,
    [tenant, id],
  );
  return rows[0] === undefined ? undefined : withoutNulls(rows[0]);
}

export async function touchSession(db: Queryable, tenant: string, id: string, at: Instant): Promise<void> {
  await db.query(
    'update lading.user_session set last_seen_at = to_timestamp($3::float8 / 1000) where tenant = $1 and id = $2',
    [tenant, id, at],
  );
}

export async function removeSession(db: Queryable, tenant: string, id: string): Promise<void> {
  await db.query('delete from lading.user_session where tenant = $1 and id = $2', [tenant, id]);
}

/** All of one user, or those that ended by `now` of anybody. */
export async function removeSessions(db: Queryable, tenant: string, of: { name: string } | { endedBy: Instant }) {
  const byName = 'name' in of;
  await db.query(
    `delete from lading.user_session
      where tenant = $1 and ${byName ? 'name = $2' : 'expires_at <= to_timestamp($2::float8 / 1000)'}`,
    [tenant, byName ? of.name : of.endedBy],
  );
}
