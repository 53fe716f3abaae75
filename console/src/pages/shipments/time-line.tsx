// How it was to go and how it went: each stop planned and real, in its own zone on hover, and what happened between.
import { Group, SimpleGrid, Text, Timeline } from '@mantine/core';
import { IconCheck, IconClock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { durationText } from '../../shared/days.ts';
import { Nothing } from '../../shared/money-cell.tsx';
import { Section } from '../../shared/section.tsx';
import { Empty } from '../../shared/states.tsx';
import { Time } from '../../shared/text.tsx';
import type { ExplainedShipment, ExplainedStop } from './explained.ts';

const KINDS: Readonly<Record<string, string>> = {
  pickup: 'Pickup',
  delivery: 'Delivery',
  port: 'Port',
  border: 'Border',
};

type Milestone = ExplainedShipment['milestones'][number];

export function TimeLine({ shipment }: { readonly shipment: ExplainedShipment }) {
  const { stops, milestones } = shipment;
  const done = stops.findLastIndex(({ done, arrived }) => done !== undefined || arrived !== undefined);
  return (
    <Section title="Plan and what happened" id="time-line">
      {stops.length === 0 ? (
        <Empty says="Its plan is not known yet." />
      ) : (
        <Timeline active={done} bulletSize={22} lineWidth={2} color="blue">
          {stops.map((stop, index) => (
            <Timeline.Item
              key={stop.sequence}
              bullet={
                stop.done === undefined ? <IconClock size={12} aria-hidden /> : <IconCheck size={12} aria-hidden />
              }
              title={`${stop.sequence}. ${KINDS[stop.kind] ?? stop.kind}: ${stop.place}`}
            >
              <StopTimes stop={stop} />
              <OnTheWay milestones={between(milestones, stops, index)} />
            </Timeline.Item>
          ))}
        </Timeline>
      )}
    </Section>
  );
}

function StopTimes({ stop }: { readonly stop: ExplainedStop }) {
  const { appointment, arrived, done, departed, timezone } = stop;
  return (
    <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="xs" mt={4}>
      <Moment name="Planned">
        {appointment && (
          <>
            <Time at={appointment.from} zone={timezone} isBrief />
            {appointment.to !== undefined && (
              <>
                {' to '}
                <Time at={appointment.to} zone={timezone} isBrief />
              </>
            )}
          </>
        )}
      </Moment>
      <Moment name="Arrived">
        {arrived && (
          <>
            <Time at={arrived.at} zone={timezone} isBrief /> <Against stop={stop} at={arrived.at} />
          </>
        )}
      </Moment>
      <Moment name={done?.milestone.replaceAll('-', ' ') ?? (stop.kind === 'pickup' ? 'Picked up' : 'Delivered')}>
        {done && (
          <>
            <Time at={done.at} zone={timezone} isBrief />{' '}
            {arrived === undefined && <Against stop={stop} at={done.at} />}
          </>
        )}
      </Moment>
      <Moment name="Departed">{departed && <Time at={departed.at} zone={timezone} isBrief />}</Moment>
    </SimpleGrid>
  );
}

function Moment({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <Text size="xs" c="dimmed" className="capital">
        {name}
      </Text>
      <Text size="sm" component="div">
        {children ?? <Nothing />}
      </Text>
    </div>
  );
}

/** After the end of its window, or before its beginning. */
function Against({ stop, at }: { readonly stop: ExplainedStop; readonly at: string }) {
  const { appointment } = stop;
  if (appointment === undefined) return null;
  const minutesAfter = (than: string) => (Date.parse(at) - Date.parse(than)) / 60_000;
  const late = minutesAfter(appointment.to ?? appointment.from);
  const early = -minutesAfter(appointment.from);
  if (late >= 1)
    return (
      <Text span size="sm" fw={600}>
        {durationText(late)} late
      </Text>
    );
  if (early >= 1)
    return (
      <Text span size="sm" c="dimmed">
        {durationText(early)} early
      </Text>
    );
  return (
    <Text span size="sm" c="dimmed">
      on time
    </Text>
  );
}

/** AT702 of X12: nothing out of the ordinary. */
const NORMAL = 'NS';

function OnTheWay({ milestones }: { readonly milestones: readonly Milestone[] }) {
  if (milestones.length === 0) return null;
  return (
    <Group gap="md" mt={6}>
      {milestones.map(({ event, milestone, at, reason }) => (
        <Text key={event} size="sm">
          {milestone.replaceAll('-', ' ')} <Time at={at} isBrief />
          {reason !== undefined && reason !== NORMAL && ` (${reason})`}
        </Text>
      ))}
    </Group>
  );
}

const AT_STOPS = new Set(
  'arrived-pickup picked-up departed-pickup arrived-delivery delivered departed-delivery'.split(' '),
);

/** What happened after this stop and before the next was reached; what came before the first stop is its own. */
function between(milestones: readonly Milestone[], stops: readonly ExplainedStop[], index: number): Milestone[] {
  const begins = (stop: ExplainedStop | undefined) => stop && (stop.arrived?.at ?? stop.done?.at);
  const from = index === 0 ? undefined : begins(stops[index]);
  const following = stops
    .slice(index + 1)
    .map(begins)
    .find((at) => at !== undefined);
  if (index > 0 && from === undefined) return [];
  return milestones.filter(
    ({ milestone, at, standing }) =>
      standing === 'believed' &&
      !AT_STOPS.has(milestone) &&
      (from === undefined || at >= from) &&
      (following === undefined || at < following),
  );
}
