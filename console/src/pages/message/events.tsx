// What the message gave: canonical events, each leading to the place that says it and to its shipment.
import { Anchor, Code, Group, Spoiler, Stack, Text } from '@mantine/core';
import { LinkTo } from '../../shared/link-to.tsx';
import { Section } from '../../shared/section.tsx';
import { Empty } from '../../shared/states.tsx';
import { countText } from '../../shared/text.tsx';
import type { View } from './detail.ts';

type Props = {
  readonly events: View['events'];
  readonly count: number;
  readonly go: (offset: number) => void;
};

export function Events({ events, count, go }: Props) {
  return (
    <Section title="What it gave" id="events" count={count}>
      {events.length === 0 && <Empty says="No event: nothing in it could be used." />}
      <Stack gap="md">
        {events.map(({ id, type, shipment, offset, data }) => (
          <div key={id}>
            <Group gap="xs">
              <Text fw={600} size="sm">
                {type}
              </Text>
              {shipment !== undefined && <LinkTo kind="shipments" id={shipment} />}
              {offset !== undefined && (
                <Anchor component="button" size="xs" onClick={() => go(offset)}>
                  byte {offset}
                </Anchor>
              )}
            </Group>
            <Spoiler maxHeight={96} showLabel="Show all" hideLabel="Show less">
              <Code block>{JSON.stringify(data, undefined, 2)}</Code>
            </Spoiler>
          </div>
        ))}
      </Stack>
      {events.length < count && (
        <Text size="sm" c="dimmed" mt="xs">
          The first {countText(events.length)} of {countText(count)}.
        </Text>
      )}
    </Section>
  );
}
