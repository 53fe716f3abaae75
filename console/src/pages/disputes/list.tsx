// What customers object to: those that wait for us first in mind, each a click from its answer.
import { useNavigate } from '@tanstack/react-router';
import { api } from '../../api/client.ts';
import { SelectField } from '../../plain/field.tsx';
import { Row, Stack } from '../../plain/layout.tsx';
import type { Column } from '../../shared/columns.ts';
import { currencyColumn, customerColumn } from '../../shared/columns.ts';
import { DataTable } from '../../shared/data-table.tsx';
import { type Dispute, standingForUs, subjectOf } from '../../shared/disputes/words.ts';
import { GoTo } from '../../shared/go-to.tsx';
import { LinkTo } from '../../shared/link-to.tsx';
import { PageTitle } from '../../shared/page-title.tsx';
import { StateBadge } from '../../shared/state-badge.tsx';
import { Money, Time } from '../../shared/text.tsx';
import { useFilters } from '../../shared/use-filters.ts';
import { useList } from '../../shared/use-list.ts';

const addressOf = ({ id }: Dispute) => `/disputes/${id}`;

const COLUMNS: readonly Column<Dispute>[] = [
  {
    name: 'What',
    cell: (dispute) => (
      <GoTo to={addressOf(dispute)} className="link breakable">
        {subjectOf(dispute)}
      </GoTo>
    ),
    text: subjectOf,
  },
  customerColumn({ wideOnly: true, sort: undefined }),
  {
    name: 'Invoice',
    wideOnly: true,
    cell: ({ invoice }) => <LinkTo kind="invoices" id={invoice} />,
    text: ({ invoice }) => invoice,
  },
  { name: 'In the ERP', wideOnly: true, cell: ({ erpNumber }) => erpNumber, text: ({ erpNumber }) => erpNumber },
  {
    name: 'Amount',
    align: 'right',
    cell: ({ amount, currency }) => <Money amount={amount} currency={currency} />,
    text: ({ amount }) => amount,
  },
  currencyColumn(),
  { name: 'Stands', cell: (dispute) => <StateBadge state={standingForUs(dispute)} />, text: standingForUs },
  {
    name: 'Last word',
    wideOnly: true,
    cell: ({ saidAt }) => <Time at={saidAt} isBrief />,
    text: ({ saidAt }) => saidAt,
  },
  {
    name: 'Opened',
    wideOnly: true,
    cell: ({ openedAt }) => <Time at={openedAt} isBrief />,
    text: ({ openedAt }) => openedAt,
  },
];

const SHOWN = [
  { value: '', label: 'All' },
  { value: 'us', label: 'Waiting for us' },
  { value: 'customer', label: 'Waiting for the customer' },
  { value: 'closed', label: 'Ended' },
];

export default function DisputeList() {
  const navigate = useNavigate();
  const [{ shown = '', customer, invoice }, change] = useFilters();
  const standing = shown === 'closed' ? { state: 'closed' } : shown === '' ? {} : { waitsFor: shown };
  const list = useList<Dispute>('disputes', { ...standing, customer, invoice }, (query) =>
    api.GET('/v1/customer-disputes', { params: { query: query as never } }),
  );
  return (
    <Stack gap="md">
      <PageTitle title="Disputes of customers" />
      <Row>
        <SelectField label="Show" among={SHOWN} value={shown} onChange={(wanted) => change({ shown: wanted })} />
      </Row>
      <DataTable
        what="disputes"
        columns={COLUMNS}
        list={list}
        keyOf={({ id }) => id}
        onOpen={(dispute) => void navigate({ to: addressOf(dispute) })}
        empty="No customer disputes anything like that."
      />
    </Stack>
  );
}
