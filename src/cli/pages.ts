// Lists of the running hub: what is asked for, and page by page to their end.
import type { RunningHub } from './running-hub.ts';

const PAGE = 500;
/** A list for a terminal that is longer is cut, and so is a loop that would not end. */
const MOST_PAGES = 200;

type Filter = Readonly<Record<string, string | undefined>>;

/** Of what is given. */
export function queryFrom(filter: Filter): URLSearchParams {
  return new URLSearchParams(Object.entries(filter).filter((pair): pair is [string, string] => pair[1] !== undefined));
}

export async function askAll<Item>(hub: RunningHub, path: string, filter: Filter): Promise<Item[]> {
  const items: Item[] = [];
  const query = queryFrom({ ...filter, limit: String(PAGE) });
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await hub.ask<{ items: Item[]; next?: string }>('GET', `${path}?${query}`);
    items.push(...answer.items);
    if (answer.next === undefined) break;
    query.set('cursor', answer.next);
  }
  return items;
}
