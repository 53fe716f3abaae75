// The way through as a row of stations, each with what it does and what waits there; below, the systems outside.
import { Anchor, Group, Paper, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { PlainTable, toTheRight } from '../../shared/plain-table.tsx';
import { Section } from '../../shared/section.tsx';
import { StateBadge, type Tone } from '../../shared/state-badge.tsx';
import { agoText, countText, Time } from '../../shared/text.tsx';
import type { Overview } from './figures.ts';

type Flow = Overview['flow'];
type Systems = Overview['systems'];

export function WayThrough({ flow, systems, at }: { flow: Flow; systems: Systems; at: string }) {
  const now = Date.parse(at);
  const waiting = systems.reduce((sum, system) => sum + system.waiting + system.unknown, 0);
  const failing = systems.reduce((sum, system) => sum + system.failing, 0);
  const confirmed = systems.reduce((sum, system) => sum + system.confirmed, 0);
  return (
    <Section title="The way through" id="flow">
      <SimpleGrid component="ol" cols={{ base: 1, xs: 2, md: 5 }} className="stations">
        <Station name="Intake" to="/messages" rate={`${countText(flow.received)} messages in the last hour`}>
          {flow.lastReceivedAt === undefined ? 'Nothing received yet' : `last ${agoText(flow.lastReceivedAt, now)}`}
        </Station>
        <Station
          name="Translate"
          to="/exceptions?owner=integration"
          rate={`${countText(flow.untranslated)} waiting`}
          tone={flow.failing > 0 ? 'bad' : flow.untranslated > 1_000 ? 'wait' : 'good'}
        >
          {flow.failing > 0 ? `${countText(flow.failing)} set aside` : 'nothing set aside'}
          {flow.oldestUntranslatedAt !== undefined && `, the oldest came ${agoText(flow.oldestUntranslatedAt, now)}`}
        </Station>
        <Station
          name="Resolve"
          to="/exceptions?kind=unmatched-reference"
          rate={`${countText(flow.waitingFacts)} waiting for a shipment`}
          tone={flow.unmatched > 0 ? 'wait' : 'good'}
        >
          {flow.unmatched > 0 ? `${countText(flow.unmatched)} for more than a day` : 'none for more than a day'}
        </Station>
        <Station name="Apply" to="/shipments" rate={`${countText(flow.applied)} events in the last hour`}>
          {flow.toDecide > 0 ? `${countText(flow.toDecide)} shipments to decide` : 'every shipment is decided'}
        </Station>
        <Station
          name="Deliver"
          to="/connections"
          rate={`${countText(confirmed)} confirmed in the last hour`}
          tone={failing > 0 ? 'bad' : systems.some(({ breaker }) => breaker !== 'closed') ? 'wait' : 'good'}
        >
          {`${countText(waiting)} waiting, ${countText(failing)} refused`}
        </Station>
      </SimpleGrid>
      <SystemTable systems={systems} now={now} />
    </Section>
  );
}

type StationProps = {
  readonly name: string;
  readonly to: string;
  readonly rate: string;
  readonly tone?: Tone;
  readonly children: ReactNode;
};

const SAYS: Readonly<Record<string, string>> = { good: 'runs', wait: 'waits', bad: 'needs somebody' };

function Station({ name, to, rate, tone = 'good', children }: StationProps) {
  const [path = to, query = ''] = to.split('?');
  return (
    <Paper component="li" withBorder p="sm" className="station">
      <Stack gap={4}>
        <Group justify="space-between" wrap="nowrap" gap={4}>
          <Anchor component={Link} to={path} search={Object.fromEntries(new URLSearchParams(query)) as never} fw={600}>
            {name}
          </Anchor>
          <IconChevronRight size={16} aria-hidden className="onward" />
        </Group>
        <Text size="sm">{rate}</Text>
        <Text size="xs" c="dimmed">
          {children}
        </Text>
        <StateBadge state={SAYS[tone]} tone={tone} />
      </Stack>
    </Paper>
  );
}

function SystemTable({ systems, now }: { readonly systems: Systems; readonly now: number }) {
  if (systems.length === 0) {
    return (
      <Text size="sm" c="dimmed" mt="sm">
        No outside system has been sent anything yet.
      </Text>
    );
  }
  return (
    <>
      <Title order={3} size="h6" mt="md" mb={4}>
        Outside systems
      </Title>
      <PlainTable
        label="Outside systems"
        minWidth={560}
        heads={[
          'System',
          'State',
          ...toTheRight('Waiting', 'Unknown', 'Refused', 'Confirmed, last hour'),
          'Last heard',
        ]}
      >
        {systems.map((system) => (
          <Table.Tr key={system.system}>
            <Table.Td>
              <Anchor component={Link} to={`/connections/${system.system}`} size="sm">
                {system.system}
              </Anchor>
            </Table.Td>
            <Table.Td>
              <BreakerState system={system} now={now} />
            </Table.Td>
            <Table.Td ta="right">{countText(system.waiting)}</Table.Td>
            <Table.Td ta="right">{countText(system.unknown)}</Table.Td>
            <Table.Td ta="right">{countText(system.failing)}</Table.Td>
            <Table.Td ta="right">{countText(system.confirmed)}</Table.Td>
            <Table.Td>
              {system.lastSuccessAt === undefined ? 'never' : <Time at={system.lastSuccessAt} isBrief />}
            </Table.Td>
          </Table.Tr>
        ))}
      </PlainTable>
    </>
  );
}

function BreakerState({ system, now }: { readonly system: Systems[number]; readonly now: number }) {
  if (system.breaker === 'closed') return <StateBadge state="answers" tone="good" />;
  const again = system.probeAt === undefined ? '' : `, tried again ${agoText(system.probeAt, now)}`;
  return <StateBadge state={`does not answer${again}`} tone="bad" />;
}
