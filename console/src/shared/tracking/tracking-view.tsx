// Where a shipment is: one sentence, how far it has come, its stops, and what happened. The same for its customer and for
// whoever was given a link.
import { Paper, Stack, Text } from '@mantine/core';
import { Section } from '../section.tsx';
import { Empty } from '../states.tsx';
import { Time } from '../text.tsx';
import { milestoneInWords, STEPS, statusInWords, stepsDone, stopInWords, type Tracking } from './words.ts';

export function TrackingView({ tracking }: { readonly tracking: Tracking }) {
  return (
    <Stack gap="md">
      <Headline tracking={tracking} />
      <Stops stops={tracking.stops} />
      <Section title="What happened" id="happened">
        {tracking.timeLine.length === 0 && <Empty says="Nothing has been reported yet." />}
        <ol className="happened">
          {tracking.timeLine.map(({ milestone, at, place, timezone }) => (
            <li key={`${milestone} ${at} ${place}`}>
              <Text fw={600} inherit>
                {milestoneInWords(milestone)}
              </Text>
              <Text size="sm" c="dimmed" component="div">
                <Time at={at} zone={timezone} />
                {place !== undefined && ` · ${place}`}
              </Text>
            </li>
          ))}
        </ol>
      </Section>
    </Stack>
  );
}

function Headline({ tracking }: { readonly tracking: Tracking }) {
  const { status, origin, destination, expectedAt, expectedBy, deliveredAt, stops } = tracking;
  const zone = stops.at(-1)?.timezone;
  const done = stepsDone(status);
  return (
    <Paper withBorder component="section" className="section" aria-label="Where it is">
      <Text className="headline">{statusInWords(status)}</Text>
      {origin !== undefined && destination !== undefined && (
        <Text c="dimmed">
          {origin} to {destination}
        </Text>
      )}
      {deliveredAt !== undefined && (
        <Text mt="xs" component="div">
          Delivered <Time at={deliveredAt} zone={zone} />
        </Text>
      )}
      {expectedAt !== undefined && (
        <Text mt="xs" component="div">
          {expectedBy === 'estimate' ? 'Expected' : 'Planned to arrive'}{' '}
          <strong>
            <Time at={expectedAt} zone={zone} />
          </strong>
        </Text>
      )}
      {status !== 'cancelled' && (
        <ol className="steps" aria-label="How far it has come">
          {STEPS.map((step, index) => (
            <li
              key={step}
              className={index < done ? 'done' : undefined}
              aria-current={index === done - 1 ? 'step' : undefined}
            >
              {step}
              {index < done && <span className="unseen">, done</span>}
            </li>
          ))}
        </ol>
      )}
    </Paper>
  );
}

function Stops({ stops }: { readonly stops: Tracking['stops'] }) {
  return (
    <Section title="Stops" id="stops">
      <Stack gap="sm">
        {stops.map(({ sequence, kind, place, timezone, plannedAt, plannedUntil, arrivedAt, doneAt, isFailed }) => (
          <div key={sequence}>
            <Text fw={600} inherit>
              {stopInWords(kind)}: {place}
            </Text>
            <Text size="sm" c="dimmed" component="div">
              {plannedAt !== undefined && (
                <>
                  Planned <Time at={plannedAt} zone={timezone} />
                  {plannedUntil !== undefined && (
                    <>
                      {' until '}
                      <Time at={plannedUntil} zone={timezone} />
                    </>
                  )}
                </>
              )}
              {plannedAt === undefined && arrivedAt === undefined && doneAt === undefined && 'No time is set yet'}
            </Text>
            {arrivedAt !== undefined && (
              <Text size="sm" component="div">
                The driver came <Time at={arrivedAt} zone={timezone} />
              </Text>
            )}
            {doneAt !== undefined && (
              <Text size="sm" component="div">
                {isFailed === true ? 'It did not work out' : kind === 'pickup' ? 'Picked up' : 'Delivered'}{' '}
                <Time at={doneAt} zone={timezone} />
              </Text>
            )}
          </div>
        ))}
      </Stack>
    </Section>
  );
}
