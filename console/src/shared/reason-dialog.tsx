// An act that needs a reason: what it will do, the reason, and yes or no.
import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';

type Props = {
  readonly title: string;
  /** What it will do. */
  readonly says: string;
  /** On the button that does it. */
  readonly does: string;
  readonly isOpen: boolean;
  readonly isBusy: boolean;
  readonly close: () => void;
  readonly submit: (reason: string) => void;
  /** What else is asked. */
  readonly children?: ReactNode;
};

export function ReasonDialog({ title, says, does, isOpen, isBusy, close, submit, children }: Props) {
  const [reason, setReason] = useState('');
  const send = (event: FormEvent) => {
    event.preventDefault();
    submit(reason.trim());
  };
  return (
    <Modal opened={isOpen} onClose={close} title={title} closeButtonProps={{ 'aria-label': 'Close' }}>
      <form onSubmit={send}>
        <Stack gap="sm">
          <Text size="sm">{says}</Text>
          {children}
          <Textarea
            label="Reason"
            required
            data-autofocus
            autosize
            minRows={2}
            maxLength={1_000}
            value={reason}
            onChange={({ currentTarget }) => setReason(currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button type="submit" loading={isBusy} disabled={reason.trim() === ''}>
              {does}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
