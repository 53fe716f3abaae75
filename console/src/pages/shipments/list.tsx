// The list of shipments, with the filters of the address.
import { Group, NativeSelect, Stack, TextInput, Title } from '@mantine/core';
import { api } from '../../api/client.ts';
import type { components } from '../../api/types.ts';
import { type Column, DataTable } from '../../shared/data-table.tsx';
import { Reference } from '../../shared/text.tsx';
import { useFilters } from '../../shared/use-filters.ts';
import { useList } from '../../shared/use-list.ts';

type Shipment = components['schemas']['Shipment'];

const COLUMNS: readonly Column<Shipment>[] = [
  { name: 'Shipment', cell: ({ shipment }) => <Reference>{shipment}</Reference>, text: ({ shipment }) => shipment },
  { name: 'Customer', cell: ({ customer }) => customer, text: ({ customer }) => customer },
  { name: 'Status', cell: ({ status }) => status, text: ({ status }) => status },
  { name: 'Billing', cell: ({ billing }) => billing, text: ({ billing }) => billing },
];

export default function ShipmentList() {
  const [filters, change] = useFilters();
  const list = useList<Shipment>('shipments', filters, (query) =>
    api.GET('/v1/shipments', { params: { query: query as never } }),
  );
  return (
    <Stack>
      <Title order={1}>Shipments</Title>
      <Group align="flex-end">
        <TextInput
          type="search"
          label="Customer"
          value={filters.customer ?? ''}
          onChange={(event) => change({ customer: event.currentTarget.value })}
        />
        <NativeSelect
          label="Billing"
          value={filters.billing ?? ''}
          onChange={(event) => change({ billing: event.currentTarget.value })}
          data={[{ value: '', label: 'any' }, 'not-due', 'held', 'waiting', 'ready', 'adjusting', 'invoiced']}
        />
      </Group>
      <DataTable
        what="shipments"
        columns={COLUMNS}
        list={list}
        keyOf={({ shipment }) => shipment}
        empty="No shipment fits these filters."
      />
    </Stack>
  );
}
