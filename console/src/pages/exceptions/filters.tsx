// What the inbox is narrowed by.

import { Button, Checkbox, Group, NativeSelect } from '@mantine/core';
import { useOwnSession } from '../../session/use-session.ts';
import { ClearFilters } from '../../shared/clear-filters.tsx';
import { kindText } from '../../shared/exception-kind.ts';
import { SearchBox } from '../../shared/search-box.tsx';
import type { Filters } from '../../shared/use-filters.ts';
import { ownerText } from './columns.tsx';
import type { Totals } from './totals.ts';

const OWNERS = ['operations', 'finance', 'customer-service', 'integration'];

type Props = {
  readonly filters: Filters;
  readonly change: (change: Filters) => void;
  readonly showOnly: (filters: Filters) => void;
  readonly totals: Totals | undefined;
};

export function ExceptionFilters({ filters, change, showOnly, totals }: Props) {
  const { role } = useOwnSession();
  const { owner, kind, state = 'open', assigned, overdue, customer, search } = filters;
  const kinds = totals?.kinds ?? [];
  const openOf = (whose: string) => sum(kinds.filter((each) => each.owner === whose).map(({ open }) => open));
  const known = [...new Set([...kinds.map((each) => each.kind as string), ...(kind === undefined ? [] : [kind])])];
  const openOfKind = (name: string) => sum(kinds.filter((each) => each.kind === name).map(({ open }) => open));
  return (
    <Group align="flex-end" gap="sm" className="no-print">
      <SearchBox
        label="Search"
        placeholder="Shipment, invoice, message, any number"
        value={search ?? ''}
        onChange={(wanted) => change({ search: wanted })}
      />
      <NativeSelect
        label="Owner"
        value={owner ?? ''}
        onChange={({ currentTarget }) => change({ owner: currentTarget.value })}
        data={[
          { value: '', label: 'every role' },
          ...OWNERS.map((each) => ({
            value: each,
            label: `${ownerText(each)}${each === role ? ' (mine)' : ''}: ${openOf(each)}`,
          })),
        ]}
      />
      <NativeSelect
        label="Kind"
        value={kind ?? ''}
        onChange={({ currentTarget }) => change({ kind: currentTarget.value })}
        data={[
          { value: '', label: 'any' },
          ...known.map((each) => ({ value: each, label: `${kindText(each)}: ${openOfKind(each)}` })),
        ]}
      />
      <NativeSelect
        label="Assigned to"
        value={assigned ?? ''}
        onChange={({ currentTarget }) => change({ assigned: currentTarget.value })}
        data={[
          { value: '', label: 'anybody' },
          { value: 'me', label: `me: ${sum(kinds.map(({ mine }) => mine))}` },
          { value: 'nobody', label: 'nobody' },
          ...(assigned === undefined || ['', 'me', 'nobody'].includes(assigned) ? [] : [assigned]),
        ]}
      />
      <NativeSelect
        label="State"
        value={state}
        onChange={({ currentTarget }) => change({ state: currentTarget.value })}
        data={['open', 'closed']}
      />
      <Checkbox
        label={`overdue: ${sum(kinds.map((each) => each.overdue))}`}
        mb={8}
        checked={overdue === 'true'}
        onChange={({ currentTarget }) => change({ overdue: currentTarget.checked ? 'true' : undefined })}
      />
      {customer !== undefined && (
        <Button variant="light" onClick={() => change({ customer: undefined })}>
          Customer {customer} ×
        </Button>
      )}
      <ClearFilters filters={filters} showOnly={showOnly} />
    </Group>
  );
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
