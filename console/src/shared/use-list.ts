// A list of the API, page by page by its cursor.
import { infiniteQueryOptions, type UseInfiniteQueryResult, useInfiniteQuery } from '@tanstack/react-query';
import { answered } from '../api/client.ts';
import { queries } from '../api/queries.ts';
import type { Topic } from '../live/live-updates.tsx';
import type { Filters } from './use-filters.ts';

type Asking = Topic | 'rules' | 'audit';
type Asked<Row> = Promise<{ data?: { items: Row[]; next?: string }; error?: unknown; response: Response }>;

export type ListPage<Row> = { readonly items: readonly Row[]; readonly next?: string };

export type WholeList<Row> = UseInfiniteQueryResult<{ pages: ListPage<Row>[] }> & {
  /** Every row that the filters leave, however many pages that takes; for the CSV. */
  readonly all: () => Promise<readonly Row[]>;
};

const PAGE_ROWS = '100';
const LARGEST_PAGE_ROWS = '500';
const MOST_ROWS = 200_000;

/**
 * `useList('shipments', filters, (query) => api.GET('/v1/shipments', { params: { query } }))`. The topic says when it is
 * asked again.
 */
export function useList<Row>(topic: Asking, filters: Filters, ask: (query: Filters) => Asked<Row>): WholeList<Row> {
  const query = useInfiniteQuery({ ...listQuery(topic, filters, ask), placeholderData: (before) => before });
  const all = async () => {
    const rows: Row[] = [];
    let next: string | undefined;
    do {
      const page = await pageAt(ask, filters, next, LARGEST_PAGE_ROWS);
      rows.push(...page.items);
      next = page.next;
    } while (next !== undefined && rows.length < MOST_ROWS);
    return rows;
  };
  return { ...query, all };
}

/** Asks for the first rows before the list is drawn; what goes wrong, the list will say. */
export function askAhead<Row>(topic: Asking, filters: Filters, ask: (query: Filters) => Asked<Row>): Promise<void> {
  return queries.prefetchInfiniteQuery(listQuery(topic, filters, ask));
}

function listQuery<Row>(topic: Asking, filters: Filters, ask: (query: Filters) => Asked<Row>) {
  return infiniteQueryOptions({
    queryKey: [topic, 'list', filters],
    queryFn: ({ pageParam }) => pageAt(ask, filters, pageParam, PAGE_ROWS),
    initialPageParam: '',
    getNextPageParam: ({ next }: ListPage<Row>) => next,
  });
}

function pageAt<Row>(
  ask: (query: Filters) => Asked<Row>,
  filters: Filters,
  cursor: string | undefined,
  limit: string,
): Promise<ListPage<Row>> {
  return answered(ask({ ...filters, limit, ...(cursor ? { cursor } : {}) }));
}
