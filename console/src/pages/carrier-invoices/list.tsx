// What carriers billed, with verdict and difference; below, what their disputes brought back.
import { Group, Stack, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { api } from '../../api/client.ts';
import type { components } from '../../api/types.ts';
import { useMay } from '../../session/use-session.ts';
import { ClearFilters } from '../../shared/clear-filters.tsx';
import type { Column } from '../../shared/columns.ts';
import { currencyColumn } from '../../shared/columns.ts';
import { DataTable } from '../../shared/data-table.tsx';
import { addressOf, LinkTo } from '../../shared/link-to.tsx';
import { Nothing } from '../../shared/money-cell.tsx';
import { PageTitle } from '../../shared/page-title.tsx';
import { SavedViews } from '../../shared/saved-views.tsx';
import { SearchBox } from '../../shared/search-box.tsx';
import { StateBadge } from '../../shared/state-badge.tsx';
import { StateFilter } from '../../shared/state-filter.tsx';
import { Money, Time } from '../../shared/text.tsx';
import { type Filters, useFilters } from '../../shared/use-filters.ts';
import { useList } from '../../shared/use-list.ts';
import { Recovery } from './recovery.tsx';
import { DISPUTE_STATES, VERDICTS } from './words.ts';

type CarrierInvoice = components['schemas']['CarrierInvoice'];

const COLUMNS: readonly Column<CarrierInvoice>[] = [
  {
    name: 'Invoice',
    sort: 'invoice',
    cell: ({ id, invoice }) => (
      <LinkTo kind="carrier-invoices" id={id}>
        {invoice}
      </LinkTo>
    ),
    text: ({ invoice }) => invoice,
  },
  {
    name: 'Carrier',
    sort: 'carrier',
    wideOnly: true,
    cell: ({ carrier, carrierName }) => carrierName ?? carrier,
    text: ({ carrier, carrierName }) => carrierName ?? carrier,
  },
  {
    name: 'Verdict',
    cell: ({ verdict }) => <StateBadge state={verdict ?? 'waiting'} />,
    text: ({ verdict }) => verdict ?? 'waiting',
  },
  {
    name: 'Dispute',
    wideOnly: true,
    cell: ({ dispute }) => (dispute === undefined ? <Nothing /> : <StateBadge state={dispute} />),
    text: ({ dispute }) => dispute,
  },
  {
    name: 'Issued',
    sort: 'issued',
    wideOnly: true,
    cell: ({ issuedOn }) => issuedOn,
    text: ({ issuedOn }) => issuedOn,
  },
  {
    name: 'Came',
    sort: 'arrived',
    wideOnly: true,
    cell: ({ arrivedAt }) => <Time at={arrivedAt} isBrief />,
    text: ({ arrivedAt }) => arrivedAt,
  },
  {
    name: 'Billed',
    sort: 'billed',
    align: 'right',
    wideOnly: true,
    cell: ({ billed, currency }) => <Money amount={billed} currency={currency} />,
    text: ({ billed }) => billed,
  },
  {
    name: 'Expected',
    align: 'right',
    wideOnly: true,
    cell: ({ expected, currency }) => <Money amount={expected} currency={currency} />,
    text: ({ expected }) => expected,
  },
  {
    name: 'Difference',
    sort: 'difference',
    align: 'right',
    cell: ({ difference, currency }) => (
      <Text span size="sm" fw={/[1-9]/.test(difference) ? 600 : undefined}>
        <Money amount={difference} currency={currency} />
      </Text>
    ),
    text: ({ difference }) => difference,
  },
  currencyColumn(),
];

const WITHOUT_DISPUTES = COLUMNS.filter(({ name }) => name !== 'Dispute');

const NEWEST_FIRST = '-arrived';

export default function CarrierInvoiceList() {
  const may = useMay();
  const seesDisputes = may('disputes:read');
  const navigate = useNavigate();
  const [filters, change, showOnly] = useFilters();
  const { sort = NEWEST_FIRST } = filters;
  const asked = useMemo(() => queryOf({ ...filters, sort }, seesDisputes), [filters, sort, seesDisputes]);
  const list = useList<CarrierInvoice>('carrier-invoices', asked, (query) =>
    api.GET('/v1/carrier-invoices', { params: { query: query as never } }),
  );
  return (
    <Stack gap="md">
      <PageTitle
        title="Carrier invoices"
        actions={<SavedViews list="carrier-invoices" filters={filters} apply={showOnly} />}
      />
      {seesDisputes && <Recovery />}
      <Group align="flex-end" gap="sm" className="no-print">
        <SearchBox
          label="Search"
          placeholder="Invoice, shipment, carrier"
          value={filters.search ?? ''}
          onChange={(search) => change({ search })}
        />
        <StateFilter
          label="Verdict"
          value={filters.verdict}
          among={VERDICTS}
          onChange={(verdict) => change({ verdict })}
        />
        {seesDisputes && (
          <StateFilter
            label="Dispute"
            value={filters.dispute}
            among={DISPUTE_STATES}
            onChange={(dispute) => change({ dispute })}
          />
        )}
        <ClearFilters filters={filters} showOnly={showOnly} />
      </Group>
      <DataTable
        what="carrier invoices"
        columns={seesDisputes ? COLUMNS : WITHOUT_DISPUTES}
        list={list}
        keyOf={({ id }) => id}
        onOpen={({ id }) => void navigate({ to: addressOf('carrier-invoices', id) })}
        sorting={{ by: sort, change: (by) => change({ sort: by }) }}
        empty="No carrier invoice fits these filters. They come by X12 210, CSV or JSON."
        height="max(20rem, calc(100dvh - 22rem))"
      />
    </Stack>
  );
}

function queryOf({ search, verdict, dispute, carrier, shipment, sort }: Filters, seesDisputes: boolean): Filters {
  const asked = { search, verdict, carrier, shipment, sort, dispute: seesDisputes ? dispute : undefined };
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
}
