// Messages and events lie in partitions of a month each, made as the clock reaches them.
import type { Instant } from '../model/time.ts';
import type { Store } from './database.ts';

const DAY_AHEAD_MS = 86_400_000;

/** Remembers which months are there, so that asking costs nothing. Where making one fails, the default partition serves. */
export function monthKeeper(store: Store): (now: Instant) => Promise<void> {
  const made = new Set<string>();
  return async (now) => {
    // A day ahead, while nobody writes there yet.
    for (const at of [now, now + DAY_AHEAD_MS]) {
      const month = new Date(at).toISOString().slice(0, 7);
      if (made.has(month)) continue;
      made.add(month);
      const make =
        'select lading.ensure_month(parent, to_timestamp($1::float8 / 1000)) from unnest($2::text[]) as parent';
      await store.query(make, [at, ['event', 'message']]).catch(() => {});
    }
  };
}
