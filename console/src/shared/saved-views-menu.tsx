// Views of a list that one keeps: its filters and order under a name, on every machine one signs in at.
import { ActionIcon, Button, Group, Menu, Modal, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBookmark, IconTrash } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { answered, api, faultOf } from '../api/client.ts';
import { notify } from './notice.ts';
import type { Filters } from './use-filters.ts';

export type Props = {
  /** Whose views: `shipments`. */
  readonly list: string;
  readonly filters: Filters;
  /** Shows exactly these. */
  readonly apply: (filters: Filters) => void;
};

export default function SavedViewsMenu({ list, filters, apply }: Props) {
  const queries = useQueryClient();
  const [isNaming, naming] = useDisclosure();
  const key = ['views', list];
  const { data } = useQuery({
    queryKey: key,
    queryFn: () => answered(api.GET('/v1/views', { params: { query: { list } } })),
  });
  const act = async (done: Promise<unknown>) => {
    try {
      await done;
      await queries.invalidateQueries({ queryKey: key });
    } catch (error) {
      const { title, detail } = faultOf(error);
      notify({ color: 'red', title, message: detail });
    }
  };
  const keep = (name: string) =>
    act(
      answered(
        api.PUT('/v1/views/{list}/{name}', { params: { path: { list, name } }, body: { query: given(filters) } }),
      ),
    );
  const remove = (name: string) =>
    act(answered(api.DELETE('/v1/views/{list}/{name}', { params: { path: { list, name } } })));
  const views = data?.items ?? [];
  return (
    <>
      <Menu position="bottom-end" defaultOpened>
        <Menu.Target>
          <Button variant="default" leftSection={<IconBookmark size={16} aria-hidden />}>
            Views
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {views.length === 0 && <Menu.Label>No view kept yet</Menu.Label>}
          {views.map(({ name, query }) => (
            <Group key={name} gap={4} wrap="nowrap">
              <Menu.Item onClick={() => apply(query as Filters)}>{name}</Menu.Item>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={`Remove the view ${name}`}
                onClick={() => void remove(name)}
              >
                <IconTrash size={16} />
              </ActionIcon>
            </Group>
          ))}
          <Menu.Divider />
          <Menu.Item onClick={naming.open}>Keep what is shown…</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isNaming && <NameDialog close={naming.close} keep={keep} />}
    </>
  );
}

type DialogProps = { readonly close: () => void; readonly keep: (name: string) => void };

function NameDialog({ close, keep }: DialogProps) {
  const [name, setName] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === '') return;
    keep(name.trim());
    setName('');
    close();
  };
  return (
    <Modal opened onClose={close} title="Keep this view" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form onSubmit={submit}>
        <TextInput
          label="Its name"
          data-autofocus
          maxLength={100}
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <Group justify="flex-end" mt="md">
          <Button type="submit">Keep</Button>
        </Group>
      </form>
    </Modal>
  );
}

function given(filters: Filters): Record<string, string> {
  const entries = Object.entries(filters).filter((entry): entry is [string, string] => (entry[1] ?? '') !== '');
  return Object.fromEntries(entries);
}
