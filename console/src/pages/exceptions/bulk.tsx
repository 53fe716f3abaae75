// What is picked, and what can be done about all of it at once.
import { Button, Group, Text } from '@mantine/core';
import { useMay } from '../../session/use-session.ts';
import type { InboxState } from './use-inbox.ts';

type Props = Pick<InboxState, 'picked' | 'ask' | 'clear' | 'now'>;

export function Bulk({ picked, ask, clear, now }: Props) {
  const may = useMay();
  if (picked.size === 0) {
    return (
      <Text size="sm" c="dimmed" className="no-print" visibleFrom="sm">
        j and k go up and down, x selects, ? shows all keys.
      </Text>
    );
  }
  return (
    <Group gap="xs" className="no-print" role="toolbar" aria-label="Selected exceptions">
      <Text size="sm" fw={600} role="status">
        {picked.size} selected
      </Text>
      {may('exceptions:work') && (
        <>
          <Button size="compact-sm" variant="light" onClick={() => now({ act: 'assign', to: 'me' })}>
            Assign to me
          </Button>
          <Button size="compact-sm" variant="light" onClick={() => ask('assign')}>
            Assign…
          </Button>
          <Button size="compact-sm" variant="light" onClick={() => ask('comment')}>
            Comment…
          </Button>
          <Button size="compact-sm" variant="light" onClick={() => ask('waive')}>
            Waive…
          </Button>
        </>
      )}
      {may('exceptions:approve') && (
        <>
          <Button size="compact-sm" variant="light" onClick={() => now({ act: 'approve' })}>
            Approve
          </Button>
          <Button size="compact-sm" variant="light" onClick={() => ask('refuse')}>
            Refuse…
          </Button>
        </>
      )}
      <Button size="compact-sm" variant="subtle" onClick={clear}>
        Select none
      </Button>
    </Group>
  );
}
