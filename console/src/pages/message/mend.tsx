// Mending a message that was set aside: its bytes as text, checked by the hub before they are taken in.
import { Alert, Anchor, Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { answered, api, faultOf } from '../../api/client.ts';
import type { components } from '../../api/types.ts';
import { addressOf } from '../../shared/link-to.tsx';
import { Section } from '../../shared/section.tsx';
import { FaultView, Loading } from '../../shared/states.tsx';
import type { Message } from './detail.ts';

type Mended = components['schemas']['Mended'];
/** `text` with line ends as an input field has them; `eol` as they came. */
type Original = { readonly text: string; readonly charset: 'utf-8' | 'latin1'; readonly eol: string };

export function Mend({ message }: { readonly message: Message }) {
  const { id } = message;
  const { data, error } = useQuery({
    queryKey: ['messages', id, 'bytes'],
    queryFn: () => originalOf(id),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Section title="Mend" id="mend">
      {error !== null && <FaultView error={error} />}
      {error === null && data === undefined && <Loading what="its bytes" />}
      {data !== undefined && <Editor message={message} original={data} />}
    </Section>
  );
}

function Editor({ message, original }: { readonly message: Message; readonly original: Original }) {
  const { id, problems = [] } = message;
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [text, setText] = useState(original.text);
  const [reason, setReason] = useState('');
  const [found, setFound] = useState<Mended>();
  const [fault, setFault] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  const send = async (dryRun: boolean) => {
    setBusy(true);
    setFault(undefined);
    try {
      const content = base64Of(bytesOf(text, original));
      const body = { content, reason: dryRun ? 'a check' : reason.trim(), dryRun };
      const answer = await answered(api.POST('/v1/messages/{id}/mend', { params: { path: { id } }, body }));
      setFound(answer);
      await queries.invalidateQueries({ queryKey: ['messages'] });
      await queries.invalidateQueries({ queryKey: ['exceptions'] });
      if (answer.message !== undefined) void navigate({ to: addressOf('messages', answer.message) });
    } catch (error) {
      setFault(faultOf(error));
    } finally {
      setBusy(false);
    }
  };
  const show = (offset: number) => {
    const place = charactersBefore(text, offset, original);
    area.current?.focus();
    area.current?.setSelectionRange(place, place + 1);
  };
  const wrong = found?.problems ?? problems;
  return (
    <Stack gap="sm">
      <Text size="sm">
        Correct what is wrong. It is taken in beside this message as the same partner's; what was right in this one is
        not said twice.
      </Text>
      <Textarea
        ref={area}
        label="The message, corrected"
        classNames={{ input: 'mono' }}
        autosize
        minRows={6}
        maxRows={24}
        spellCheck={false}
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      {wrong.map(({ detail, offset }) => (
        <Alert key={`${detail} ${offset}`} color="red">
          <Text size="sm" className="breakable">
            {detail}
          </Text>
          {offset !== undefined && (
            <Anchor
              component="button"
              type="button"
              size="sm"
              c="inherit"
              underline="always"
              onClick={() => show(offset)}
            >
              Go to byte {offset}
            </Anchor>
          )}
        </Alert>
      ))}
      {found !== undefined && found.problems.length === 0 && (
        <Alert color="teal" role="status">
          Nothing is wrong any more: {found.events} events.
        </Alert>
      )}
      {fault !== undefined && <FaultView error={new Error((fault as { detail: string }).detail)} />}
      <TextInput
        label="Why it is changed"
        maxLength={1_000}
        value={reason}
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
      />
      <Group justify="flex-end">
        <Button variant="default" loading={isBusy} onClick={() => void send(true)}>
          Check
        </Button>
        <Button
          loading={isBusy}
          disabled={reason.trim() === '' || text === original.text}
          onClick={() => void send(false)}
        >
          Take in
        </Button>
      </Group>
    </Stack>
  );
}

// What is no UTF-8 is one byte a character, so that nothing but what is typed changes.
async function originalOf(id: string): Promise<Original> {
  const bytes = await answered(
    api.GET('/v1/messages/{id}/body', { params: { path: { id } }, parseAs: 'arrayBuffer' } as never),
  );
  const view = new Uint8Array(bytes as ArrayBuffer);
  try {
    return withLineEnds(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(view), 'utf-8');
  } catch {
    return withLineEnds(Array.from(view, (byte) => String.fromCharCode(byte)).join(''), 'latin1');
  }
}

// An input field knows one line end; those that came are put back.
function withLineEnds(text: string, charset: Original['charset']): Original {
  const eol = text.includes('\r\n') ? '\r\n' : text.includes('\r') ? '\r' : '\n';
  return { text: text.replaceAll(eol, '\n'), charset, eol };
}

function bytesOf(text: string, { charset, eol }: Original): Uint8Array {
  const whole = text.replaceAll('\n', eol);
  if (charset === 'utf-8') return new TextEncoder().encode(whole);
  return Uint8Array.from(whole, (character) => character.charCodeAt(0) & 0xff);
}

function charactersBefore(text: string, offset: number, original: Original): number {
  const before = bytesOf(text, original).subarray(0, offset);
  return new TextDecoder(original.charset).decode(before).replaceAll(original.eol, '\n').length;
}

function base64Of(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}
