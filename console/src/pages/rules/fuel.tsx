// Fuel prices by index and week, the newest first.

import { Group, Stack } from '@mantine/core';
import { api } from '../../api/client.ts';
import type { components } from '../../api/types.ts';
import type { Column } from '../../shared/columns.ts';
import { DataTable } from '../../shared/data-table.tsx';
import { dayText } from '../../shared/days.ts';
import { PageTitle } from '../../shared/page-title.tsx';
import { SearchBox } from '../../shared/search-box.tsx';
import { Time } from '../../shared/text.tsx';
import { useFilters } from '../../shared/use-filters.ts';
import { useList } from '../../shared/use-list.ts';

type FuelPrice = components['schemas']['FuelPrice'];

const COLUMNS: readonly Column<FuelPrice>[] = [
  { name: 'Index', cell: ({ index }) => index, text: ({ index }) => index },
  { name: 'From', cell: ({ effective }) => dayText(effective), text: ({ effective }) => effective },
  { name: 'Price', cell: ({ price }) => price, text: ({ price }) => price, align: 'right' },
  {
    name: 'Reported',
    cell: ({ reportedAt }) => <Time at={reportedAt} isBrief />,
    text: ({ reportedAt }) => reportedAt,
    wideOnly: true,
  },
];

export default function FuelPrices() {
  const [filters, change] = useFilters();
  const { index } = filters;
  const asked = { of: 'fuel', ...(index === undefined ? {} : { index }) };
  const list = useList<FuelPrice>('rules', asked, ({ of: _, ...query }) =>
    api.GET('/v1/setup/fuel', { params: { query: query as never } }),
  );
  return (
    <Stack>
      <PageTitle title="Fuel prices" />
      <Group>
        <SearchBox
          label="Index"
          placeholder="As the agreements name it"
          value={index ?? ''}
          onChange={(wanted) => change({ index: wanted })}
        />
      </Group>
      <DataTable
        what="fuel prices"
        columns={COLUMNS}
        list={list}
        keyOf={({ index: of, effective }) => `${of} ${effective}`}
        empty="No fuel price yet. They come by fuel.json or as events."
      />
    </Stack>
  );
}
