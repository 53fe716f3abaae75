// The keyboard: `?` shows the keys, `/` searches, `g` and a letter goes to a page. Never while one is writing.
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { dress } from '../mantine/dress.tsx';
import { navigation } from '../pages/all.ts';
import { useMay } from '../session/use-session.ts';
import { useKeysOfPage } from '../shared/page-keys.ts';

type Props = { readonly isShown: boolean; readonly show: () => void; readonly hide: () => void };

const SECOND_KEY_MS = 1_500;
const KeysDialog = lazy(() => dress(import('./keys-dialog.tsx')));

export function Shortcuts({ isShown, show, hide }: Props) {
  const may = useMay();
  const navigate = useNavigate();
  const wentAt = useRef(0);
  const own = useKeysOfPage();
  const reachable = navigation.filter(({ right, nav }) => nav.key !== undefined && may(right));
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (isWriting(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
      const isSecond = performance.now() - wentAt.current < SECOND_KEY_MS;
      wentAt.current = 0;
      const target = isSecond ? reachable.find(({ nav }) => nav.key === event.key) : undefined;
      const page = own.find(({ key }) => key === event.key);
      if (target !== undefined) void navigate({ to: target.path });
      else if (page !== undefined && !isAnsweredElsewhere(event)) page.act();
      else if (event.key === '?') show();
      else if (event.key === 'g') wentAt.current = performance.now();
      else if (event.key === '/') document.querySelector<HTMLInputElement>('input[type=search]')?.focus();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', hear);
    return () => window.removeEventListener('keydown', hear);
  }, [reachable, own, navigate, show]);
  if (!isShown) return null;
  return (
    <Suspense>
      <KeysDialog pageKeys={own} reachable={reachable} close={hide} />
    </Suspense>
  );
}

function isWriting(target: EventTarget | null): boolean {
  const fields = 'input:not([type=checkbox]), textarea, select, [contenteditable]';
  return target instanceof HTMLElement && target.closest(fields) !== null;
}

// A dialog is open, or Enter is for what has the focus.
function isAnsweredElsewhere({ key, target }: KeyboardEvent): boolean {
  if (document.querySelector('[role=dialog]') !== null) return true;
  return key === 'Enter' && target instanceof HTMLElement && target.closest('a, button, tr') !== null;
}
