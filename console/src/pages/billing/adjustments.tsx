// Adjustments that wait for somebody: each opens to its differences, how they came about, and what they rest on.
import { Button, Group, Stack, Text } from '@mantine/core';
import { api } from '../../api/client.ts';
import type { components } from '../../api/types.ts';
import { LinkTo } from '../../shared/link-to.tsx';
import { Reveal } from '../../shared/reveal.tsx';
import { Section } from '../../shared/section.tsx';
import { Empty, FaultView, Loading } from '../../shared/states.tsx';
import { Time } from '../../shared/text.tsx';
import { useFilters } from '../../shared/use-filters.ts';
import { useList } from '../../shared/use-list.ts';
import { Adjustment } from './adjustment.tsx';

type Exception = components['schemas']['Exception'];

export function Adjustments() {
  const [{ exception: chosen }] = useFilters();
  const list = useList<Exception>('exceptions', { kind: 'adjustment-approval', state: 'open' }, (query) =>
    api.GET('/v1/exceptions', { params: { query: query as never } }),
  );
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = list;
  if (isPending) return <Loading what="adjustments" />;
  if (error !== null) return <FaultView error={error} again={() => void refetch()} />;
  const rows = data.pages.flatMap(({ items }) => items);
  return (
    <Section title="Adjustments to approve" id="adjustments" count={rows.length}>
      {rows.length === 0 && <Empty says="No adjustment waits for approval." />}
      <Stack gap={0}>
        {rows.map((row) => (
          <Reveal key={row.id} line={<Head row={row} />} isOpenAtFirst={rows.length === 1 || row.id === chosen}>
            <Adjustment id={row.id} shipment={row.shipment ?? row.subject} />
            {row.shipment !== undefined && (
              <Text size="sm" pb="sm">
                <LinkTo kind="shipments" id={row.shipment}>
                  The whole shipment
                </LinkTo>
              </Text>
            )}
          </Reveal>
        ))}
      </Stack>
      {hasNextPage && (
        <Button variant="subtle" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          More
        </Button>
      )}
    </Section>
  );
}

function Head({ row: { subject, detail, openedAt, dueAt } }: { readonly row: Exception }) {
  return (
    <Group justify="space-between" gap="xs">
      <Text span size="sm" className="breakable">
        <Text span fw={600} className="mono" size="sm">
          {subject}
        </Text>{' '}
        {detail}
      </Text>
      <Text span size="xs" c="dimmed">
        since <Time at={openedAt} isBrief />, due <Time at={dueAt} isBrief />
      </Text>
    </Group>
  );
}
