// Which shipment a number means: found by what is typed, and said to the hub.
import { Button, Group, NativeSelect, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { answered, api, faultOf } from '../../api/client.ts';
import { tell } from './work.ts';

const SHOWN = 8;

export function LinkDialog({ id, close }: { readonly id: string; readonly close: () => void }) {
  const queries = useQueryClient();
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState('');
  const [numberAt, setNumberAt] = useState('0');
  const [reason, setReason] = useState('');
  const [search] = useDebouncedValue(typed.trim(), 250);
  const { data: exception } = useQuery({
    queryKey: ['exceptions', id],
    queryFn: () => answered(api.GET('/v1/exceptions/{id}', { params: { path: { id } } })),
  });
  const { data: found } = useQuery({
    queryKey: ['shipments', 'to link', search],
    queryFn: () => answered(api.GET('/v1/shipments', { params: { query: { search, limit: SHOWN } } })),
    enabled: search !== '',
  });
  const names = exception?.names ?? [];
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const reference = names.length > 1 ? names[Number(numberAt)] : undefined;
    const body = {
      shipment: chosen,
      ...(reference === undefined ? {} : { reference }),
      ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
    };
    try {
      await answered(api.POST('/v1/exceptions/{id}/link', { params: { path: { id } }, body }));
      tell('teal', 'Linked', `What waited is applied to ${chosen}`);
      close();
    } catch (error) {
      const { title, detail } = faultOf(error);
      tell('red', title, detail);
    } finally {
      await queries.invalidateQueries({ queryKey: ['exceptions'] });
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack>
        {names.length === 1 && (
          <Text size="sm">
            Which shipment is <span className="mono">{`${names[0]?.type} ${names[0]?.value}`}</span>?
          </Text>
        )}
        {names.length > 1 && (
          <NativeSelect
            label="Which number"
            value={numberAt}
            onChange={({ currentTarget }) => setNumberAt(currentTarget.value)}
            data={names.map(({ type, value }, index) => ({ value: String(index), label: `${type} ${value}` }))}
          />
        )}
        <TextInput
          label="Shipment"
          description="Any number that it carries, or its customer or place"
          data-autofocus
          maxLength={200}
          value={typed}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
        <Radio.Group label="Found" value={chosen} onChange={setChosen} aria-live="polite">
          <Stack gap={6} mt={4}>
            {(found?.items ?? []).map(({ shipment, customer, origin, destination, status }) => (
              <Radio
                key={shipment}
                value={shipment}
                label={[shipment, customer, [origin, destination].filter(Boolean).join(' → '), status]
                  .filter(Boolean)
                  .join(' · ')}
              />
            ))}
            {found?.items.length === 0 && (
              <Text size="sm" c="dimmed">
                No shipment has that.
              </Text>
            )}
          </Stack>
        </Radio.Group>
        <TextInput
          label="Why (optional)"
          maxLength={1_000}
          value={reason}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button type="submit" disabled={chosen === ''}>
            Link
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
