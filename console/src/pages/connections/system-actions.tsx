// Pause, resume, test: what may be done with an outside system, by those who may.
import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlayerPause, IconPlayerPlay, IconPlugConnected } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { api } from '../../api/client.ts';
import { useMay } from '../../session/use-session.ts';
import { notify } from '../../shared/notice.ts';
import { useAct } from '../../shared/use-act.ts';
import type { System } from './systems.ts';

export function SystemActions({ system }: { readonly system: System }) {
  const may = useMay();
  const { act, isBusy } = useAct(['effects']);
  const [isAsking, asking] = useDisclosure();
  if (!may('connections:write')) return null;
  const path = { params: { path: { system: system.system } } };
  const isPaused = system.heldSince !== undefined;
  const test = async () => {
    const answer = await act(api.POST('/v1/systems/{system}/test', path));
    if (answer === undefined) return;
    const title = answer.answers ? `${system.system} answers` : `${system.system} does not answer`;
    const message = answer.answers ? `It took ${answer.milliseconds} ms.` : answer.reason;
    notify({ color: answer.answers ? 'teal' : 'red', title, message });
  };
  return (
    <Group gap="xs" className="no-print">
      {system.isConnected && (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlugConnected size={16} aria-hidden />}
          loading={isBusy}
          onClick={() => void test()}
        >
          Test
        </Button>
      )}
      {isPaused ? (
        <Button
          size="compact-sm"
          leftSection={<IconPlayerPlay size={16} aria-hidden />}
          loading={isBusy}
          onClick={() => void act(api.POST('/v1/systems/{system}/resume', path), () => `${system.system} goes on.`)}
        >
          Resume
        </Button>
      ) : (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlayerPause size={16} aria-hidden />}
          onClick={asking.open}
        >
          Pause
        </Button>
      )}
      <PauseForm system={system} isShown={isAsking} close={asking.close} />
    </Group>
  );
}

type FormProps = { readonly system: System; readonly isShown: boolean; readonly close: () => void };

function PauseForm({ system: { system }, isShown, close }: FormProps) {
  const { act, isBusy } = useAct(['effects']);
  const [reason, setReason] = useState('');
  const pause = async (event: FormEvent) => {
    event.preventDefault();
    const body = reason.trim() === '' ? {} : { reason: reason.trim() };
    const done = await act(
      api.POST('/v1/systems/{system}/pause', { params: { path: { system } }, body }),
      () => `${system} is paused.`,
    );
    if (done !== undefined) close();
  };
  return (
    <Modal opened={isShown} onClose={close} title={`Pause ${system}`} closeButtonProps={{ 'aria-label': 'Close' }}>
      <Stack component="form" onSubmit={(event) => void pause(event as FormEvent)}>
        <Text size="sm">
          What is wanted there waits in its order until somebody resumes it. What is under way is finished.
        </Text>
        <TextInput
          label="Why"
          maxLength={1_000}
          value={reason}
          data-autofocus
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
        />
        <Button type="submit" loading={isBusy}>
          Pause {system}
        </Button>
      </Stack>
    </Modal>
  );
}
