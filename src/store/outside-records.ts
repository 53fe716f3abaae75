// What was told last of each record of an outside system, so that a record read again says nothing new, and one that is
// missing can be told of as gone.
import type { Instant } from '../model/time.ts';
import type { Queryable } from './database.ts';

export type ToldRecord = {
  readonly id: number;
  readonly version: number;
  readonly digest: Buffer;
  readonly isGone: boolean;
};

/** Of these ids, those that were told of before. */
export async function toldRecords(
  client: Queryable,
  tenant: string,
  system: string,
  model: string,
  ids: readonly number[],
): Promise<Map<number, ToldRecord>> {
  if (ids.length === 0) return new Map();
  const { rows } = await client.query<ToldRecord>({
    name: 'told-records',
    text: `select id::float8 as id, version, digest, gone_at is not null as "isGone" from lading.outside_record
      where tenant = $1 and system = $2 and model = $3 and id = any($4::bigint[])`,
    values: [tenant, system, model, ids],
  });
  return new Map(rows.map((row) => [row.id, row]));
}

export type Telling = {
  readonly id: number;
  readonly version: number;
  readonly digest: Buffer;
  readonly identity: string;
};

/** What was told of them just now. */
export async function keepTold(
  client: Queryable,
  tenant: string,
  { system, model }: { readonly system: string; readonly model: string },
  told: readonly Telling[],
): Promise<void> {
  if (told.length === 0) return;
  await client.query({
    name: 'keep-told',
    text: `insert into lading.outside_record as known (tenant, system, model, id, version, digest, identity)
     select $1, $2, $3, id, version, decode(digest, 'hex'), identity
       from unnest($4::bigint[], $5::int[], $6::text[], $7::text[]) as new (id, version, digest, identity)
     on conflict (tenant, system, model, id) do update
        set version = excluded.version, digest = excluded.digest, identity = excluded.identity, gone_at = null
      where known.version < excluded.version`,
    values: [
      tenant,
      system,
      model,
      told.map(({ id }) => id),
      told.map(({ version }) => version),
      told.map(({ digest }) => digest.toString('hex')),
      told.map(({ identity }) => identity),
    ],
  });
}

export type KnownRecord = { readonly id: number; readonly version: number; readonly identity: string };

/** Records told of and not gone, with ids after `afterId`, and up to `upTo` where it is given; by id. */
export async function knownRecords(
  client: Queryable,
  tenant: string,
  { system, model }: { readonly system: string; readonly model: string },
  { afterId, upTo, limit }: { readonly afterId: number; readonly upTo?: number; readonly limit: number },
): Promise<KnownRecord[]> {
  const { rows } = await client.query<KnownRecord>(
    `select id::float8 as id, version, identity from lading.outside_record
      where tenant = $1 and system = $2 and model = $3 and id > $4 and ($5::bigint is null or id <= $5) and gone_at is null
      order by id limit $6`,
    [tenant, system, model, afterId, upTo, limit],
  );
  return rows;
}

export async function markGone(
  client: Queryable,
  tenant: string,
  { system, model, ids, at }: { system: string; model: string; ids: readonly number[]; at: Instant },
): Promise<void> {
  await client.query(
    `update lading.outside_record
        set gone_at = to_timestamp($5::float8 / 1000), version = version + 1, digest = ''
      where tenant = $1 and system = $2 and model = $3 and id = any($4::bigint[])`,
    [tenant, system, model, ids, at],
  );
}
