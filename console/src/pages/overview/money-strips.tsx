// Where the money is, by currency: each figure leads to the list behind it.
import { Anchor, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Section } from '../../shared/section.tsx';
import { StateBadge } from '../../shared/state-badge.tsx';
import { Empty } from '../../shared/states.tsx';
import { Money, moneyText, Time } from '../../shared/text.tsx';
import type { Overview } from './figures.ts';

type Strip = Overview['money'][number];
type Figure = {
  readonly name: string;
  readonly says: string;
  readonly of: (strip: Strip) => string;
  readonly to: string;
  readonly search?: Readonly<Record<string, string>>;
};

const FIGURES: readonly Figure[] = [
  {
    name: 'Expected',
    says: 'not due yet',
    of: ({ expected }) => expected,
    to: '/shipments',
    search: { billing: 'not-due' },
  },
  {
    name: 'Delivered, not invoiced',
    says: 'by its reasons below',
    of: ({ unbilled }) => unbilled,
    to: '/shipments',
    search: { unbilled: 'true' },
  },
  {
    name: 'Held',
    says: 'of it: somebody must act',
    of: ({ held }) => held,
    to: '/shipments',
    search: { billing: 'held' },
  },
  { name: 'Invoiced', says: 'posted, less credit notes', of: ({ invoiced }) => invoiced, to: '/billing' },
  { name: 'Disputed', says: 'by customers', of: ({ inDispute }) => inDispute, to: '/disputes' },
  {
    name: 'Open receivables',
    says: 'with tax',
    of: ({ receivables }) => receivables,
    to: '/billing',
    search: { view: 'receivables' },
  },
  { name: 'Overdue', says: 'of them', of: ({ overdue }) => overdue, to: '/billing', search: { view: 'receivables' } },
];

export function MoneyStrips({ money, holds, at }: { money: readonly Strip[]; holds: boolean; at: string }) {
  return (
    <Section title="The money" id="money" actions={<Proof holds={holds} at={at} />}>
      {money.length === 0 && <Empty says="No charge has been decided yet." />}
      <Stack>
        {money.map((strip) => (
          <div key={strip.currency}>
            <Title order={3} size="h6" mb={4}>
              {strip.currency}
            </Title>
            <SimpleGrid cols={{ base: 2, sm: 3, lg: 7 }} spacing="sm">
              {FIGURES.map((figure) => (
                <div key={figure.name}>
                  <Text size="xs" c="dimmed">
                    {figure.name}
                  </Text>
                  <Anchor
                    component={Link}
                    to={figure.to}
                    search={(figure.search ?? {}) as never}
                    aria-label={`${figure.name}: ${moneyText(figure.of(strip), strip.currency)}`}
                    fw={600}
                    size="lg"
                  >
                    <Money amount={figure.of(strip)} currency={strip.currency} />
                  </Anchor>
                  <Text size="xs" c="dimmed">
                    {figure.says}
                  </Text>
                </div>
              ))}
            </SimpleGrid>
          </div>
        ))}
      </Stack>
    </Section>
  );
}

function Proof({ holds, at }: { readonly holds: boolean; readonly at: string }) {
  return (
    <Group gap={6} wrap="nowrap">
      <StateBadge state={holds ? 'every charge accounted for' : 'charges deviate'} tone={holds ? 'good' : 'bad'} />
      <Text size="xs" c="dimmed" visibleFrom="sm">
        <Time at={at} />
      </Text>
    </Group>
  );
}
