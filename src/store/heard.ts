// When each partner was last heard. Rows follow behind the messages by a mark, so that intake pays nothing for them.
//
// Ids are given before messages are committed, so a low id may be seen after a higher one: each look begins some ids
// before the mark. Looking twice at a message changes nothing.
import type { Instant } from '../model/time.ts';
import type { Queryable } from './database.ts';

const OVERLAP_IDS = 5_000;
const AT_ONCE = 20_000;

const TAIL = `select max(id) over () as top, coalesce(sender, partner) as partner, received_at
    from (select id, sender, partner, received_at from lading.message
           where tenant = $1
             and id > coalesce((select message_id from lading.heard_mark where tenant = $1), 0) - ${OVERLAP_IDS}
           order by id limit ${AT_ONCE}) as looked`;

/** Takes in what came since. True: there is more to look at. */
export async function followMessages(db: Queryable, tenant: string): Promise<boolean> {
  const { rows } = await db.query<{ looked: number }>(
    `with tail as (${TAIL}),
     heard as (
       insert into lading.partner_heard as known (tenant, partner, last_at)
       select $1, partner, max(received_at) from tail group by partner order by partner
       on conflict (tenant, partner) do update set last_at = greatest(known.last_at, excluded.last_at)),
     marked as (
       insert into lading.heard_mark as known (tenant, message_id) select $1, max(top) from tail having count(*) > 0
       on conflict (tenant) do update set message_id = greatest(known.message_id, excluded.message_id))
     select count(*)::int as looked from tail`,
    [tenant],
  );
  return (rows[0]?.looked ?? 0) === AT_ONCE;
}

export type Heard = { readonly partner: string; readonly lastAt?: Instant; readonly knownSince: Instant };

/** Of these partners, as far as messages were followed. `knownSince`: when its profile was first imported. */
export async function heardOf(db: Queryable, tenant: string, partners: readonly string[]): Promise<Heard[]> {
  if (partners.length === 0) return [];
  const { rows } = await db.query<{ partner: string; lastAt: Instant | null; knownSince: Instant }>(
    `select r.id as partner, h.last_at as "lastAt", r.imported_at as "knownSince"
       from lading.rule_version r left join lading.partner_heard h on h.tenant = r.tenant and h.partner = r.id
      where r.tenant = $1 and r.kind = 'partner' and r.version = 1 and r.id = any($2::text[]) order by r.id`,
    [tenant, partners],
  );
  return rows.map(({ partner, lastAt, knownSince }) => ({
    ...{ partner, knownSince },
    ...(lastAt === null ? {} : { lastAt }),
  }));
}
