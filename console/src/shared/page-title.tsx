// The head of a page: what it is, how it stands, what can be done; and the title of the window.
import { Group, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';

type Props = {
  readonly title: string;
  /** Beside the title: states and the like. */
  readonly badges?: ReactNode;
  readonly actions?: ReactNode;
};

export function PageTitle({ title, badges, actions }: Props) {
  useEffect(() => {
    document.title = `${title} · Lading`;
  }, [title]);
  return (
    <Group justify="space-between" gap="sm">
      <Group gap="sm">
        <Title order={1} size="h2" className="breakable">
          {title}
        </Title>
        {badges}
      </Group>
      {actions !== undefined && (
        <Group gap="xs" className="no-print">
          {actions}
        </Group>
      )}
    </Group>
  );
}
