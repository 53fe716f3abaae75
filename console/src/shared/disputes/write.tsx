// Something to say, and a file with it.
import { Button, Group, Stack, Textarea } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { FaultView } from '../states.tsx';
import { FileField, sentFile } from './file-field.tsx';
import './thread.css';

type Said = { readonly text: string; readonly file?: { readonly name: string; readonly content: string } };
type Props = {
  readonly label: string;
  readonly button: string;
  /** Throws where the hub refuses it: then what was written stays. */
  readonly send: (said: Said) => Promise<void>;
  /** Beside the button. */
  readonly children?: ReactNode;
};

export function Write({ label, button, send, children }: Props) {
  const [text, setText] = useState('');
  const [file, setFile] = useState<File>();
  const [round, setRound] = useState(0);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    try {
      await send({ text: text.trim(), ...(await sentFile(file)) });
      setText('');
      setFile(undefined);
      setRound(round + 1);
    } catch (fault) {
      setError(fault);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={submit} className="no-print">
      <Stack gap="sm">
        <Textarea
          label={label}
          required
          autosize
          minRows={3}
          maxRows={12}
          maxLength={4_000}
          value={text}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
        />
        <FileField key={round} onChange={setFile} />
        {error !== undefined && <FaultView error={error} />}
        <Group>
          <Button type="submit" loading={isBusy} disabled={text.trim() === ''}>
            {button}
          </Button>
          {children}
        </Group>
      </Stack>
    </form>
  );
}
