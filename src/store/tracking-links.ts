// Links to follow one shipment by. What opens one is never kept, only its hash.
import type { Instant } from '../model/time.ts';
import type { Queryable } from './database.ts';
import { utc } from './reading.ts';

export type TrackingLink = {
  readonly id: string;
  readonly shipment: string;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly expiresAt: string;
};

export const MOST_LINKS = 50;

/** Its id; `undefined`: the shipment has as many in force as it may have. */
export async function insertLink(
  db: Queryable,
  tenant: string,
  link: { shipment: string; hash: Uint8Array; by: string; now: Instant; expiresAt: Instant },
): Promise<string | undefined> {
  const { rows } = await db.query<{ id: string }>(
    `insert into lading.tracking_link (tenant, shipment, hash, created_at, created_by, expires_at)
     select $1, $2, $3, to_timestamp($4::float8 / 1000), $5, to_timestamp($6::float8 / 1000)
      where (select count(*) from lading.tracking_link
              where tenant = $1 and shipment = $2 and revoked_at is null
                and expires_at > to_timestamp($4::float8 / 1000)) < ${MOST_LINKS}
     returning id::text`,
    [tenant, link.shipment, link.hash, link.now, link.by, link.expiresAt],
  );
  return rows[0]?.id;
}

/** Those in force, the newest first. */
export async function linksOf(db: Queryable, tenant: string, shipment: string, now: Instant): Promise<TrackingLink[]> {
  const { rows } = await db.query<TrackingLink>(
    `select id::text, shipment, ${utc('created_at')} as "createdAt", created_by as "createdBy",
            ${utc('expires_at')} as "expiresAt"
       from lading.tracking_link
      where tenant = $1 and shipment = $2 and revoked_at is null and expires_at > to_timestamp($3::float8 / 1000)
      order by id desc limit ${MOST_LINKS}`,
    [tenant, shipment, now],
  );
  return rows;
}

/** `false`: none in force of that id. */
export async function revokeLink(
  db: Queryable,
  tenant: string,
  { shipment, id }: { shipment: string; id: string },
  now: Instant,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `update lading.tracking_link set revoked_at = to_timestamp($4::float8 / 1000)
      where tenant = $1 and shipment = $2 and id = $3 and revoked_at is null
        and expires_at > to_timestamp($4::float8 / 1000)`,
    [tenant, shipment, id, now],
  );
  return rowCount === 1;
}

/** Also one that has ended: `isOver` says so. */
export async function linkByHash(
  db: Queryable,
  tenant: string,
  hash: Uint8Array,
  now: Instant,
): Promise<{ shipment: string; expiresAt: string; isOver: boolean } | undefined> {
  const { rows } = await db.query<{ shipment: string; expiresAt: string; isOver: boolean }>(
    `select shipment, ${utc('expires_at')} as "expiresAt",
            revoked_at is not null or expires_at <= to_timestamp($3::float8 / 1000) as "isOver"
       from lading.tracking_link where tenant = $1 and hash = $2`,
    [tenant, hash, now],
  );
  return rows[0];
}
