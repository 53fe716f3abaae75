// The list of shipments: filters, order and search are in the address, the hub answers them.
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { api } from '../../api/client.ts';
import { Stack } from '../../plain/layout.tsx';
import { useMay, useOwnSession } from '../../session/use-session.ts';
import { DataTable } from '../../shared/data-table.tsx';
import { endOfDay, startOfDay } from '../../shared/days.ts';
import { addressOf } from '../../shared/link-to.tsx';
import { PageTitle } from '../../shared/page-title.tsx';
import { SavedViews } from '../../shared/saved-views.tsx';
import { type Filters, useFilters } from '../../shared/use-filters.ts';
import { askAhead, useList } from '../../shared/use-list.ts';
import { columnsFor, type Shipment } from './columns.tsx';
import { ShipmentFilters } from './filters.tsx';

const NEWEST_FIRST = '-pickup';

const ask = (query: Filters) => api.GET('/v1/shipments', { params: { query: query as never } });

export const first = (filters: Filters) =>
  askAhead<Shipment>('shipments', queryOf({ sort: NEWEST_FIRST, ...filters }), ask);

export default function ShipmentList() {
  const may = useMay();
  const isPartner = useOwnSession().role === 'partner';
  const navigate = useNavigate();
  const [filters, change, showOnly] = useFilters();
  const { sort = NEWEST_FIRST } = filters;
  const asked = useMemo(() => queryOf({ ...filters, sort }), [filters, sort]);
  const list = useList<Shipment>('shipments', asked, ask);
  const columns = useMemo(() => columnsFor(may, isPartner), [may, isPartner]);
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Stack gap="sm">
      <PageTitle title="Shipments" actions={<SavedViews list="shipments" filters={filters} apply={showOnly} />} />
      <ShipmentFilters filters={filters} change={change} showOnly={showOnly} rows={rows} isPartner={isPartner} />
      <DataTable
        what="shipments"
        columns={columns}
        list={list}
        keyOf={({ shipment }) => shipment}
        onOpen={({ shipment }) => void navigate({ to: addressOf('shipments', shipment) })}
        sorting={{ by: sort, change: (by) => change({ sort: by }) }}
        empty="No shipment fits these filters."
        height="max(20rem, calc(100dvh - 15rem))"
      />
    </Stack>
  );
}

// The address has days, the hub takes instants.
function queryOf({ pickupFrom, pickupTo, deliveryFrom, deliveryTo, ...filters }: Filters): Filters {
  const times = {
    pickupFrom: startOfDay(pickupFrom),
    pickupBefore: endOfDay(pickupTo),
    deliveryFrom: startOfDay(deliveryFrom),
    deliveryBefore: endOfDay(deliveryTo),
  };
  const given = Object.entries({ ...filters, ...times }).filter(
    ([name, value]) => value !== undefined && KNOWN.has(name),
  );
  return Object.fromEntries(given);
}

// What an old link still carries must not make the hub refuse the whole.
const KNOWN = new Set([
  ...['customer', 'carrier', 'mode', 'status', 'billing', 'unbilled', 'exception', 'origin', 'destination'],
  ...['pickupFrom', 'pickupBefore', 'deliveryFrom', 'deliveryBefore', 'search', 'sort'],
]);
