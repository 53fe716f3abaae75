// Exceptions and effects as people and the API see them.

import type { Queryable } from './database.ts';
import { type PageRequest, utc, withoutNulls } from './reading.ts';

export type ExceptionView = {
  readonly id: string;
  readonly kind: string;
  readonly subject: string;
  readonly detail: string;
  readonly owner: string;
  readonly state: 'open' | 'closed';
  readonly shipment?: string;
  readonly message?: string;
  readonly openedAt: string;
  readonly dueAt: string;
  readonly closedAt?: string;
};
export type ExceptionFilter = {
  readonly kind?: string;
  readonly subject?: string;
  readonly owner?: string;
  readonly state?: 'open' | 'closed';
  readonly shipment?: string;
  readonly message?: string;
};

const COLUMNS = `x.id::text, x.kind, x.subject, x.detail, x.owner, x.shipment, x.message_id::text as message,
  case when x.closed_at is null then 'open' else 'closed' end as state, ${utc('x.opened_at')} as "openedAt",
  ${utc('x.due_at')} as "dueAt", ${utc('x.closed_at')} as "closedAt"`;

/** The newest first. */
export async function listExceptions(
  db: Queryable,
  tenant: string,
  filter: ExceptionFilter,
  { limit, after }: PageRequest,
): Promise<ExceptionView[]> {
  const { rows } = await db.query(
    `select ${COLUMNS} from lading.exception x
      where x.tenant = $1 and ($2::bigint is null or x.id < $2) and ($3::text is null or x.kind = $3)
        and ($4::text is null or x.subject = $4) and ($5::text is null or x.owner = $5)
        and ($6::text is null or (x.closed_at is null) = ($6 = 'open'))
        and ($7::text is null or x.shipment = $7) and ($8::bigint is null or x.message_id = $8)
      order by x.id desc limit $9`,
    [
      tenant,
      after?.[0],
      filter.kind,
      filter.subject,
      filter.owner,
      filter.state,
      filter.shipment,
      filter.message,
      limit + 1,
    ],
  );
  return rows.map(withoutNulls<ExceptionView>);
}

export async function findException(db: Queryable, tenant: string, id: string): Promise<ExceptionView | undefined> {
  const { rows } = await db.query(
    `select ${COLUMNS} from lading.exception x where x.tenant = $1 and x.id = $2::bigint`,
    [tenant, id],
  );
  return rows[0] === undefined ? undefined : withoutNulls(rows[0]);
}
