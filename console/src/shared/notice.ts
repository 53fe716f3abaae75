// What came of something, said in a corner of the page (layout/notices.tsx).
import { useSyncExternalStore } from 'react';

type Said = {
  readonly color: 'teal' | 'red';
  readonly title?: string | undefined;
  readonly message: string | undefined;
};
export type Notice = Said & { readonly id: number };

/** What went wrong takes longer to read. */
const STAYS_MS = { teal: 4_000, red: 10_000 } as const;

let shown: readonly Notice[] = [];
let count = 0;
const listeners = new Set<() => void>();

function show(notices: readonly Notice[]): void {
  shown = notices;
  for (const listener of listeners) listener();
}

export function notify(said: Said): void {
  count += 1;
  const notice = { ...said, id: count };
  show([...shown, notice]);
  setTimeout(() => dismiss(notice.id), STAYS_MS[said.color]);
}

export function dismiss(id: number): void {
  show(shown.filter((notice) => notice.id !== id));
}

/** Oldest first. */
export function useNotices(): readonly Notice[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => shown,
  );
}
