// Views that people keep of lists, each their own.
import type { Queryable } from './database.ts';
import { utc } from './reading.ts';

export type SavedView = {
  readonly list: string;
  readonly name: string;
  readonly query: Readonly<Record<string, string>>;
  readonly changedAt: string;
};

export const MOST_VIEWS = 100;

/** By list and name. */
export async function viewsOf(db: Queryable, tenant: string, owner: string, list?: string): Promise<SavedView[]> {
  const { rows } = await db.query<SavedView>(
    `select list, name, query, ${utc('changed_at')} as "changedAt" from lading.saved_view
      where tenant = $1 and owner = $2 and ($3::text is null or list = $3)
      order by list, lower(name), name limit ${MOST_VIEWS * 10}`,
    [tenant, owner, list],
  );
  return rows;
}

/** Keeps it under its name, instead of what had that name before. `false`: there are as many as one may have. */
export async function putView(
  db: Queryable,
  tenant: string,
  owner: string,
  view: Omit<SavedView, 'changedAt'>,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `insert into lading.saved_view (tenant, owner, list, name, query, changed_at)
     select $1, $2, $3, $4, $5, now()
      where (select count(*) from lading.saved_view
              where tenant = $1 and owner = $2 and list = $3 and name <> $4) < ${MOST_VIEWS}
     on conflict (tenant, owner, list, name) do update set query = excluded.query, changed_at = excluded.changed_at`,
    [tenant, owner, view.list, view.name, JSON.stringify(view.query)],
  );
  return rowCount === 1;
}

/** `false`: there is none of that name. */
export async function removeView(
  db: Queryable,
  tenant: string,
  owner: string,
  { list, name }: Pick<SavedView, 'list' | 'name'>,
): Promise<boolean> {
  const { rowCount } = await db.query(
    'delete from lading.saved_view where tenant = $1 and owner = $2 and list = $3 and name = $4',
    [tenant, owner, list, name],
  );
  return rowCount === 1;
}
