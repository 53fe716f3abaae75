// A customer's invoices: those to be paid, or all of them.

import { Group, SegmentedControl, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { api } from '../../api/client.ts';
import type { components } from '../../api/types.ts';
import { dayText } from '../../shared/days.ts';
import { PageTitle } from '../../shared/page-title.tsx';
import { Money, Time } from '../../shared/text.tsx';
import { useFilters } from '../../shared/use-filters.ts';
import { useList } from '../../shared/use-list.ts';
import { Cards } from './cards.tsx';
import { kindInWords } from './words.ts';

type Invoice = components['schemas']['Invoice'];
type OpenItem = components['schemas']['OpenItem'];

const addressOf = ({ number }: { readonly number: string }) => `/portal/invoices/${encodeURIComponent(number)}`;
const OPEN_COLUMNS = [
  { name: 'Number', text: ({ number }: OpenItem) => number },
  { name: 'Due', text: ({ dueOn }: OpenItem) => dueOn },
  { name: 'Total', text: ({ total }: OpenItem) => total },
  { name: 'To pay', text: ({ open }: OpenItem) => open },
  { name: 'Currency', text: ({ currency }: OpenItem) => currency },
];
const COLUMNS = [
  { name: 'Number', text: ({ number }: Invoice) => number },
  { name: 'Kind', text: ({ kind }: Invoice) => kindInWords(kind) },
  { name: 'Date', text: ({ decidedAt }: Invoice) => decidedAt },
  { name: 'Total', text: ({ total }: Invoice) => total },
  { name: 'Currency', text: ({ currency }: Invoice) => currency },
  { name: 'Shipments', text: ({ shipments }: Invoice) => shipments.join(' ') },
];

const SHOWN = [
  { value: '', label: 'To pay' },
  { value: 'all', label: 'All' },
];

export default function PortalInvoices() {
  const [{ shown = '' }, change] = useFilters();
  return (
    <Stack gap="md">
      <PageTitle title="Your invoices" />
      <SegmentedControl
        aria-label="Show"
        data={SHOWN}
        value={shown === 'all' ? 'all' : ''}
        onChange={(value) => change({ shown: value })}
      />
      {shown === 'all' ? <AllInvoices /> : <OpenInvoices />}
    </Stack>
  );
}

function OpenInvoices() {
  const list = useList<OpenItem>('invoices', { only: 'open' }, ({ only: _, ...query }) =>
    api.GET('/v1/open-items', { params: { query: query as never } }),
  );
  return (
    <Cards
      what="open invoices"
      list={list}
      columns={OPEN_COLUMNS}
      keyOf={({ number }) => number}
      addressOf={addressOf}
      empty="Nothing is to be paid."
    >
      {({ number, kind, dueOn, open, currency }) => (
        <Line number={number} amount={open} currency={currency}>
          {kindInWords(kind)}, {kind === 'credit-note' ? 'to your credit' : `due ${dayText(dueOn)}`}
        </Line>
      )}
    </Cards>
  );
}

function AllInvoices() {
  const list = useList<Invoice>('invoices', { sort: '-decided' }, (query) =>
    api.GET('/v1/invoices', { params: { query: query as never } }),
  );
  return (
    <Cards
      what="invoices"
      list={list}
      columns={COLUMNS}
      keyOf={({ number }) => number}
      addressOf={addressOf}
      empty="Nothing has been invoiced yet."
    >
      {({ number, kind, decidedAt, total, currency }) => (
        <Line number={number} amount={total} currency={currency}>
          {kindInWords(kind)}, <Time at={decidedAt} />
        </Line>
      )}
    </Cards>
  );
}

type LineProps = {
  readonly number: string;
  readonly amount: string;
  readonly currency: string;
  readonly children: ReactNode;
};

function Line({ number, amount, currency, children }: LineProps) {
  return (
    <Group justify="space-between" wrap="nowrap" align="flex-start">
      <div>
        <Text fw={700} inherit>
          {number}
        </Text>
        <Text size="sm" c="dimmed" component="div">
          {children}
        </Text>
      </div>
      <Text fw={700} inherit>
        <Money amount={amount} currency={currency} />
      </Text>
    </Group>
  );
}
