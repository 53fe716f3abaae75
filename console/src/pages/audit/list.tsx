// Who did what, the newest first; and whether the chain of it is whole.
import { Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answered, api } from '../../api/client.ts';
import type { Column } from '../../shared/columns.ts';
import { DataTable } from '../../shared/data-table.tsx';
import { endOfDay, startOfDay } from '../../shared/days.ts';
import { DefinitionList, Fact } from '../../shared/definition-list.tsx';
import { Nothing } from '../../shared/money-cell.tsx';
import { PageTitle } from '../../shared/page-title.tsx';
import { SearchBox } from '../../shared/search-box.tsx';
import { StateBadge } from '../../shared/state-badge.tsx';
import { countText, Time } from '../../shared/text.tsx';
import { type Filters, useFilters } from '../../shared/use-filters.ts';
import { useList } from '../../shared/use-list.ts';

type Entry = {
  readonly id: string;
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly subject?: string;
  readonly detail?: unknown;
  readonly hash: string;
};

const detailOf = ({ detail }: Entry) => (detail === undefined ? undefined : JSON.stringify(detail));

const COLUMNS: readonly Column<Entry>[] = [
  { name: 'When', cell: ({ at }) => <Time at={at} isBrief />, text: ({ at }) => at },
  { name: 'Who', cell: ({ actor }) => actor, text: ({ actor }) => actor },
  { name: 'What', cell: ({ action }) => action, text: ({ action }) => action },
  { name: 'About', cell: ({ subject }) => subject ?? <Nothing />, text: ({ subject }) => subject, wideOnly: true },
  {
    name: 'Detail',
    cell: (entry) => (
      <Text size="sm" lineClamp={1} className="breakable">
        {detailOf(entry)}
      </Text>
    ),
    text: detailOf,
    wideOnly: true,
  },
];

export default function AuditTrail() {
  const [filters, change] = useFilters();
  const [opened, open] = useState<Entry>();
  const list = useList<Entry>('audit', askedFrom(filters), (query) =>
    api.GET('/v1/audit', { params: { query: query as never } }),
  );
  const field = (name: string, label: string, more: object = {}) => (
    <TextInput
      key={`${name} ${filters[name] ?? ''}`}
      label={label}
      defaultValue={filters[name] ?? ''}
      onBlur={({ currentTarget }) => change({ [name]: currentTarget.value.trim() })}
      onKeyDown={({ key, currentTarget }) => key === 'Enter' && change({ [name]: currentTarget.value.trim() })}
      {...more}
    />
  );
  return (
    <Stack>
      <PageTitle title="Audit" badges={<Chain />} />
      <Group align="flex-end">
        <SearchBox
          label="Search"
          placeholder="Who, what, about what"
          value={filters.search ?? ''}
          onChange={(search) => change({ search })}
        />
        {field('actor', 'Who')}
        {field('action', 'What', { placeholder: 'setup, key.add, …' })}
        {field('from', 'From', { type: 'date' })}
        {field('to', 'To', { type: 'date' })}
      </Group>
      <DataTable
        what="audit entries"
        columns={COLUMNS}
        list={list}
        keyOf={({ id }) => id}
        onOpen={open}
        empty="Nothing in the trail fits these filters."
      />
      <Modal
        opened={opened !== undefined}
        onClose={() => open(undefined)}
        title={`Entry ${opened?.id}`}
        size="lg"
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        {opened !== undefined && <Whole entry={opened} />}
      </Modal>
    </Stack>
  );
}

function askedFrom({ from, to, search, actor, action }: Filters): Filters {
  const asked = { search, actor, action, from: startOfDay(from), to: endOfDay(to), newestFirst: 'true' };
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
}

function Whole({ entry }: { readonly entry: Entry }) {
  const { at, actor, action, subject, detail, hash } = entry;
  return (
    <Stack>
      <DefinitionList>
        <Fact name="When">
          <Time at={at} isBrief />
        </Fact>
        <Fact name="Who">{actor}</Fact>
        <Fact name="What">{action}</Fact>
        <Fact name="About">{subject}</Fact>
      </DefinitionList>
      {detail !== undefined && <pre className="bytes">{JSON.stringify(detail, undefined, 2)}</pre>}
      <Text size="xs" c="dimmed" className="mono">
        {hash}
      </Text>
    </Stack>
  );
}

// Each entry's hash covers the one before: the hub walks them all.
function Chain() {
  const { data } = useQuery({
    queryKey: ['audit', 'verification'],
    queryFn: () => answered(api.GET('/v1/audit/verification')),
    staleTime: 60_000,
  });
  if (data === undefined) return <StateBadge state="chain being verified" tone="busy" />;
  if (data.brokenAt === undefined) {
    return <StateBadge state={`chain verified, ${countText(data.entries)} entries`} tone="good" />;
  }
  return <StateBadge state={`chain broken at entry ${data.brokenAt.id}: ${data.brokenAt.reason}`} tone="bad" />;
}
