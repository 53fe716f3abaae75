// The filters behind the button.
import { NativeSelect, Select, SimpleGrid, TextInput } from '@mantine/core';
import { useRef } from 'react';
import type { Filtering } from './filtering.ts';

const STATUSES = 'planned tendered accepted declined dispatched in-transit delivered refused returned cancelled'.split(
  ' ',
);
const BILLING = 'not-due waiting held ready adjusting invoiced nothing-to-bill'.split(' ');
export default function MoreFilters({ filters, change, rows, isPartner }: Omit<Filtering, 'showOnly'>) {
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
