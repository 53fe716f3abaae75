// What a customer asked about charges, and how each stands.
import { Group, Stack, Text } from '@mantine/core';
import { api } from '../../api/client.ts';
import { type Dispute, standingInWords, subjectOf } from '../../shared/disputes/words.ts';
import { PageTitle } from '../../shared/page-title.tsx';
import { Money, Time } from '../../shared/text.tsx';
import { useList } from '../../shared/use-list.ts';
import { Cards } from './cards.tsx';

const COLUMNS = [
  { name: 'About', text: subjectOf },
  { name: 'Invoice', text: ({ invoice }: Dispute) => invoice },
  { name: 'Amount', text: ({ amount }: Dispute) => amount },
  { name: 'Currency', text: ({ currency }: Dispute) => currency },
  { name: 'Stands', text: standingInWords },
  { name: 'Asked', text: ({ openedAt }: Dispute) => openedAt },
  { name: 'How it ended', text: ({ outcome }: Dispute) => outcome },
];

export default function PortalQuestions() {
  const list = useList<Dispute>('disputes', {}, (query) =>
    api.GET('/v1/customer-disputes', { params: { query: query as never } }),
  );
  return (
    <Stack gap="md">
      <PageTitle title="Your questions" />
      <Cards
        what="questions"
        list={list}
        columns={COLUMNS}
        keyOf={({ id }) => id}
        addressOf={({ id }) => `/portal/questions/${id}`}
        empty="You have asked nothing. Where a charge looks wrong, open its invoice and say so there."
      >
        {(dispute) => (
          <>
            <Group justify="space-between" gap="xs">
              <Text fw={700} inherit>
                {standingInWords(dispute)}
              </Text>
              <Text inherit>
                <Money amount={dispute.amount} currency={dispute.currency} />
              </Text>
            </Group>
            <Text>{subjectOf(dispute)}</Text>
            <Text size="sm" c="dimmed" component="div">
              Last word <Time at={dispute.saidAt} />
            </Text>
          </>
        )}
      </Cards>
    </Stack>
  );
}
