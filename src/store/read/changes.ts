// Marks of what the pages show: where one differs from before, something of that topic is new.
import type { Queryable } from '../database.ts';

const TOPICS = {
  messages: ['message', 'inbox'],
  shipments: ['shipment'],
  invoices: ['invoice'],
  exceptions: ['exception'],
  effects: ['effect'],
  'carrier-invoices': ['carrier_invoice'],
  payments: ['payment'],
  disputes: ['customer_dispute', 'customer_dispute_comment'],
} as const;
export type Change = keyof typeof TOPICS;

/**
 * The server's own count of rows that came, changed and went, partitions with their parent: one look costs the same
 * however much is stored. It counts for all tenants together, so a mark may move for another's change; it is up to a
 * second behind.
 */
export async function changeMarks(db: Queryable): Promise<Record<Change, string>> {
  const { rows } = await db.query<{ name: string; changes: string }>({
    name: 'change-marks',
    text: `
      select top.relname as name, sum(n_tup_ins + n_tup_upd + n_tup_del)::text as changes
        from pg_stat_user_tables s
        left join pg_inherits part on part.inhrelid = s.relid
        join pg_class top on top.oid = coalesce(part.inhparent, s.relid)
       where s.schemaname = 'lading' group by top.relname`,
  });
  const changes = new Map(rows.map(({ name, changes }) => [name, changes]));
  const markOf = (tables: readonly string[]) => tables.map((table) => changes.get(table) ?? '0').join('/');
  return Object.fromEntries(Object.entries(TOPICS).map(([topic, tables]) => [topic, markOf(tables)])) as Record<
    Change,
    string
  >;
}
