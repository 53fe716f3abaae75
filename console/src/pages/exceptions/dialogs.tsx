// What is asked before something is done: a reason, a comment, a person.
import { Button, Group, Modal, NativeSelect, Stack, Text, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { answered, api } from '../../api/client.ts';
import { LinkDialog } from './link-dialog.tsx';
import { useWork, type Work } from './work.ts';

export type Asking = 'assign' | 'comment' | 'waive' | 'refuse' | 'release' | 'link';
type Props = {
  readonly asking: Asking | undefined;
  readonly ids: readonly string[];
  readonly close: () => void;
  readonly onDone?: (ids: readonly string[]) => void;
};

const TITLES: Readonly<Record<Asking, string>> = {
  assign: 'Assign',
  comment: 'Comment',
  waive: 'Waive',
  refuse: 'Refuse the adjustment',
  release: 'Release beyond the credit limit',
  link: 'Link to a shipment',
};

const REASONED = {
  waive: { button: 'Waive', about: 'It stays closed until the facts change.' },
  refuse: { button: 'Refuse', about: 'What waits is neither billed nor asked for again.' },
  release: {
    button: 'Release',
    about: 'This shipment is invoiced though it exceeds the limit; others are held against the limit as before.',
  },
} as const;

export function Dialogs({ asking, ids, close, onDone }: Props) {
  const work = useWork();
  const [first] = ids;
  const doIt = async (wanted: Work) => {
    close();
    // Not as the argument itself: without `onDone` it would never be worked out.
    const done = await work(ids, wanted);
    onDone?.(done);
  };
  return (
    <Modal
      opened={asking !== undefined && first !== undefined}
      onClose={close}
      title={asking === undefined ? '' : TITLES[asking]}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {ids.length > 1 && (
        <Text size="sm" c="dimmed" mb="xs">
          {ids.length} exceptions
        </Text>
      )}
      {asking === 'assign' && <Person go={(to) => void doIt({ act: 'assign', to })} />}
      {asking === 'comment' && (
        <Words label="What is to be said" button="Comment" go={(text) => void doIt({ act: 'comment', text })} />
      )}
      {(asking === 'waive' || asking === 'refuse' || asking === 'release') && (
        <Words
          label="Why"
          about={REASONED[asking].about}
          button={REASONED[asking].button}
          go={(reason) => void doIt({ act: asking, reason })}
        />
      )}
      {asking === 'link' && first !== undefined && <LinkDialog id={first} close={close} />}
    </Modal>
  );
}

type WordsProps = {
  readonly label: string;
  readonly about?: string;
  readonly button: string;
  readonly go: (text: string) => void;
};

function Words({ label, about, button, go }: WordsProps) {
  const [text, setText] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() !== '') go(text.trim());
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Textarea
          label={label}
          description={about}
          data-autofocus
          autosize
          minRows={3}
          maxLength={1_000}
          value={text}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
          onKeyDown={({ key, ctrlKey, metaKey, currentTarget }) =>
            key === 'Enter' && (ctrlKey || metaKey) && currentTarget.form?.requestSubmit()
          }
        />
        <Group justify="flex-end">
          <Button type="submit" disabled={text.trim() === ''}>
            {button}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Person({ go }: { readonly go: (to: string | undefined) => void }) {
  const [to, setTo] = useState('me');
  const { data } = useQuery({
    queryKey: ['exceptions', 'assignees'],
    queryFn: () => answered(api.GET('/v1/exceptions/assignees')),
    staleTime: 60_000,
  });
  const people = (data?.items ?? []).map(({ name, displayName, role }) => ({
    value: name,
    label: `${displayName} (${role})`,
  }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    go(to === '' ? undefined : to);
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <NativeSelect
          label="To whom"
          data-autofocus
          value={to}
          onChange={({ currentTarget }) => setTo(currentTarget.value)}
          data={[{ value: 'me', label: 'Me' }, ...people, { value: '', label: 'Nobody' }]}
        />
        <Group justify="flex-end">
          <Button type="submit">Assign</Button>
        </Group>
      </Stack>
    </form>
  );
}
