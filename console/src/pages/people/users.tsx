// People who sign in: added, given a new password, disabled.
import { Button, Group, Modal, PasswordInput, Stack, Table, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { answered, api } from '../../api/client.ts';
import type { components } from '../../api/types.ts';
import { ListFoot } from '../../shared/list-foot.tsx';
import { PlainTable } from '../../shared/plain-table.tsx';
import { Section } from '../../shared/section.tsx';
import { StateBadge } from '../../shared/state-badge.tsx';
import { FaultView, Loading } from '../../shared/states.tsx';
import { Time } from '../../shared/text.tsx';
import { useAct } from '../../shared/use-act.ts';
import { asAsked, RoleFields, type Wanted } from './role-fields.tsx';

type User = components['schemas']['User'];
type Asked = 'add' | { readonly act: 'password' | 'disable'; readonly name: string };

const stateOf = ({ disabledAt, lockedUntil }: User) => {
  if (disabledAt !== undefined) return 'disabled';
  return lockedUntil !== undefined && Date.parse(lockedUntil) > Date.now() ? 'locked' : 'may sign in';
};

const CSV = [
  { name: 'User', text: ({ name }: User) => name, cell: () => null },
  { name: 'Name', text: ({ displayName }: User) => displayName, cell: () => null },
  { name: 'Role', text: ({ role }: User) => role, cell: () => null },
  { name: 'Partner', text: ({ partner }: User) => partner, cell: () => null },
  { name: 'State', text: stateOf, cell: () => null },
  { name: 'Since', text: ({ createdAt }: User) => createdAt, cell: () => null },
];

export function UserList() {
  const [asked, ask] = useState<Asked>();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['people', 'users'],
    queryFn: async () => (await answered(api.GET('/v1/users'))).items,
  });
  const close = () => ask(undefined);
  return (
    <Section
      title="People"
      id="people"
      count={data?.length}
      actions={
        <Button size="compact-sm" onClick={() => ask('add')}>
          Add somebody
        </Button>
      }
    >
      {isPending && <Loading what="people" />}
      {error !== null && <FaultView error={error} again={() => void refetch()} />}
      {data !== undefined && <UserTable users={data} ask={ask} />}
      {data !== undefined && <ListFoot what="people" rows={data} columns={CSV} hasMore={false} isLoadingMore={false} />}
      {asked === 'add' && <AddUser close={close} />}
      {asked !== undefined && asked !== 'add' && asked.act === 'password' && (
        <NewPassword name={asked.name} close={close} />
      )}
      {asked !== undefined && asked !== 'add' && asked.act === 'disable' && <Disable name={asked.name} close={close} />}
    </Section>
  );
}

function UserTable({ users, ask }: { readonly users: readonly User[]; readonly ask: (asked: Asked) => void }) {
  return (
    <PlainTable label="People" minWidth={820} heads={['User', 'Name', 'Role', 'State', 'Since', 'Acts']}>
      {users.map((user) => (
        <Table.Tr key={user.name}>
          <Table.Td className="mono nowrap">{user.name}</Table.Td>
          <Table.Td>{user.displayName}</Table.Td>
          <Table.Td>{user.partner === undefined ? user.role : `${user.role} of ${user.partner}`}</Table.Td>
          <Table.Td>
            <StateBadge state={stateOf(user)} tone={stateOf(user) === 'may sign in' ? 'good' : 'bad'} />
          </Table.Td>
          <Table.Td>
            <Time at={user.createdAt} isBrief />
          </Table.Td>
          <Table.Td>
            <Group gap={4} wrap="nowrap">
              <Button
                size="compact-xs"
                variant="default"
                aria-label={`New password for ${user.name}`}
                onClick={() => ask({ act: 'password', name: user.name })}
              >
                New password
              </Button>
              {user.disabledAt === undefined && (
                <Button
                  size="compact-xs"
                  variant="default"
                  aria-label={`Disable ${user.name}`}
                  onClick={() => ask({ act: 'disable', name: user.name })}
                >
                  Disable
                </Button>
              )}
            </Group>
          </Table.Td>
        </Table.Tr>
      ))}
    </PlainTable>
  );
}

const CLOSE = { 'aria-label': 'Close' };

function AddUser({ close }: { readonly close: () => void }) {
  const { act, isBusy } = useAct(['people']);
  const [name, setName] = useState('');
  const [displayName, setDisplayName] = useState('');
  const [password, setPassword] = useState('');
  const [wanted, setWanted] = useState<Wanted>({ role: 'operations', partner: '' });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const shown = displayName.trim() === '' ? {} : { displayName: displayName.trim() };
    const body = { name: name.trim(), ...shown, password, ...asAsked(wanted) };
    if (await act(api.POST('/v1/users', { body }), (made) => `${made.name} may sign in.`)) close();
  };
  return (
    <Modal opened onClose={close} title="Add somebody" closeButtonProps={CLOSE}>
      <Stack component="form" onSubmit={(event) => void submit(event as FormEvent)}>
        <TextInput
          label="User name"
          description="Small letters, digits, dots, dashes"
          required
          data-autofocus
          autoComplete="off"
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <TextInput
          label="Name"
          value={displayName}
          onChange={({ currentTarget }) => setDisplayName(currentTarget.value)}
        />
        <RoleFields wanted={wanted} change={setWanted} />
        <Password value={password} change={setPassword} />
        <Button type="submit" loading={isBusy}>
          Add
        </Button>
      </Stack>
    </Modal>
  );
}

function Password({ value, change }: { readonly value: string; readonly change: (value: string) => void }) {
  return (
    <PasswordInput
      label="Password"
      required
      autoComplete="new-password"
      value={value}
      onChange={({ currentTarget }) => change(currentTarget.value)}
    />
  );
}

type OfUser = { readonly name: string; readonly close: () => void };

function NewPassword({ name, close }: OfUser) {
  const { act, isBusy } = useAct(['people']);
  const [password, setPassword] = useState('');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const path = { params: { path: { name } }, body: { password } };
    if (await act(api.PUT('/v1/users/{name}/password', path), () => `${name} has a new password.`)) close();
  };
  return (
    <Modal opened onClose={close} title={`New password for ${name}`} closeButtonProps={CLOSE}>
      <Stack component="form" onSubmit={(event) => void submit(event as FormEvent)}>
        <Text size="sm">It ends the sessions of {name}, and a lock.</Text>
        <Password value={password} change={setPassword} />
        <Button type="submit" loading={isBusy}>
          Change it
        </Button>
      </Stack>
    </Modal>
  );
}

function Disable({ name, close }: OfUser) {
  const { act, isBusy } = useAct(['people']);
  const disable = async () => {
    const path = { params: { path: { name } } };
    if (await act(api.DELETE('/v1/users/{name}', path), () => `${name} is disabled.`)) close();
  };
  return (
    <Modal opened onClose={close} title={`Disable ${name}?`} closeButtonProps={CLOSE}>
      <Stack>
        <Text size="sm">{name} signs in no more, and is signed out at once. What was done stays under that name.</Text>
        <Button color="red" loading={isBusy} onClick={() => void disable()}>
          Disable {name}
        </Button>
      </Stack>
    </Modal>
  );
}
