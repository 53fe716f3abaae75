// The filters of the list: what one asks most often at hand, the rest behind a button.
import { Button, Chip, Collapse, Group, NativeSelect, Paper, Select, SimpleGrid, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconFilter } from '@tabler/icons-react';
import { useRef } from 'react';
import { useMay } from '../../session/use-session.ts';
import { ClearFilters } from '../../shared/clear-filters.tsx';
import { SearchBox } from '../../shared/search-box.tsx';
import type { Filters } from '../../shared/use-filters.ts';
import type { Shipment } from './columns.tsx';

type Props = {
  readonly filters: Filters;
  readonly change: (filters: Filters) => void;
  readonly showOnly: (filters: Filters) => void;
  /** Those on the page: whom one can choose among. */
  readonly rows: readonly Shipment[];
  readonly isPartner: boolean;
};

const STATUSES = 'planned tendered accepted declined dispatched in-transit delivered refused returned cancelled'.split(
  ' ',
);
const BILLING = 'not-due waiting held ready adjusting invoiced nothing-to-bill'.split(' ');
const BEHIND_BUTTON = [
  ...['status', 'billing', 'customer', 'carrier', 'mode', 'origin', 'destination'],
  ...['pickupFrom', 'pickupTo', 'deliveryFrom', 'deliveryTo'],
];

export function ShipmentFilters({ filters, change, showOnly, rows, isPartner }: Props) {
  const may = useMay();
  const set = BEHIND_BUTTON.filter((name) => filters[name] !== undefined).length;
  const [isOpen, more] = useDisclosure(set > 0);
  return (
    <Paper className="no-print">
      <Group align="flex-end" gap="sm">
        <SearchBox
          label="Search"
          placeholder="BOL, PRO, PO, order, invoice, name, city"
          value={filters.search ?? ''}
          onChange={(search) => change({ search })}
        />
        <Group gap="xs">
          {!isPartner && (
            <Chip
              checked={filters.unbilled === 'true'}
              onChange={(on) => change({ unbilled: on ? 'true' : undefined })}
            >
              Unbilled
            </Chip>
          )}
          {may('exceptions:read') && (
            <Chip
              checked={filters.exception !== undefined}
              onChange={(on) => change({ exception: on ? 'any' : undefined })}
            >
              With exceptions
            </Chip>
          )}
          <Button
            variant="default"
            aria-expanded={isOpen}
            leftSection={<IconFilter size={16} aria-hidden />}
            onClick={more.toggle}
          >
            Filters{set > 0 ? ` (${set})` : ''}
          </Button>
          <ClearFilters filters={filters} showOnly={showOnly} />
        </Group>
      </Group>
      <Collapse expanded={isOpen}>
        <MoreFilters {...{ filters, change, rows, isPartner }} />
      </Collapse>
    </Paper>
  );
}

function MoreFilters({ filters, change, rows, isPartner }: Omit<Props, 'showOnly'>) {
  const customers = useSeen(
    rows.map(({ customer, customerName }) => [customer, customerName]),
    filters.customer,
  );
  const carriers = useSeen(
    rows.map(({ carrier, carrierName }) => [carrier, carrierName]),
    filters.carrier,
  );
  const modes = useSeen(
    rows.map(({ mode }) => [mode, mode]),
    filters.mode,
  );
  const choice = (name: string, label: string, data: Choice[]) => (
    <Select
      label={label}
      data={data}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': `Any ${label.toLowerCase()}`, tabIndex: 0 }}
      value={filters[name] ?? null}
      onChange={(value) => change({ [name]: value ?? undefined })}
    />
  );
  const state = (name: string, label: string, values: readonly string[]) => (
    <NativeSelect
      label={label}
      value={filters[name] ?? ''}
      onChange={({ currentTarget }) => change({ [name]: currentTarget.value })}
      data={[{ value: '', label: 'any' }, ...values.map((value) => ({ value, label: value.replaceAll('-', ' ') }))]}
    />
  );
  const field = (name: string, label: string, type = 'text') => (
    <TextInput
      key={`${name} ${filters[name] ?? ''}`}
      label={label}
      type={type}
      defaultValue={filters[name] ?? ''}
      onBlur={({ currentTarget }) => change({ [name]: currentTarget.value.trim() })}
      onKeyDown={({ key, currentTarget }) => key === 'Enter' && change({ [name]: currentTarget.value.trim() })}
    />
  );
  return (
    <SimpleGrid cols={{ base: 2, sm: 4, lg: 6 }} spacing="sm" mt="sm">
      {state('status', 'Status', STATUSES)}
      {!isPartner && state('billing', 'Billing', BILLING)}
      {choice('customer', 'Customer', customers)}
      {choice('carrier', 'Carrier', carriers)}
      {choice('mode', 'Mode', modes)}
      {field('origin', 'From')}
      {field('destination', 'To')}
      {field('pickupFrom', 'Pickup from', 'date')}
      {field('pickupTo', 'Pickup to', 'date')}
      {field('deliveryFrom', 'Delivery from', 'date')}
      {field('deliveryTo', 'Delivery to', 'date')}
    </SimpleGrid>
  );
}

type Choice = { value: string; label: string };

// Whoever was on a page before can be chosen still when a filter has left one alone.
function useSeen(rows: readonly (readonly [string | undefined, string | undefined])[], chosen: string | undefined) {
  const seen = useRef(new Map<string, string>());
  if (chosen !== undefined && !seen.current.has(chosen)) seen.current.set(chosen, chosen);
  for (const [value, label] of rows) if (value !== undefined) seen.current.set(value, label ?? value);
  return [...seen.current]
    .map(([value, label]): Choice => ({ value, label }))
    .sort((a, b) => a.label.localeCompare(b.label));
}
