// What people did about an exception and said of it, and the place to say more.

import { Button, Group, Stack, Text, Textarea, Timeline } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useMay } from '../../session/use-session.ts';
import { ActorName } from '../../shared/actor-name.tsx';
import { Section } from '../../shared/section.tsx';
import { Time } from '../../shared/text.tsx';
import { type ExceptionDetail, useWork } from './work.ts';

type Entry = ExceptionDetail['history'][number];

export function History({ id, history }: { readonly id: string; readonly history: readonly Entry[] }) {
  return (
    <Section title="History" id="history" count={history.length}>
      <Stack>
        {history.length === 0 && (
          <Text c="dimmed" size="sm">
            Nobody did or said anything about it yet.
          </Text>
        )}
        <Timeline bulletSize={14} lineWidth={2} active={history.length}>
          {history.map((entry, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: what was done never changes its place
            <Timeline.Item key={index} title={titleOf(entry)}>
              {entry.says !== undefined && <Text className="breakable said">{entry.says}</Text>}
              <Text size="sm" c="dimmed">
                <ActorName actor={entry.actor} />, <Time at={entry.at} />
              </Text>
            </Timeline.Item>
          ))}
        </Timeline>
        <Say id={id} />
      </Stack>
    </Section>
  );
}

function titleOf({ act, detail = {} }: Entry): string {
  const { to, shipment, message } = detail;
  if (act === 'assigned') return typeof to === 'string' ? `Assigned to ${to}` : 'Assigned to nobody';
  if (act === 'linked') return `Linked to shipment ${String(shipment)}`;
  if (act === 'mended') return `Mended by message ${String(message)}`;
  if (act === 'commented') return 'Comment';
  return act.charAt(0).toUpperCase() + act.slice(1);
}

function Say({ id }: { readonly id: string }) {
  const may = useMay();
  const work = useWork();
  const [text, setText] = useState('');
  if (!may('exceptions:work')) return null;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const done = await work([id], { act: 'comment', text: text.trim() });
    if (done.length > 0) setText('');
  };
  return (
    <form onSubmit={(event) => void submit(event)} className="no-print">
      <Textarea
        label="Comment"
        autosize
        minRows={2}
        maxLength={4_000}
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      <Group justify="flex-end" mt="xs">
        <Button type="submit" size="xs" disabled={text.trim() === ''}>
          Comment
        </Button>
      </Group>
    </form>
  );
}
