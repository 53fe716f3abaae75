// Which number names which shipment.
import type { ClientBase } from 'pg';
import type { Instant } from '../model/time.ts';
import { floatColumn, textColumn } from './column.ts';

export type Name = { readonly type: string; readonly value: string };

/** One number that finds a shipment. */
export type ReferenceRow = Name & {
  readonly shipment: string;
  /** When the message that taught it was reported; undefined for what the plan itself gave. */
  readonly taughtAt?: Instant;
};

// A number that many shipments carry finds none of them, so a few rows tell; the last lesson is always among them. Only
// an order is meant for all that name it.
const FIND = `
  select wanted.type, wanted.value, r.shipment, r.taught_at as "taughtAt"
    from unnest($2::text[], $3::text[]) as wanted (type, value)
    join lateral (
      select shipment, taught_at from lading.reference
       where tenant = $1 and value = wanted.value and type = wanted.type
       order by taught_at desc nulls last, shipment desc
       limit case wanted.type when 'order' then 10000 else 20 end) as r on true`;

/** Who carries these names, in no promised order. */
export async function findReferences(
  client: ClientBase,
  tenant: string,
  names: readonly Name[],
): Promise<ReferenceRow[]> {
  if (names.length === 0) return [];
  const { rows } = await client.query<Name & { shipment: string; taughtAt: Instant | null }>({
    name: 'find-references',
    text: FIND,
    values: [tenant, textColumn(names, ({ type }) => type), textColumn(names, ({ value }) => value)],
  });
  return rows.map(({ taughtAt, ...row }) => (taughtAt === null ? row : { ...row, taughtAt }));
}

/** Removes these. A look-up for each: see `removeCharges`. */
export async function removeReferences(
  client: ClientBase,
  tenant: string,
  rows: readonly ReferenceRow[],
): Promise<void> {
  if (rows.length === 0) return;
  await client.query(
    `delete from lading.reference where ctid = any(array(
       select found.ctid
         from unnest($2::text[], $3::text[], $4::text[]) as old (type, value, shipment)
        cross join lateral (
          select ctid from lading.reference r
           where r.tenant = $1 and r.value = old.value and r.type = old.type and r.shipment = old.shipment limit 1) as found))`,
    [tenant, rows.map(({ type }) => type), rows.map(({ value }) => value), rows.map(({ shipment }) => shipment)],
  );
}

/** Adds names, or corrects when they were taught. */
export async function putReferences(client: ClientBase, tenant: string, rows: readonly ReferenceRow[]): Promise<void> {
  if (rows.length === 0) return;
  await client.query({
    name: 'put-references',
    text: `
      insert into lading.reference (tenant, type, value, shipment, taught_at)
      select $1, type, value, shipment, to_timestamp(taught_ms / 1000)
        from unnest($2::text[], $3::text[], $4::text[], $5::float8[]) as new (type, value, shipment, taught_ms)
      on conflict (tenant, value, type, shipment) do update set taught_at = excluded.taught_at`,
    values: [
      tenant,
      textColumn(rows, ({ type }) => type),
      textColumn(rows, ({ value }) => value),
      textColumn(rows, ({ shipment }) => shipment),
      floatColumn(rows, ({ taughtAt }) => taughtAt),
    ],
  });
}
