// A list of the API, page by page by its cursor.
import { useInfiniteQuery } from '@tanstack/react-query';
import { answered } from '../api/client.ts';
import type { Topic } from '../live/live-updates.tsx';
import type { ListPage } from './data-table.tsx';
import type { Filters } from './use-filters.ts';

type Asked<Row> = Promise<{ data?: { items: Row[]; next?: string }; error?: unknown; response: Response }>;

/**
 * `useList('shipments', filters, (query) => api.GET('/v1/shipments', { params: { query } }))`. The topic says when it is
 * asked again.
 */
export function useList<Row>(topic: Topic | 'rules' | 'audit', filters: Filters, ask: (query: Filters) => Asked<Row>) {
  return useInfiniteQuery({
    queryKey: [topic, 'list', filters],
    queryFn: ({ pageParam }): Promise<ListPage<Row>> =>
      answered(ask({ ...filters, limit: '100', ...(pageParam === '' ? {} : { cursor: pageParam }) })),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });
}
