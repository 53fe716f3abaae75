// Sharing a shipment: a link for so many days, shown once, and those in force to be taken back.
import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answered, api } from '../../api/client.ts';
import { Section } from '../../shared/section.tsx';
import { FaultView } from '../../shared/states.tsx';
import { Time } from '../../shared/text.tsx';

const DAYS = [
  { value: '3', label: '3 days' },
  { value: '14', label: '2 weeks' },
  { value: '90', label: '3 months' },
];

export function Share({ shipment }: { readonly shipment: string }) {
  const queries = useQueryClient();
  const queryKey = ['shipments', 'links', shipment];
  const path = { id: shipment };
  const { data } = useQuery({
    queryKey,
    queryFn: () => answered(api.GET('/v1/shipments/{id}/tracking-links', { params: { path } })),
  });
  const [days, setDays] = useState('14');
  const [address, setAddress] = useState<string>();
  const [error, setError] = useState<unknown>();
  const act = async (work: () => Promise<void>) => {
    setError(undefined);
    await work().catch(setError);
    void queries.invalidateQueries({ queryKey });
  };
  const share = () =>
    act(async () => {
      const body = { days: Number(days) };
      const made = await answered(api.POST('/v1/shipments/{id}/tracking-links', { params: { path }, body }));
      setAddress(made.address === undefined ? undefined : new URL(made.address, window.location.href).href);
    });
  const takeBack = (link: string) =>
    act(async () => {
      const params = { path: { ...path, link } };
      await answered(api.DELETE('/v1/shipments/{id}/tracking-links/{link}', { params }));
      setAddress(undefined);
    });
  return (
    <div className="no-print">
      <Section title="Share" id="share">
        <Stack gap="sm">
          <Text>
            Whoever has the link sees where this shipment is, without signing in. Prices and names are not shown.
          </Text>
          <Group align="flex-end">
            <NativeSelect
              label="It works for"
              data={DAYS}
              value={days}
              onChange={({ currentTarget }) => setDays(currentTarget.value)}
            />
            <Button onClick={() => void share()}>Make a link</Button>
          </Group>
          {error !== undefined && <FaultView error={error} />}
          {address !== undefined && <Made address={address} />}
          {(data?.items.length ?? 0) > 0 && <Text fw={600}>Links that work now</Text>}
          {data?.items.map(({ id, expiresAt }) => (
            <Group key={id} justify="space-between">
              <Text size="sm" component="div">
                Until <Time at={expiresAt} />
              </Text>
              <Button size="compact-sm" variant="default" onClick={() => void takeBack(id)}>
                Take back
              </Button>
            </Group>
          ))}
        </Stack>
      </Section>
    </div>
  );
}

function Made({ address }: { readonly address: string }) {
  const [isCopied, setCopied] = useState(false);
  // Where the browser does not let a page copy, the address is there to be marked.
  const copy = () =>
    void navigator.clipboard?.writeText(address).then(
      () => setCopied(true),
      () => {},
    );
  return (
    <Group align="flex-end">
      <TextInput
        label="The link, shown only now"
        value={address}
        readOnly
        className="grow"
        onFocus={({ currentTarget }) => currentTarget.select()}
      />
      <Button variant="default" onClick={copy}>
        {isCopied ? 'Copied' : 'Copy'}
      </Button>
    </Group>
  );
}
