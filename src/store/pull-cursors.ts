// How far each watch of an outside system has come. A worker leases the cursor it reads by; a lease that ran out belongs
// to a worker that is gone, and its pass goes on where the last page was written down.
import type { Instant } from '../model/time.ts';
import type { Queryable } from './database.ts';

export type PullCursor = {
  readonly watch: string;
  readonly since?: string;
  readonly mark?: string;
  readonly inPass: boolean;
  readonly afterId: number;
  readonly readCount: number;
  readonly total?: number;
  readonly loadedAt?: Instant;
  readonly hinted: boolean;
  readonly failures: number;
};

/** Makes cursors for watches that have none; they are due at once. */
export async function ensureCursors(
  client: Queryable,
  tenant: string,
  system: string,
  watches: readonly string[],
  now: Instant,
): Promise<void> {
  await client.query(
    `insert into lading.pull_cursor (tenant, system, watch, next_at)
     select $1, $2, watch, to_timestamp($4::float8 / 1000) from unnest($3::text[]) as given (watch)
     on conflict do nothing`,
    [tenant, system, watches, now],
  );
}

/** Takes the cursor that is due longest; `undefined`: none is due, or others are at them. */
export async function leaseCursor(
  client: Queryable,
  tenant: string,
  system: string,
  now: Instant,
  until: Instant,
): Promise<PullCursor | undefined> {
  const { rows } = await client.query<Record<string, unknown>>({
    name: 'lease-pull-cursor',
    text: `update lading.pull_cursor c set leased_until = to_timestamp($4::float8 / 1000)
      where (c.tenant, c.system, c.watch) = (
        select tenant, system, watch from lading.pull_cursor
         where tenant = $1 and system = $2 and next_at <= to_timestamp($3::float8 / 1000)
           and (leased_until is null or leased_until <= to_timestamp($3::float8 / 1000))
         order by next_at, watch limit 1 for update skip locked)
    returning c.watch, c.since, c.mark, c.in_pass as "inPass", c.after_id::float8 as "afterId",
              c.read_count::float8 as "readCount", c.total::float8 as total, c.loaded_at as "loadedAt",
              c.hinted, c.failures`,
    values: [tenant, system, now, until],
  });
  const [row] = rows;
  if (row === undefined) return undefined;
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as PullCursor;
}

export async function extendPullLease(
  client: Queryable,
  tenant: string,
  system: string,
  watch: string,
  until: Instant,
) {
  await client.query(
    `update lading.pull_cursor set leased_until = to_timestamp($4::float8 / 1000)
      where tenant = $1 and system = $2 and watch = $3 and leased_until is not null`,
    [tenant, system, watch, until],
  );
}

export type CursorChange = Omit<PullCursor, 'watch' | 'hinted'> & {
  /** Given: the pass is over, or failed, and the lease is given back. */
  readonly nextAt?: Instant;
  readonly lastError?: string;
  /** The hint that was there at the beginning of the pass has been followed. */
  readonly followedHint?: boolean;
};

export async function writeCursor(
  client: Queryable,
  tenant: string,
  { system, watch, now }: { readonly system: string; readonly watch: string; readonly now: Instant },
  change: CursorChange,
): Promise<void> {
  await client.query({
    name: 'write-pull-cursor',
    text: `update lading.pull_cursor
        set since = $4, mark = $5, in_pass = $6, after_id = $7, read_count = $8, total = $9,
            loaded_at = to_timestamp($10::float8 / 1000), failures = $11, last_error = $12,
            last_read_at = case when $12::text is null then to_timestamp($13::float8 / 1000) else last_read_at end,
            -- A hint that came meanwhile stays due.
            next_at = case when $14::float8 is null then next_at
                           when hinted and not $15 then least(next_at, to_timestamp($14::float8 / 1000))
                           else to_timestamp($14::float8 / 1000) end,
            leased_until = case when $14::float8 is null then leased_until end,
            hinted = hinted and not $15
      where tenant = $1 and system = $2 and watch = $3`,
    values: [
      tenant,
      system,
      watch,
      change.since,
      change.mark,
      change.inPass,
      change.afterId,
      change.readCount,
      change.total,
      change.loadedAt,
      change.failures,
      change.lastError,
      now,
      change.nextAt,
      change.followedHint ?? false,
    ],
  });
}

/** Has these watches looked at from `at` on, if not earlier. Returns how many there are. */
export async function hintCursors(
  client: Queryable,
  tenant: string,
  system: string,
  watches: readonly string[],
  at: Instant,
): Promise<number> {
  const { rowCount } = await client.query(
    `update lading.pull_cursor set hinted = true, next_at = least(next_at, to_timestamp($4::float8 / 1000))
      where tenant = $1 and system = $2 and watch = any($3)`,
    [tenant, system, watches, at],
  );
  return rowCount ?? 0;
}

/** When a cursor is due next; `undefined`: there is none yet. */
export async function nextPullAt(client: Queryable, tenant: string, system: string): Promise<Instant | undefined> {
  const { rows } = await client.query<{ at: Instant | null }>({
    name: 'next-pull-at',
    text: `select min(greatest(next_at, leased_until)) as at from lading.pull_cursor where tenant = $1 and system = $2`,
    values: [tenant, system],
  });
  return rows[0]?.at ?? undefined;
}

export type PullProgress = {
  readonly watch: string;
  readonly readCount: number;
  readonly total: number | null;
  readonly loadedAt: Instant | null;
  readonly lastReadAt: Instant | null;
  readonly nextAt: Instant;
  readonly failures: number;
  readonly lastError: string | null;
};

export async function pullProgress(client: Queryable, tenant: string, system: string): Promise<PullProgress[]> {
  const { rows } = await client.query<PullProgress>(
    `select watch, read_count::float8 as "readCount", total::float8 as total, loaded_at as "loadedAt",
            last_read_at as "lastReadAt", next_at as "nextAt", failures, last_error as "lastError"
       from lading.pull_cursor where tenant = $1 and system = $2 order by watch`,
    [tenant, system],
  );
  return rows;
}
