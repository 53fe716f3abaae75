// The list of orders, and how far each is in money of its own prices.
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { api } from '../../api/client.ts';
import type { components } from '../../api/types.ts';
import { Row, Stack } from '../../plain/layout.tsx';
import { ClearFilters } from '../../shared/clear-filters.tsx';
import type { Column } from '../../shared/columns.ts';
import { currencyColumn, customerColumn } from '../../shared/columns.ts';
import { DataTable } from '../../shared/data-table.tsx';
import { addressOf, LinkTo } from '../../shared/link-to.tsx';
import { PageTitle } from '../../shared/page-title.tsx';
import { SavedViews } from '../../shared/saved-views.tsx';
import { SearchBox } from '../../shared/search-box.tsx';
import { StateBadge } from '../../shared/state-badge.tsx';
import { StateFilter } from '../../shared/state-filter.tsx';
import { Money, Time } from '../../shared/text.tsx';
import { type Filters, useFilters } from '../../shared/use-filters.ts';
import { useList } from '../../shared/use-list.ts';

type Order = components['schemas']['Order'];

const inMoney = (name: string, step: keyof Order['value'], wideOnly: boolean): Column<Order> => ({
  name,
  align: 'right',
  wideOnly,
  cell: ({ value, currency }) => <Money amount={value[step]} currency={currency} />,
  text: ({ value }) => value[step],
});

const COLUMNS: readonly Column<Order>[] = [
  {
    name: 'Order',
    sort: 'order',
    cell: ({ order }) => <LinkTo kind="orders" id={order} />,
    text: ({ order }) => order,
  },
  customerColumn({ wideOnly: true }),
  { name: 'Status', cell: ({ status }) => <StateBadge state={status} />, text: ({ status }) => status },
  {
    name: 'Placed',
    wideOnly: true,
    cell: ({ placedAt }) => <Time at={placedAt} isBrief />,
    text: ({ placedAt }) => placedAt,
  },
  { name: 'Lines', align: 'right', wideOnly: true, cell: ({ lines }) => lines, text: ({ lines }) => String(lines) },
  inMoney('Ordered', 'ordered', false),
  inMoney('Planned', 'planned', true),
  inMoney('Delivered', 'delivered', true),
  inMoney('Invoiced', 'invoiced', true),
  currencyColumn(),
];

const STATUSES = ['open', 'partly-delivered', 'delivered', 'invoiced'];
const NEWEST_FIRST = '-reported';

export default function OrderList() {
  const navigate = useNavigate();
  const [filters, change, showOnly] = useFilters();
  const { sort = NEWEST_FIRST, status, customer, search } = filters;
  const asked = useMemo((): Filters => {
    const given = Object.entries({ sort, status, customer, search }).filter(([, value]) => value !== undefined);
    return Object.fromEntries(given);
  }, [sort, status, customer, search]);
  // How far an order is changes with its shipments.
  const list = useList<Order>('shipments', { ...asked, of: 'orders' }, ({ of: _, ...query }) =>
    api.GET('/v1/orders', { params: { query: query as never } }),
  );
  return (
    <Stack gap="sm">
      <PageTitle title="Orders" actions={<SavedViews list="orders" filters={filters} apply={showOnly} />} />
      <Row align="flex-end" gap="sm" className="no-print">
        <SearchBox
          label="Search"
          placeholder="Order, customer, item, place"
          value={search ?? ''}
          onChange={(wanted) => change({ search: wanted })}
        />
        <StateFilter label="Status" value={status} among={STATUSES} onChange={(wanted) => change({ status: wanted })} />
        <ClearFilters filters={filters} showOnly={showOnly} />
      </Row>
      <DataTable
        what="orders"
        columns={COLUMNS}
        list={list}
        keyOf={({ order, customer: whose }) => `${order} ${whose}`}
        onOpen={({ order }) => void navigate({ to: addressOf('orders', order) })}
        sorting={{ by: sort, change: (by) => change({ sort: by }) }}
        empty="No order fits these filters. Orders come by X12 850, 940 or JSON."
        height="max(20rem, calc(100dvh - 15rem))"
      />
    </Stack>
  );
}
