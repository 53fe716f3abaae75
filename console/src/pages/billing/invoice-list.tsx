// Every document, the newest first: filtered, sorted and searched by the hub.
import { Group, Stack, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { api } from '../../api/client.ts';
import type { components } from '../../api/types.ts';
import { ClearFilters } from '../../shared/clear-filters.tsx';
import type { Column } from '../../shared/columns.ts';
import { currencyColumn, customerColumn } from '../../shared/columns.ts';
import { DataTable } from '../../shared/data-table.tsx';
import { endOfDay, startOfDay } from '../../shared/days.ts';
import { addressOf, LinkTo } from '../../shared/link-to.tsx';
import { SavedViews } from '../../shared/saved-views.tsx';
import { SearchBox } from '../../shared/search-box.tsx';
import { StateBadge } from '../../shared/state-badge.tsx';
import { StateFilter } from '../../shared/state-filter.tsx';
import { Money, Time } from '../../shared/text.tsx';
import { type Filters, useFilters } from '../../shared/use-filters.ts';
import { useList } from '../../shared/use-list.ts';

type Invoice = components['schemas']['Invoice'];

const COLUMNS: readonly Column<Invoice>[] = [
  {
    name: 'Number',
    sort: 'number',
    cell: ({ number }) => <LinkTo kind="invoices" id={number} />,
    text: ({ number }) => number,
  },
  {
    name: 'Kind',
    wideOnly: true,
    cell: ({ kind }) => kind.replaceAll('-', ' '),
    text: ({ kind }) => kind,
  },
  customerColumn({ wideOnly: true }),
  { name: 'State', cell: ({ state }) => <StateBadge state={state} />, text: ({ state }) => state },
  {
    name: 'Issued',
    sort: 'decided',
    wideOnly: true,
    cell: ({ decidedAt }) => <Time at={decidedAt} isBrief />,
    text: ({ decidedAt }) => decidedAt,
  },
  {
    name: 'In the ERP',
    wideOnly: true,
    cell: ({ erpNumber }) => erpNumber,
    text: ({ erpNumber }) => erpNumber,
  },
  {
    name: 'Shipments',
    wideOnly: true,
    align: 'right',
    cell: ({ shipments }) => shipments.length,
    text: ({ shipments }) => shipments.join(' '),
  },
  {
    name: 'Total',
    sort: 'total',
    align: 'right',
    cell: ({ total, currency }) => <Money amount={total} currency={currency} />,
    text: ({ total }) => total,
  },
  currencyColumn(),
];

const NEWEST_FIRST = '-decided';
const KINDS = ['invoice', 'supplementary', 'credit-note'];

export function InvoiceList() {
  const navigate = useNavigate();
  const [filters, change, showOnly] = useFilters();
  const { sort = NEWEST_FIRST } = filters;
  const asked = useMemo(() => queryOf({ ...filters, sort }), [filters, sort]);
  const list = useList<Invoice>('invoices', asked, (query) =>
    api.GET('/v1/invoices', { params: { query: query as never } }),
  );
  const day = (name: string, label: string) => (
    <TextInput
      type="date"
      label={label}
      value={filters[name] ?? ''}
      onChange={({ currentTarget }) => change({ [name]: currentTarget.value })}
    />
  );
  return (
    <Stack gap="sm">
      <Group align="flex-end" gap="sm" className="no-print">
        <SearchBox
          label="Search"
          placeholder="Invoice, ERP number, shipment, customer"
          value={filters.search ?? ''}
          onChange={(search) => change({ search })}
        />
        <StateFilter label="Kind" value={filters.kind} among={KINDS} onChange={(kind) => change({ kind })} />
        <StateFilter
          label="State"
          value={filters.state}
          among={['decided', 'posted']}
          onChange={(state) => change({ state })}
        />
        {day('from', 'Issued from')}
        {day('to', 'Issued to')}
        <ClearFilters filters={filters} showOnly={showOnly} />
        <SavedViews list="invoices" filters={filters} apply={showOnly} />
      </Group>
      <DataTable
        what="invoices"
        columns={COLUMNS}
        list={list}
        keyOf={({ number }) => number}
        onOpen={({ number }) => void navigate({ to: addressOf('invoices', number) })}
        sorting={{ by: sort, change: (by) => change({ sort: by }) }}
        empty="No invoice fits these filters."
        height="max(20rem, calc(100dvh - 24rem))"
      />
    </Stack>
  );
}

// What the list knows; the address has days, the hub takes instants.
function queryOf({ search, kind, state, customer, shipment, from, to, sort }: Filters): Filters {
  const asked = {
    search,
    kind,
    state,
    customer,
    shipment,
    sort,
    decidedFrom: startOfDay(from),
    decidedBefore: endOfDay(to),
  };
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
}
