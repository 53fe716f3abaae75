// A charge, a credit or a write-off by hand, with its reason.
import {
  Autocomplete,
  Button,
  Group,
  Modal,
  NativeSelect,
  SegmentedControl,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPencilPlus } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { api } from '../api/client.ts';
import { CHARGE_CODES, chargeName } from './charge-names.ts';
import { moneyText } from './text.tsx';
import { useAct } from './use-act.ts';

type Kind = 'charge' | 'credit' | 'write-off';

const SAYS: Readonly<Record<Kind, string>> = {
  charge: 'Adds to what the customer is billed.',
  credit: 'Takes off a part: by a credit note where it is invoiced.',
  'write-off': 'Waives what is not invoiced yet: all of it where no amount is given.',
};

/** `shipments`: among which one is chosen; none lets one be written. */
export function EnterCharge({ shipments }: { readonly shipments?: readonly string[] }) {
  const [isOpen, { open, close }] = useDisclosure();
  return (
    <>
      <Button variant="default" leftSection={<IconPencilPlus size={16} aria-hidden />} onClick={open}>
        Enter by hand
      </Button>
      <Modal
        opened={isOpen}
        onClose={close}
        title="A charge, credit or write-off by hand"
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <Form shipments={shipments} close={close} />
      </Modal>
    </>
  );
}

type FormProps = { readonly shipments: readonly string[] | undefined; readonly close: () => void };

function Form({ shipments, close }: FormProps) {
  const { act, isBusy } = useAct(['shipments', 'invoices', 'exceptions']);
  const [entry, setEntry] = useState<Kind>('charge');
  const [values, setValues] = useState({ shipment: shipments?.[0] ?? '', code: '', amount: '', reason: '' });
  const field = (name: keyof typeof values) => ({
    value: values[name],
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) =>
      setValues({ ...values, [name]: currentTarget.value }),
  });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const { shipment, code, amount, reason } = values;
    const asked = api.POST('/v1/shipments/{id}/charges', {
      params: { path: { id: shipment.trim() } },
      body: {
        ...{ entry, code: code.trim().toUpperCase(), reason: reason.trim() },
        ...(amount.trim() === '' ? {} : { amount: amount.trim() }),
      },
    });
    const said = await act(asked, ({ amount: of, currency, waits, documents }) => {
      const what = `${chargeName(code)}: ${moneyText(of, currency)}`;
      if (waits) return `${what} waits for somebody else's approval.`;
      return documents.length === 0 ? `${what} is entered.` : `${what} is entered: ${documents.join(', ')}.`;
    });
    if (said !== undefined) close();
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="sm">
        <SegmentedControl
          aria-label="What it is"
          value={entry}
          onChange={(value) => setEntry(value as Kind)}
          data={[
            { value: 'charge', label: 'Charge' },
            { value: 'credit', label: 'Credit' },
            { value: 'write-off', label: 'Write-off' },
          ]}
        />
        <Text size="sm" c="dimmed">
          {SAYS[entry]}
        </Text>
        {shipments === undefined ? (
          <TextInput label="Shipment" required className="mono-input" {...field('shipment')} />
        ) : (
          <NativeSelect label="Shipment" data={[...shipments]} {...field('shipment')} />
        )}
        <Group grow align="flex-start">
          <Autocomplete
            label="Charge code"
            description="LFT, DET, …"
            required
            data={CHARGE_CODES}
            value={values.code}
            onChange={(code) => setValues({ ...values, code })}
          />
          <TextInput
            label="Amount"
            description="In the shipment’s currency"
            inputMode="decimal"
            pattern="[0-9]+([.][0-9]+)?"
            title="Digits, and a point before the cents"
            required={entry !== 'write-off'}
            {...field('amount')}
          />
        </Group>
        <Textarea label="Reason" required autosize minRows={2} maxLength={1_000} {...field('reason')} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button type="submit" loading={isBusy}>
            Enter it
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
