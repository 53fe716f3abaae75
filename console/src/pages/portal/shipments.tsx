// A customer's shipments: found by any number, each with where it is.
import { Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { api } from '../../api/client.ts';
import type { components } from '../../api/types.ts';
import { PageTitle } from '../../shared/page-title.tsx';
import { SearchBox } from '../../shared/search-box.tsx';
import { Time } from '../../shared/text.tsx';
import { statusInWords } from '../../shared/tracking/words.ts';
import { useFilters } from '../../shared/use-filters.ts';
import { useList } from '../../shared/use-list.ts';
import { Cards } from './cards.tsx';

type Shipment = components['schemas']['Shipment'];

const SHOWN = [
  { value: '', label: 'All' },
  { value: 'in-transit', label: 'On their way' },
  { value: 'delivered', label: 'Delivered' },
];
const COLUMNS = [
  { name: 'Shipment', text: ({ shipment }: Shipment) => shipment },
  { name: 'Status', text: ({ status }: Shipment) => statusInWords(status) },
  { name: 'From', text: ({ origin }: Shipment) => origin },
  { name: 'To', text: ({ destination }: Shipment) => destination },
  { name: 'Planned', text: ({ plannedDeliveryAt }: Shipment) => plannedDeliveryAt },
  { name: 'Delivered', text: ({ deliveredAt }: Shipment) => deliveredAt },
];

export default function PortalShipments() {
  const [{ search = '', status = '' }, change] = useFilters();
  const filters = { sort: '-pickup', search: search || undefined, status: status || undefined };
  const list = useList<Shipment>('shipments', filters, (query) =>
    api.GET('/v1/shipments', { params: { query: query as never } }),
  );
  return (
    <Stack gap="md">
      <PageTitle title="Your shipments" />
      <Group>
        <SearchBox
          label="Find a shipment"
          placeholder="Any number or place"
          value={search}
          onChange={(text) => change({ search: text })}
        />
      </Group>
      <SegmentedControl
        aria-label="Show"
        data={SHOWN}
        value={SHOWN.some(({ value }) => value === status) ? status : ''}
        onChange={(value) => change({ status: value })}
      />
      <Cards
        what="shipments"
        list={list}
        columns={COLUMNS}
        keyOf={({ shipment }) => shipment}
        addressOf={({ shipment }) => `/portal/shipments/${encodeURIComponent(shipment)}`}
        empty={search === '' ? 'No shipment of yours is known yet.' : 'No shipment of yours has that number or place.'}
      >
        {(shipment) => <Card shipment={shipment} />}
      </Cards>
    </Stack>
  );
}

function Card({ shipment }: { readonly shipment: Shipment }) {
  const { shipment: number, status, origin, destination, plannedDeliveryAt, deliveredAt } = shipment;
  return (
    <>
      <Group justify="space-between" gap="xs">
        <Text fw={700} inherit>
          {statusInWords(status)}
        </Text>
        <Text size="sm" c="dimmed">
          {number}
        </Text>
      </Group>
      {origin !== undefined && destination !== undefined && (
        <Text>
          {origin} to {destination}
        </Text>
      )}
      <Text size="sm" c="dimmed" component="div">
        {deliveredAt !== undefined ? (
          <>
            Delivered <Time at={deliveredAt} isBrief />
          </>
        ) : (
          plannedDeliveryAt !== undefined && (
            <>
              Planned to arrive <Time at={plannedDeliveryAt} isBrief />
            </>
          )
        )}
      </Text>
    </>
  );
}
