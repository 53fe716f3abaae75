// What the keys of the inbox work on: the exception one is at, and those that are picked.
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useMay } from '../../session/use-session.ts';
import { addressOf } from '../../shared/link-to.tsx';
import { type PageKey, usePageKeys } from '../../shared/page-keys.ts';
import { columnsOf } from './columns.tsx';
import type { Asking } from './dialogs.tsx';
import { type ExceptionRow, useWork } from './work.ts';

/** Where one is, what is picked, and what the keys do. */
export function useInbox(rows: readonly ExceptionRow[]) {
  const may = useMay();
  const work = useWork();
  const navigate = useNavigate();
  const [at, setAt] = useState<string>();
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [asking, ask] = useState<Asking>();
  const index = rows.findIndex(({ id }) => id === at);
  const current = rows[index];
  const meant = useMemo(
    () => (picked.size > 0 ? [...picked] : current === undefined ? [] : [current.id]),
    [picked, current],
  );
  const toggle = (id: string) => setPicked((before) => toggled(before, id));
  const drop = (ids: readonly string[]) =>
    setPicked((before) => new Set([...before].filter((id) => !ids.includes(id))));
  const now = (wanted: Parameters<typeof work>[1]) => void work(meant, wanted).then(drop);
  const go = (step: number) => setAt(rows[Math.min(Math.max(index + step, 0), rows.length - 1)]?.id);
  const open = () => current && void navigate({ to: addressOf('exceptions', current.id) });
  const keys: PageKey[] = [
    { key: 'j', does: 'goes down the list', act: () => go(1) },
    { key: 'k', does: 'goes up the list', act: () => go(-1) },
    { key: 'Enter', does: 'opens the exception', act: open },
    { key: 'x', does: 'selects it', act: () => current && toggle(current.id) },
  ];
  if (may('exceptions:work')) {
    keys.push(
      { key: 'a', does: 'assigns to you', act: () => now({ act: 'assign', to: 'me' }) },
      { key: 's', does: 'assigns to somebody', act: () => ask('assign') },
      { key: 'c', does: 'comments', act: () => ask('comment') },
      { key: 'w', does: 'waives, with a reason', act: () => ask('waive') },
    );
  }
  if (may('exceptions:approve')) {
    keys.push(
      { key: 'y', does: 'approves the adjustment', act: () => now({ act: 'approve' }) },
      { key: 'n', does: 'refuses the adjustment', act: () => ask('refuse') },
    );
  }
  if (may('exceptions:link')) {
    keys.push({ key: 'l', does: 'links its number to a shipment', act: () => current && ask('link') });
  }
  if (may('messages:mend')) {
    const mend = () => current?.message && void navigate({ to: addressOf('messages', current.message), hash: 'mend' });
    keys.push({ key: 'm', does: 'mends its message', act: () => mend() });
  }
  usePageKeys(keys);
  const columns = useMemo(
    () => columnsOf({ has: (id) => picked.has(id), toggle: (id) => setPicked((before) => toggled(before, id)) }),
    [picked],
  );
  const clear = () => setPicked(new Set());
  // A link is of one number: that of the exception one is at.
  const linked = asking === 'link' && current !== undefined ? [current.id] : meant;
  return { columns, current, picked, meant: linked, asking, ask, drop, clear, now };
}

export type InboxState = ReturnType<typeof useInbox>;

function toggled(before: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(before);
  if (!next.delete(id)) next.add(id);
  return next;
}
