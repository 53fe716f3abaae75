// One order: each line ordered, planned, delivered, invoiced, and by which shipments.
import { Group, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { answered, api } from '../../api/client.ts';
import type { components } from '../../api/types.ts';
import { DefinitionList, Fact } from '../../shared/definition-list.tsx';
import { LinkTo } from '../../shared/link-to.tsx';
import { Nothing } from '../../shared/money-cell.tsx';
import { PageTitle } from '../../shared/page-title.tsx';
import { PlainTable, toTheRight } from '../../shared/plain-table.tsx';
import { Section } from '../../shared/section.tsx';
import { StateBadge } from '../../shared/state-badge.tsx';
import { Empty, FaultView, Loading } from '../../shared/states.tsx';
import { Money, Time } from '../../shared/text.tsx';

type Order = components['schemas']['OrderDetail'];

export default function OrderPage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['shipments', 'order', id],
    queryFn: () => answered(api.GET('/v1/orders/{order}', { params: { path: { order: id } } })),
  });
  if (isPending) return <Loading what={`order ${id}`} />;
  if (error !== null) return <FaultView error={error} again={() => void refetch()} />;
  // A number may be used by several customers: each has its own order.
  return (
    <Stack gap="xl">
      {data.items.map((order) => (
        <OneOrder key={order.customer} order={order} />
      ))}
    </Stack>
  );
}

function OneOrder({ order }: { readonly order: Order }) {
  const { customer, customerName, currency, placedAt, shipTo, legalEntity, value } = order;
  const where = [shipTo.name, shipTo.city, shipTo.region, shipTo.postal, shipTo.country].filter(Boolean).join(', ');
  const money = (amount: string) => <Money amount={amount} currency={currency} />;
  return (
    <Stack gap="md">
      <PageTitle title={`Order ${order.order}`} badges={<StateBadge state={order.status} />} />
      <Section title="Summary" id={`summary-${customer}`}>
        <DefinitionList>
          <Fact name="Customer">{customerName ?? customer}</Fact>
          <Fact name="Placed">
            <Time at={placedAt} />
          </Fact>
          <Fact name="Ship to">{where}</Fact>
          <Fact name="Legal entity">{legalEntity}</Fact>
          <Fact name="Ordered">{money(value.ordered)}</Fact>
          <Fact name="Planned">{money(value.planned)}</Fact>
          <Fact name="Delivered">{money(value.delivered)}</Fact>
          <Fact name="Invoiced">{money(value.invoiced)}</Fact>
        </DefinitionList>
      </Section>
      <Lines order={order} />
      <Shipments order={order} />
      <Section title="Invoices" id={`invoices-${customer}`} count={order.invoices.length}>
        {order.invoices.length === 0 && <Empty says="Its goods are on no invoice yet." />}
        {order.invoices.map(({ number, kind, state }) => (
          <Group key={number} gap="xs" py={2}>
            <LinkTo kind="invoices" id={number} />
            <Text size="sm">{kind.replaceAll('-', ' ')}</Text>
            <StateBadge state={state} />
          </Group>
        ))}
      </Section>
    </Stack>
  );
}

const NUMBERS = ['Ordered', 'Planned', 'Delivered', 'Invoiced'] as const;

function Lines({ order: { customer, lines, currency } }: { readonly order: Order }) {
  return (
    <Section title="Lines" id={`lines-${customer}`} count={lines.length}>
      {lines.length === 0 && <Empty says="It has no lines: nothing of its goods is billed." />}
      <PlainTable
        label="Lines"
        minWidth={620}
        heads={['Line', 'Item', ...toTheRight('Price', ...NUMBERS), 'Shipments']}
      >
        {lines.map((line) => (
          <Table.Tr key={line.line}>
            <Table.Td>{line.line}</Table.Td>
            <Table.Td>
              {line.description ?? line.sku ?? <Nothing />}
              {line.description !== undefined && line.sku !== undefined && (
                <Text size="xs" c="dimmed">
                  {line.sku}
                </Text>
              )}
            </Table.Td>
            <Table.Td ta="right">
              <Money amount={line.unitPrice} currency={currency} />
            </Table.Td>
            {[line.ordered, line.planned, line.delivered, line.invoiced].map((quantity, index) => (
              <Table.Td key={NUMBERS[index]} ta="right">
                {quantity} {index === 0 ? line.unit : ''}
              </Table.Td>
            ))}
            <Table.Td>
              {line.shipments.map(({ shipment, kept }) => (
                <Group key={shipment} gap={4} wrap="nowrap">
                  <LinkTo kind="shipments" id={shipment} />
                  <Text size="xs" c="dimmed">
                    {kept}
                  </Text>
                </Group>
              ))}
            </Table.Td>
          </Table.Tr>
        ))}
      </PlainTable>
    </Section>
  );
}

function Shipments({ order: { customer, shipments } }: { readonly order: Order }) {
  return (
    <Section title="Shipments" id={`shipments-${customer}`} count={shipments.length}>
      {shipments.length === 0 && <Empty says="No shipment is planned for it yet." />}
      {shipments.map(({ shipment, status, billing }) => (
        <Group key={shipment} gap="xs" py={2}>
          <LinkTo kind="shipments" id={shipment} />
          <StateBadge state={status} />
          <StateBadge state={billing} />
        </Group>
      ))}
    </Section>
  );
}
