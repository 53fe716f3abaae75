// What whoever looks at an exception may do about it: the hub says which, by kind and by right.
import { Button } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { answered, api, faultOf } from '../../api/client.ts';
import { useMay } from '../../session/use-session.ts';
import { addressOf } from '../../shared/link-to.tsx';
import { type PageKey, usePageKeys } from '../../shared/page-keys.ts';
import { type Asking, Dialogs } from './dialogs.tsx';
import { type ExceptionDetail, tell, useWork } from './work.ts';

type Step = {
  readonly key: string;
  readonly label: string;
  readonly act: () => void;
  readonly isMain?: boolean;
};

export function Mends({ exception }: { readonly exception: ExceptionDetail }) {
  const may = useMay();
  const work = useWork();
  const navigate = useNavigate();
  const [asking, ask] = useState<Asking>();
  const { id, state, message, mends } = exception;
  const can = (mend: ExceptionDetail['mends'][number]) => mends.includes(mend);
  const now = (wanted: Parameters<typeof work>[1]) => void work([id], wanted);
  const main = (key: string, label: string, act: () => void): Step => ({ key, label, act, isMain: true });
  const steps: Step[] = [
    ...(can('approve') ? [main('y', 'Approve', () => now({ act: 'approve' }))] : []),
    ...(can('refuse') ? [{ key: 'n', label: 'Refuse…', act: () => ask('refuse') }] : []),
    ...(can('release') ? [main('y', 'Release…', () => ask('release'))] : []),
    ...(can('link') ? [main('l', 'Link…', () => ask('link'))] : []),
    ...(can('mend') && message !== undefined
      ? [main('m', 'Mend…', () => void navigate({ to: addressOf('messages', message), hash: 'mend' }))]
      : []),
    ...(can('replay') && message !== undefined ? [{ key: 'r', label: 'Replay', act: () => void replay(message) }] : []),
    ...(can('send-again') ? [main('r', 'Send again', () => void sendAgain(exception))] : []),
    ...(can('waive') ? [{ key: 'w', label: 'Waive…', act: () => ask('waive') }] : []),
    ...(may('exceptions:work') && state === 'open'
      ? [
          { key: 'a', label: 'Assign to me', act: () => now({ act: 'assign', to: 'me' }) },
          { key: 's', label: 'Assign…', act: () => ask('assign') },
        ]
      : []),
  ];
  const keys = steps.map(({ key, label, act }): PageKey => ({ key, does: label.replace('…', ''), act }));
  usePageKeys(keys);
  return (
    <>
      {steps.map(({ label, act, isMain = false }) => (
        <Button key={label} size="xs" variant={isMain ? 'filled' : 'default'} onClick={act}>
          {label}
        </Button>
      ))}
      <Button size="xs" variant="subtle" component={Link} to="/exceptions">
        Inbox
      </Button>
      <Dialogs asking={asking} ids={[id]} close={() => ask(undefined)} />
    </>
  );
}

async function replay(message: string): Promise<void> {
  try {
    const body = { what: 'messages' as const, messages: [message] };
    const { messages } = await answered(api.POST('/v1/replay', { body }));
    const [result] = messages;
    const problem = result?.problems[0]?.detail;
    if (result?.quarantined) tell('red', 'Still set aside', problem ?? '');
    else tell('teal', 'Translated again', `${result?.newEvents ?? 0} new events`);
  } catch (error) {
    const { title, detail } = faultOf(error);
    tell('red', title, detail);
  }
}

async function sendAgain({ subject, shipment }: ExceptionDetail): Promise<void> {
  try {
    const stopped = await stoppedOf([...new Set([subject, ...(shipment === undefined ? [] : [shipment])])]);
    if (stopped.length === 0) {
      tell('red', 'Nothing to send', 'None of its deliveries has stopped.');
      return;
    }
    const body = { what: 'deliveries' as const, deliveries: stopped };
    const { deliveries } = await answered(api.POST('/v1/replay', { body }));
    tell('teal', 'On its way again', `${deliveries.length} deliveries; each is looked up first`);
  } catch (error) {
    const { title, detail } = faultOf(error);
    tell('red', title, detail);
  }
}

// A delivery is called by its document, which an exception names in its own words: so those of its numbers are looked for.
async function stoppedOf(subjects: readonly string[]): Promise<string[]> {
  const keys: string[] = [];
  for (const state of ['refused', 'dead'] as const) {
    const { items } = await answered(api.GET('/v1/effects', { params: { query: { state, limit: 500 } } }));
    const isMeant = (document: string) =>
      subjects.some(
        (subject) => document === subject || document.startsWith(`${subject}-`) || document.startsWith(`${subject}/`),
      );
    keys.push(...items.filter(({ subject }) => isMeant(subject)).map(({ key }) => key));
  }
  return keys;
}
