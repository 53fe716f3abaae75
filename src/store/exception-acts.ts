// What people did about exceptions and said of them: kept with the exception, and never changed.
import type { ClientBase } from 'pg';
import type { ExceptionKind, OwnerRole } from '../model/exception.ts';
import type { Instant } from '../model/time.ts';
import type { Queryable } from './database.ts';
import { utc, withoutNulls } from './reading.ts';

export const EXCEPTION_ACTS = [
  'assigned',
  'commented',
  'waived',
  'linked',
  'mended',
  'approved',
  'refused',
  'replayed',
  'released',
] as const;
export type ExceptionAct = (typeof EXCEPTION_ACTS)[number];

export type NewAct = {
  readonly act: ExceptionAct;
  /** As in the audit trail. */
  readonly actor: string;
  /** The comment, or the reason. */
  readonly says?: string;
  /** Plain JSON: the assignee, the shipment, the message. */
  readonly detail?: Readonly<Record<string, unknown>>;
};

const VALUES = `to_timestamp($2::float8 / 1000), $3::text, $4::text, $5::text, $6::jsonb`;
const valuesOf = (tenant: string, { actor, act, says, detail }: NewAct, now: Instant) => [
  tenant,
  now,
  actor,
  act,
  says,
  detail === undefined ? null : JSON.stringify(detail),
];

export async function appendActs(
  client: ClientBase,
  tenant: string,
  ids: readonly string[],
  act: NewAct,
  now: Instant,
): Promise<void> {
  await client.query(
    `insert into lading.exception_act (tenant, exception_id, at, actor, act, says, detail)
     select $1, id, ${VALUES} from unnest($7::bigint[]) as id`,
    [...valuesOf(tenant, act, now), ids],
  );
}

/** Of the last exception of this kind and subject. */
export async function appendActAbout(
  client: ClientBase,
  tenant: string,
  { kind, subject }: { readonly kind: ExceptionKind; readonly subject: string },
  act: NewAct,
  now: Instant,
): Promise<void> {
  await client.query(
    `insert into lading.exception_act (tenant, exception_id, at, actor, act, says, detail)
     select $1, id, ${VALUES} from (
       select id from lading.exception where tenant = $1 and kind = $7 and subject = $8 order by id desc limit 1) as last`,
    [...valuesOf(tenant, act, now), kind, subject],
  );
}

/** Of what is open of these messages. */
export async function appendActsOfMessages(
  client: ClientBase,
  tenant: string,
  messageIds: readonly string[],
  act: NewAct,
  now: Instant,
): Promise<void> {
  await client.query(
    `insert into lading.exception_act (tenant, exception_id, at, actor, act, says, detail)
     select $1, id, ${VALUES} from lading.exception
      where tenant = $1 and message_id = any($7::bigint[]) and closed_at is null`,
    [...valuesOf(tenant, act, now), messageIds],
  );
}

export type KeptAct = NewAct & { readonly at: string };

const MOST_SHOWN = 1_000;

/** In the order they were done. */
export async function actsOf(db: Queryable, tenant: string, id: string): Promise<KeptAct[]> {
  const { rows } = await db.query(
    `select ${utc('at')} as at, actor, act, says, detail from lading.exception_act
      where tenant = $1 and exception_id = $2::bigint order by exception_act.id limit $3`,
    [tenant, id, MOST_SHOWN],
  );
  return rows.map(withoutNulls<KeptAct>);
}

export type HeldException = {
  readonly id: string;
  readonly kind: ExceptionKind;
  readonly subject: string;
  readonly owner: OwnerRole;
  readonly isOpen: boolean;
  readonly messageId: string | null;
};

/** Those that there are, held until the transaction ends; in the order in which stations open and close them. */
export async function holdExceptions(
  client: ClientBase,
  tenant: string,
  ids: readonly string[],
): Promise<HeldException[]> {
  const { rows } = await client.query<HeldException>(
    `select id::text, kind, subject, owner, closed_at is null as "isOpen", message_id::text as "messageId"
       from lading.exception where tenant = $1 and id = any($2::bigint[])
      order by (kind || ' ' || subject) collate "C", exception.id for update`,
    [tenant, ids],
  );
  return rows;
}

/** `undefined`: nobody has it. */
export async function assignExceptions(
  client: ClientBase,
  tenant: string,
  ids: readonly string[],
  assignee: string | undefined,
): Promise<void> {
  await client.query('update lading.exception set assignee = $3 where tenant = $1 and id = any($2::bigint[])', [
    tenant,
    ids,
    assignee,
  ]);
}

/** Closes these by a person's word. */
export async function waiveExceptions(
  client: ClientBase,
  tenant: string,
  ids: readonly string[],
  now: Instant,
): Promise<void> {
  await client.query(
    `update lading.exception set closed_at = to_timestamp($3::float8 / 1000), waives = true
      where tenant = $1 and id = any($2::bigint[]) and closed_at is null`,
    [tenant, ids, now],
  );
}
