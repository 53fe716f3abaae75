// Lists of the running hub, page by page, to their end.
import type { RunningHub } from './running-hub.ts';

const PAGE = 500;
/** A list for a terminal that is longer is cut, and so is a loop that would not end. */
const MOST_PAGES = 200;

export async function askAll<Item>(
  hub: RunningHub,
  path: string,
  filter: Readonly<Record<string, string | undefined>>,
): Promise<Item[]> {
  const items: Item[] = [];
  const query = new URLSearchParams({ limit: String(PAGE) });
  for (const [name, value] of Object.entries(filter)) if (value !== undefined) query.set(name, value);
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await hub.ask<{ items: Item[]; next?: string }>('GET', `${path}?${query}`);
    items.push(...answer.items);
    if (answer.next === undefined) break;
    query.set('cursor', answer.next);
  }
  return items;
}
