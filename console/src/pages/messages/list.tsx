// Every message that came in, the newest first, with what became of it.
import { useNavigate } from '@tanstack/react-router';
import { api } from '../../api/client.ts';
import type { components } from '../../api/types.ts';
import { SelectField, TextField } from '../../plain/field.tsx';
import { Row, Stack } from '../../plain/layout.tsx';
import type { Column } from '../../shared/columns.ts';
import { DataTable } from '../../shared/data-table.tsx';
import { addressOf, LinkTo } from '../../shared/link-to.tsx';
import { PageTitle } from '../../shared/page-title.tsx';
import { PartnerName } from '../../shared/partner-name.tsx';
import { SearchBox } from '../../shared/search-box.tsx';
import { StateBadge } from '../../shared/state-badge.tsx';
import { countText, Time } from '../../shared/text.tsx';
import { useFilters } from '../../shared/use-filters.ts';
import { useList } from '../../shared/use-list.ts';

type Message = components['schemas']['Message'];

const COLUMNS: readonly Column<Message>[] = [
  { name: 'Message', heading: 'No.', cell: ({ id }) => <LinkTo kind="messages" id={id} />, text: ({ id }) => id },
  {
    name: 'Received',
    cell: ({ receivedAt }) => <Time at={receivedAt} isBrief />,
    text: ({ receivedAt }) => receivedAt,
  },
  {
    name: 'From',
    cell: ({ sender, partner, senderName }) => <PartnerName id={sender ?? partner} name={senderName} />,
    text: ({ sender, partner, senderName }) => senderName ?? sender ?? partner,
  },
  { name: 'Verdict', cell: ({ verdict }) => <StateBadge state={verdict} />, text: ({ verdict }) => verdict },
  { name: 'Kind', cell: ({ kind }) => kind, text: ({ kind }) => kind, wideOnly: true },
  { name: 'Came by', cell: ({ channel }) => channel, text: ({ channel }) => channel, wideOnly: true },
  { name: 'File', cell: ({ fileName }) => fileName, text: ({ fileName }) => fileName, wideOnly: true },
  {
    name: 'Events',
    cell: ({ events }) => countText(events),
    text: ({ events }) => String(events),
    align: 'right',
    wideOnly: true,
  },
  {
    name: 'What is wrong',
    cell: ({ problems }) => problems?.[0]?.detail,
    text: ({ problems }) => problems?.map(({ detail }) => detail).join('; '),
    wideOnly: true,
  },
];

const VERDICTS = ['received', 'applied', 'waiting', 'duplicate', 'quarantined'];

export default function MessageList() {
  const [filters, change] = useFilters();
  const navigate = useNavigate();
  const list = useList<Message>('messages', filters, (query) =>
    api.GET('/v1/messages', { params: { query: query as never } }),
  );
  return (
    <Stack>
      <PageTitle title="Messages" />
      <Row align="flex-end">
        <SearchBox label="From" value={filters.search ?? ''} onChange={(search) => change({ search })} />
        <SelectField
          label="Verdict"
          value={filters.verdict ?? ''}
          onChange={(verdict) => change({ verdict })}
          among={[{ value: '', label: 'any' }, ...VERDICTS]}
        />
        <TextField
          label="Kind"
          placeholder="x12, json, …"
          value={filters.kind ?? ''}
          onChange={(event) => change({ kind: event.currentTarget.value.trim() })}
        />
      </Row>
      <DataTable
        what="messages"
        columns={COLUMNS}
        list={list}
        keyOf={({ id }) => id}
        onOpen={({ id }) => void navigate({ to: addressOf('messages', id) })}
        empty="No message fits these filters."
      />
    </Stack>
  );
}
