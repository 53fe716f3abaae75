// A customer's invoices: first what is to be paid, then all of them.
import { Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { api } from '../../api/client.ts';
import type { components } from '../../api/types.ts';
import { PageTitle } from '../../shared/page-title.tsx';
import { Section } from '../../shared/section.tsx';
import { Money, Time } from '../../shared/text.tsx';
import { useList } from '../../shared/use-list.ts';
import { Cards } from './cards.tsx';
import { dayText, kindInWords } from './words.ts';

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

export default function PortalInvoices() {
  const open = useList<OpenItem>('invoices', { only: 'open' }, ({ only: _, ...query }) =>
    api.GET('/v1/open-items', { params: { query: query as never } }),
  );
  const all = useList<Invoice>('invoices', {}, (query) =>
    api.GET('/v1/invoices', { params: { query: query as never } }),
  );
  return (
    <Stack gap="md">
      <PageTitle title="Your invoices" />
      <Section title="To pay" id="to-pay">
        <Cards
          what="open invoices"
          list={open}
          columns={OPEN_COLUMNS}
          keyOf={({ number }) => number}
          addressOf={addressOf}
          empty="Nothing is to be paid."
        >
          {({ number, kind, dueOn, open: amount, currency }) => (
            <Line number={number} kind={kind} amount={amount} currency={currency}>
              {kind === 'credit-note' ? 'To your credit' : `Due ${dayText(dueOn)}`}
            </Line>
          )}
        </Cards>
      </Section>
      <Section title="All invoices" id="all">
        <Cards
          what="invoices"
          list={all}
          columns={COLUMNS}
          keyOf={({ number }) => number}
          addressOf={addressOf}
          empty="Nothing has been invoiced yet."
        >
          {({ number, kind, decidedAt, total, currency }) => (
            <Line number={number} kind={kind} amount={total} currency={currency}>
              <Time at={decidedAt} />
            </Line>
          )}
        </Cards>
      </Section>
    </Stack>
  );
}

type LineProps = {
  readonly number: string;
  readonly kind: string;
  readonly amount: string;
  readonly currency: string;
  readonly children: ReactNode;
};

function Line({ number, kind, amount, currency, children }: LineProps) {
  return (
    <Group justify="space-between" wrap="nowrap" align="flex-start">
      <div>
        <Text fw={700} inherit>
          {kindInWords(kind)} {number}
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
