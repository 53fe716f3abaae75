// Shipments in one state of billing, with what they come to.
import { useNavigate } from '@tanstack/react-router';
import { api } from '../../api/client.ts';
import type { components } from '../../api/types.ts';
import type { Column } from '../../shared/columns.ts';
import { customerColumn } from '../../shared/columns.ts';
import { DataTable } from '../../shared/data-table.tsx';
import { addressOf, LinkTo } from '../../shared/link-to.tsx';
import { amountsText, MoneyCell } from '../../shared/money-cell.tsx';
import { useFilters } from '../../shared/use-filters.ts';
import { useList } from '../../shared/use-list.ts';
import { When } from '../../shared/when.tsx';

type Shipment = components['schemas']['Shipment'];

const COLUMNS: readonly Column<Shipment>[] = [
  {
    name: 'Shipment',
    sort: 'shipment',
    cell: ({ shipment }) => <LinkTo kind="shipments" id={shipment} />,
    text: ({ shipment }) => shipment,
  },
  customerColumn(),
  {
    name: 'Delivered',
    sort: 'delivery',
    wideOnly: true,
    cell: ({ deliveredAt, plannedDeliveryAt }) => <When actual={deliveredAt} planned={plannedDeliveryAt} />,
    text: ({ deliveredAt }) => deliveredAt,
  },
  {
    name: 'Open exceptions',
    align: 'right',
    wideOnly: true,
    cell: ({ openExceptions = 0 }) => openExceptions,
    text: ({ openExceptions = 0 }) => String(openExceptions),
  },
  {
    name: 'Charged',
    align: 'right',
    cell: ({ revenue }) => <MoneyCell amounts={revenue} />,
    text: ({ revenue }) => amountsText(revenue),
  },
];

const LONGEST_FIRST = 'delivery';

export function UnbilledShipments({ billing, empty }: { readonly billing: string; readonly empty: string }) {
  const navigate = useNavigate();
  const [filters, change] = useFilters();
  const { sort = LONGEST_FIRST } = filters;
  const list = useList<Shipment>('shipments', { billing, sort }, (query) =>
    api.GET('/v1/shipments', { params: { query: query as never } }),
  );
  return (
    <DataTable
      what="shipments"
      columns={COLUMNS}
      list={list}
      keyOf={({ shipment }) => shipment}
      onOpen={({ shipment }) => void navigate({ to: addressOf('shipments', shipment) })}
      sorting={{ by: sort, change: (by) => change({ sort: by }) }}
      empty={empty}
      height="max(20rem, calc(100dvh - 22rem))"
    />
  );
}
