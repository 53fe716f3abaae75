// Overdue invoices, the one due first before the others, with the stage of their collection.

import { Button, Stack } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { api } from '../../api/client.ts';
import type { components } from '../../api/types.ts';
import type { Column } from '../../shared/columns.ts';
import { customerColumn } from '../../shared/columns.ts';
import { DataTable } from '../../shared/data-table.tsx';
import { dayText } from '../../shared/days.ts';
import { addressOf, LinkTo } from '../../shared/link-to.tsx';
import { Nothing } from '../../shared/money-cell.tsx';
import { StateBadge } from '../../shared/state-badge.tsx';
import { Money } from '../../shared/text.tsx';
import { useFilters } from '../../shared/use-filters.ts';
import { useList } from '../../shared/use-list.ts';

type Overdue = components['schemas']['OverdueInvoice'];

const COLUMNS: readonly Column<Overdue>[] = [
  { name: 'Invoice', cell: ({ number }) => <LinkTo kind="invoices" id={number} />, text: ({ number }) => number },
  customerColumn({ wideOnly: true, sort: undefined }),
  { name: 'Due', wideOnly: true, cell: ({ dueOn }) => dayText(dueOn), text: ({ dueOn }) => dueOn },
  {
    name: 'Days overdue',
    align: 'right',
    cell: ({ daysOverdue }) => daysOverdue,
    text: ({ daysOverdue }) => String(daysOverdue),
  },
  {
    name: 'Stage',
    cell: ({ stage, isPaused }) =>
      isPaused ? <StateBadge state="disputed" /> : (stage?.replaceAll('-', ' ') ?? <Nothing />),
    text: ({ stage, isPaused }) => (isPaused ? 'disputed' : stage),
  },
  {
    name: 'Total',
    align: 'right',
    wideOnly: true,
    cell: ({ total, currency }) => <Money amount={total} currency={currency} />,
    text: ({ total }) => total,
  },
  {
    name: 'Open',
    align: 'right',
    cell: ({ open, currency }) => <Money amount={open} currency={currency} />,
    text: ({ open }) => open,
  },
];

export function Collections() {
  const navigate = useNavigate();
  const [{ customer }, change] = useFilters();
  const asked = { of: 'collections', ...(customer === undefined ? {} : { customer }) };
  const list = useList<Overdue>('payments', asked, ({ of: _, ...query }) =>
    api.GET('/v1/collections', { params: { query: query as never } }),
  );
  return (
    <Stack gap="sm" align="stretch">
      {customer !== undefined && (
        <Button variant="subtle" w="max-content" onClick={() => change({ customer: undefined })}>
          Only of {customer}: show all
        </Button>
      )}
      <DataTable
        what="overdue invoices"
        columns={COLUMNS}
        list={list}
        keyOf={({ number }) => number}
        onOpen={({ number }) => void navigate({ to: addressOf('invoices', number) })}
        empty="No invoice is overdue."
        height="max(20rem, calc(100dvh - 22rem))"
      />
    </Stack>
  );
}
