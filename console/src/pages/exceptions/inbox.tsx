// The inbox of exceptions, worked by keyboard: go to one, pick some, do something about them.
import { Stack } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { api } from '../../api/client.ts';
import { DataTable } from '../../shared/data-table.tsx';
import { addressOf } from '../../shared/link-to.tsx';
import { PageTitle } from '../../shared/page-title.tsx';
import { SavedViews } from '../../shared/saved-views.tsx';
import { type Filters, useFilters } from '../../shared/use-filters.ts';
import { useList } from '../../shared/use-list.ts';
import { Bulk } from './bulk.tsx';
import { Dialogs } from './dialogs.tsx';
import { ExceptionFilters } from './filters.tsx';
import { useTotals } from './totals.ts';
import { useInbox } from './use-inbox.ts';
import type { ExceptionRow } from './work.ts';

const ASKED = ['owner', 'kind', 'assigned', 'overdue', 'customer', 'search', 'shipment', 'subject', 'message'] as const;

export default function Inbox() {
  const [filters, change, showOnly] = useFilters();
  const { sort = 'due', state = 'open' } = filters;
  const asked = useMemo((): Filters => {
    const given = ASKED.map((name) => [name, filters[name]]).filter(([, value]) => value !== undefined && value !== '');
    return { sort, state, ...Object.fromEntries(given) };
  }, [sort, state, filters]);
  const list = useList<ExceptionRow>('exceptions', asked, (query) =>
    api.GET('/v1/exceptions', { params: { query: query as never } }),
  );
  const { data: totals } = useTotals();
  const rows = useMemo(() => list.data?.pages.flatMap(({ items }) => items) ?? [], [list.data]);
  const inbox = useInbox(rows);
  const navigate = useNavigate();
  return (
    <Stack gap="sm">
      <PageTitle title="Exceptions" actions={<SavedViews list="exceptions" filters={filters} apply={showOnly} />} />
      <ExceptionFilters {...{ filters, change, showOnly, totals }} />
      <Bulk {...inbox} />
      <DataTable
        what="exceptions"
        columns={inbox.columns}
        list={list}
        keyOf={({ id }) => id}
        current={inbox.current?.id}
        onOpen={({ id }) => void navigate({ to: addressOf('exceptions', id) })}
        sorting={{ by: sort, change: (by) => change({ sort: by }) }}
        empty="Nothing is open that fits these filters."
        height="max(20rem, calc(100dvh - 18rem))"
      />
      <Dialogs asking={inbox.asking} ids={inbox.meant} close={() => inbox.ask(undefined)} onDone={inbox.drop} />
    </Stack>
  );
}
