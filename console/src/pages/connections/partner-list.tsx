// Partners by when each was last heard; filters live in the address.
import { Chip, Group } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { api } from '../../api/client.ts';
import type { components } from '../../api/types.ts';
import type { Column } from '../../shared/columns.ts';
import { DataTable } from '../../shared/data-table.tsx';
import { durationText } from '../../shared/days.ts';
import { Nothing } from '../../shared/money-cell.tsx';
import { PartnerName } from '../../shared/partner-name.tsx';
import { SearchBox } from '../../shared/search-box.tsx';
import { Section } from '../../shared/section.tsx';
import { countText, Reference, Time } from '../../shared/text.tsx';
import { useFilters } from '../../shared/use-filters.ts';
import { useList } from '../../shared/use-list.ts';
import { Hearing, hearingOf } from './health.tsx';

type Partner = components['schemas']['PartnerConnection'];

const COLUMNS: readonly Column<Partner>[] = [
  { name: 'Partner', cell: ({ partner, name }) => <PartnerName id={partner} name={name} />, text: ({ name }) => name },
  {
    name: 'Id',
    cell: ({ partner }) => <Reference>{partner}</Reference>,
    text: ({ partner }) => partner,
    wideOnly: true,
  },
  { name: 'Roles', cell: ({ roles }) => roles.join(', '), text: ({ roles }) => roles.join(', '), wideOnly: true },
  {
    name: 'Last heard',
    cell: ({ lastHeardAt }) => (lastHeardAt === undefined ? <Nothing /> : <Time at={lastHeardAt} isBrief />),
    text: ({ lastHeardAt }) => lastHeardAt,
  },
  {
    name: 'To be heard every',
    cell: ({ silentAfterMinutes: minutes }) => (minutes === undefined ? <Nothing /> : durationText(minutes)),
    text: ({ silentAfterMinutes: minutes }) => minutes?.toString(),
    wideOnly: true,
  },
  { name: 'State', cell: (partner) => <Hearing partner={partner} />, text: hearingOf },
  {
    name: 'Problems',
    cell: ({ problems }) => countText(problems),
    text: ({ problems }) => String(problems),
    align: 'right',
    wideOnly: true,
  },
];

export function PartnerList() {
  const [filters, change] = useFilters();
  const navigate = useNavigate();
  const { search, silent } = filters;
  const asked = { ...(search === undefined ? {} : { search }), ...(silent === undefined ? {} : { silent }) };
  const list = useList<Partner>('messages', { ...asked, of: 'partners' }, ({ of: _, ...query }) =>
    api.GET('/v1/connections/partners', { params: { query: query as never } }),
  );
  return (
    <Section title="Partners" id="partners">
      <Group align="flex-end" mb="sm">
        <SearchBox
          label="Search"
          placeholder="Id or name"
          value={search ?? ''}
          onChange={(wanted) => change({ search: wanted })}
        />
        <Chip checked={silent === 'true'} onChange={(on) => change({ silent: on ? 'true' : undefined })}>
          Silent
        </Chip>
      </Group>
      <DataTable
        what="partners"
        columns={COLUMNS}
        list={list}
        keyOf={({ partner }) => partner}
        onOpen={({ partner }) => void navigate({ to: `/connections/partners/${encodeURIComponent(partner)}` })}
        empty={silent === 'true' ? 'No partner is silent.' : 'No partner fits. Partners come by “lading import”.'}
        height="60dvh"
      />
    </Section>
  );
}
