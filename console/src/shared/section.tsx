// A part of a page under a heading of its own, with an anchor so that a link can lead to it.
import { Group, Paper, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

type Props = {
  readonly title: string;
  /** Its anchor: `#charges`. */
  readonly id: string;
  /** How many there are, beside the heading. */
  readonly count?: number;
  /** What can be done here; not printed. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
};

export function Section({ title, id, count, actions, children }: Props) {
  const headingId = `${id}-heading`;
  return (
    <Paper component="section" id={id} withBorder className="section" aria-labelledby={headingId}>
      <Group justify="space-between" mb="sm" wrap="nowrap" align="flex-start">
        <Title order={2} size="h4" id={headingId}>
          {title}
          {count !== undefined && (
            <Text span c="dimmed" ml={8} fw={400}>
              {count}
            </Text>
          )}
        </Title>
        {actions !== undefined && <div className="no-print">{actions}</div>}
      </Group>
      {children}
    </Paper>
  );
}
