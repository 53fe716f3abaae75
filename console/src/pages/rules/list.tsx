// Every rule in its newest version; its page has them all.
import { Anchor, Button, Group, NativeSelect, Stack } from '@mantine/core';
import { IconCalculator, IconGasStation } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { api } from '../../api/client.ts';
import type { Column } from '../../shared/columns.ts';
import { DataTable } from '../../shared/data-table.tsx';
import { PageTitle } from '../../shared/page-title.tsx';
import { SearchBox } from '../../shared/search-box.tsx';
import { Time } from '../../shared/text.tsx';
import { useFilters } from '../../shared/use-filters.ts';
import { useList } from '../../shared/use-list.ts';
import { addressOfRule, KIND_NAMES, KINDS, type Rule } from './kinds.ts';

/** Whose it is, and of an agreement which side. */
function aboutText({ about, partyName }: Rule): string | undefined {
  if (partyName === undefined) return about;
  const [side] = about?.split(' ') ?? [];
  if (side === 'sell') return `${partyName}, what we charge`;
  return side === 'buy' ? `${partyName}, what it charges us` : partyName;
}

const COLUMNS: readonly Column<Rule>[] = [
  {
    name: 'Rule',
    cell: ({ kind, id }) => (
      <Anchor component={Link} to={addressOfRule(kind, id)} size="sm" className="mono">
        {id}
      </Anchor>
    ),
    text: ({ id }) => id,
  },
  { name: 'Kind', cell: ({ kind }) => KIND_NAMES[kind], text: ({ kind }) => KIND_NAMES[kind] },
  { name: 'Of', cell: aboutText, text: aboutText, wideOnly: true },
  { name: 'Version', cell: ({ version }) => version, text: ({ version }) => String(version), align: 'right' },
  {
    name: 'Imported',
    cell: ({ importedAt }) => <Time at={importedAt} isBrief />,
    text: ({ importedAt }) => importedAt,
    wideOnly: true,
  },
  { name: 'By', cell: ({ importedBy }) => importedBy, text: ({ importedBy }) => importedBy, wideOnly: true },
];

export default function RuleList() {
  const [filters, change] = useFilters();
  const navigate = useNavigate();
  const list = useList<Rule>('rules', filters, (query) =>
    api.GET('/v1/setup/rules', { params: { query: query as never } }),
  );
  return (
    <Stack>
      <PageTitle
        title="Rules"
        actions={
          <>
            <Button
              component={Link}
              to="/rules/fuel"
              variant="default"
              leftSection={<IconGasStation size={16} aria-hidden />}
            >
              Fuel prices
            </Button>
            <Button component={Link} to="/rules/calculator" leftSection={<IconCalculator size={16} aria-hidden />}>
              Rate calculator
            </Button>
          </>
        }
      />
      <Group align="flex-end">
        <SearchBox
          label="Search"
          placeholder="Id, name or party"
          value={filters.search ?? ''}
          onChange={(search) => change({ search })}
        />
        <NativeSelect
          label="Kind"
          value={filters.kind ?? ''}
          onChange={({ currentTarget }) => change({ kind: currentTarget.value })}
          data={[{ value: '', label: 'any' }, ...KINDS.map((value) => ({ value, label: KIND_NAMES[value] }))]}
        />
      </Group>
      <DataTable
        what="rules"
        columns={COLUMNS}
        list={list}
        keyOf={({ kind, id }) => `${kind} ${id}`}
        onOpen={({ kind, id }) => void navigate({ to: addressOfRule(kind, id) })}
        empty="No rule fits these filters. Rules come by “lading import”."
      />
    </Stack>
  );
}
