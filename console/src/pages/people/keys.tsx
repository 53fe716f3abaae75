// Keys of the API: made, shown once, revoked.
import { Button, Code, CopyButton, Modal, Stack, Table, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { answered, api } from '../../api/client.ts';
import { endOfDay } from '../../shared/days.ts';
import { ListFoot } from '../../shared/list-foot.tsx';
import { Nothing } from '../../shared/money-cell.tsx';
import { PlainTable } from '../../shared/plain-table.tsx';
import { Section } from '../../shared/section.tsx';
import { StateBadge } from '../../shared/state-badge.tsx';
import { FaultView, Loading } from '../../shared/states.tsx';
import { Time } from '../../shared/text.tsx';
import { useAct } from '../../shared/use-act.ts';
import { asAsked, RoleFields, type Wanted } from './role-fields.tsx';

type Key = {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly partner?: string;
  readonly createdAt: string;
  readonly expiresAt?: string;
  readonly revokedAt?: string;
  readonly lastUsedAt?: string;
};

const stateOf = ({ revokedAt, expiresAt }: Key) => {
  if (revokedAt !== undefined) return 'revoked';
  return expiresAt !== undefined && Date.parse(expiresAt) <= Date.now() ? 'ended' : 'in force';
};

const CSV = [
  { name: 'Key', text: ({ id }: Key) => id, cell: () => null },
  { name: 'Name', text: ({ name }: Key) => name, cell: () => null },
  { name: 'Role', text: ({ role }: Key) => role, cell: () => null },
  { name: 'Partner', text: ({ partner }: Key) => partner, cell: () => null },
  { name: 'State', text: stateOf, cell: () => null },
  { name: 'Last used', text: ({ lastUsedAt }: Key) => lastUsedAt, cell: () => null },
];

export function KeyList() {
  const [isAdding, setAdding] = useState(false);
  const [revoking, revoke] = useState<Key>();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['people', 'keys'],
    queryFn: async () => (await answered(api.GET('/v1/keys'))).items as readonly Key[],
  });
  return (
    <Section
      title="API keys"
      id="keys"
      count={data?.length}
      actions={
        <Button size="compact-sm" onClick={() => setAdding(true)}>
          Make a key
        </Button>
      }
    >
      {isPending && <Loading what="keys" />}
      {error !== null && <FaultView error={error} again={() => void refetch()} />}
      {data !== undefined && <KeyTable keys={data} revoke={revoke} />}
      {data !== undefined && <ListFoot what="keys" rows={data} columns={CSV} hasMore={false} isLoadingMore={false} />}
      {isAdding && <AddKey close={() => setAdding(false)} />}
      {revoking !== undefined && <Revoke apiKey={revoking} close={() => revoke(undefined)} />}
    </Section>
  );
}

function KeyTable({ keys, revoke }: { readonly keys: readonly Key[]; readonly revoke: (key: Key) => void }) {
  return (
    <PlainTable label="API keys" minWidth={820} heads={['Key', 'Name', 'Role', 'State', 'Last used', 'Ends', 'Acts']}>
      {keys.map((key) => (
        <Table.Tr key={key.id}>
          <Table.Td className="mono nowrap">{key.id}</Table.Td>
          <Table.Td>{key.name}</Table.Td>
          <Table.Td>{key.partner === undefined ? key.role : `${key.role} of ${key.partner}`}</Table.Td>
          <Table.Td>
            <StateBadge state={stateOf(key)} tone={stateOf(key) === 'in force' ? 'good' : 'plain'} />
          </Table.Td>
          <Table.Td>{key.lastUsedAt === undefined ? <Nothing /> : <Time at={key.lastUsedAt} isBrief />}</Table.Td>
          <Table.Td>{key.expiresAt === undefined ? <Nothing /> : <Time at={key.expiresAt} isBrief />}</Table.Td>
          <Table.Td>
            {stateOf(key) === 'in force' && (
              <Button
                size="compact-xs"
                variant="default"
                aria-label={`Revoke ${key.name} ${key.id}`}
                onClick={() => revoke(key)}
              >
                Revoke
              </Button>
            )}
          </Table.Td>
        </Table.Tr>
      ))}
    </PlainTable>
  );
}

const CLOSE = { 'aria-label': 'Close' };

function AddKey({ close }: { readonly close: () => void }) {
  const { act, isBusy } = useAct(['people']);
  const [name, setName] = useState('');
  const [until, setUntil] = useState('');
  const [wanted, setWanted] = useState<Wanted>({ role: 'integration', partner: '' });
  const [made, setMade] = useState<string>();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const expiresAt = endOfDay(until);
    const body = { name: name.trim(), ...asAsked(wanted), ...(expiresAt === undefined ? {} : { expiresAt }) };
    setMade((await act(api.POST('/v1/keys', { body })))?.key);
  };
  if (made !== undefined) {
    return (
      <Modal opened onClose={close} title="The new key" closeButtonProps={CLOSE}>
        <Stack>
          <Text size="sm">Keep it now: it is not shown again.</Text>
          <Code block className="breakable">
            {made}
          </Code>
          <CopyButton value={made}>
            {({ copied, copy }) => <Button onClick={copy}>{copied ? 'Copied' : 'Copy'}</Button>}
          </CopyButton>
        </Stack>
      </Modal>
    );
  }
  return (
    <Modal opened onClose={close} title="Make a key" closeButtonProps={CLOSE}>
      <Stack component="form" onSubmit={(event) => void submit(event as FormEvent)}>
        <TextInput
          label="Name"
          description="Who or what uses it"
          required
          data-autofocus
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <RoleFields wanted={wanted} change={setWanted} />
        <TextInput
          label="Last day"
          type="date"
          description="None: until it is revoked"
          value={until}
          onChange={({ currentTarget }) => setUntil(currentTarget.value)}
        />
        <Button type="submit" loading={isBusy}>
          Make it
        </Button>
      </Stack>
    </Modal>
  );
}

function Revoke({ apiKey: { id, name }, close }: { readonly apiKey: Key; readonly close: () => void }) {
  const { act, isBusy } = useAct(['people']);
  const revoke = async () => {
    if (await act(api.DELETE('/v1/keys/{id}', { params: { path: { id } } }), () => `${name} is revoked.`)) close();
  };
  return (
    <Modal opened onClose={close} title={`Revoke ${name}?`} closeButtonProps={CLOSE}>
      <Stack>
        <Text size="sm">Whoever comes with key {id} is refused from now on, for good.</Text>
        <Button color="red" loading={isBusy} onClick={() => void revoke()}>
          Revoke {name}
        </Button>
      </Stack>
    </Modal>
  );
}
