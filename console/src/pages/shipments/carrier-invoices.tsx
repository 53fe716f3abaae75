// What carriers billed for it, beside what was expected.
import { Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { answered, api } from '../../api/client.ts';
import { LinkTo } from '../../shared/link-to.tsx';
import { Section } from '../../shared/section.tsx';
import { StateBadge } from '../../shared/state-badge.tsx';
import { Empty, FaultView, Loading } from '../../shared/states.tsx';
import { moneyText, Time } from '../../shared/text.tsx';

export function CarrierInvoices({ shipment }: { readonly shipment: string }) {
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['carrier-invoices', 'of', shipment],
    queryFn: () => answered(api.GET('/v1/carrier-invoices', { params: { query: { shipment } } })),
  });
  return (
    <Section title="Carrier invoices" id="carrier-invoices" count={data?.items.length}>
      {isPending && <Loading what="carrier invoices" />}
      {error !== null && <FaultView error={error} again={() => void refetch()} />}
      {data?.items.length === 0 && <Empty says="No carrier has billed it yet." />}
      {data?.items.map(({ id, carrier, invoice, currency, billed, expected, verdict, arrivedAt, differences }) => (
        <div key={id}>
          <Group justify="space-between" gap="xs" py={4}>
            <Group gap="xs">
              <LinkTo kind="carrier-invoices" id={id}>
                {carrier} {invoice}
              </LinkTo>
              <StateBadge state={verdict ?? 'waiting'} />
              <Text size="sm" c="dimmed" span>
                <Time at={arrivedAt} />
              </Text>
            </Group>
            <Text size="sm">
              billed {moneyText(billed, currency)}, expected {moneyText(expected, currency)}
            </Text>
          </Group>
          {differences
            .filter((difference) => difference.shipment === shipment)
            .map(({ code, billed: more, expected: than }) => (
              <Text key={code} size="sm" pl="md">
                {code}: billed {moneyText(more, currency)}, expected {moneyText(than, currency)}
              </Text>
            ))}
        </div>
      ))}
    </Section>
  );
}
