// What came of something, said in a corner of the page. What shows it is loaded when there is first something to say.
import { useSyncExternalStore } from 'react';

type Notice = {
  readonly color: 'teal' | 'red';
  readonly title?: string | undefined;
  readonly message: string | undefined;
  /** How long it stays, in milliseconds. */
  readonly autoClose?: number;
};

let isAny = false;
const listeners = new Set<() => void>();

export function notify(notice: Notice): void {
  isAny = true;
  for (const listener of listeners) listener();
  void import('@mantine/notifications').then(({ notifications }) => notifications.show(notice));
}

/** Whether there has ever been something to say. */
export function useAnyNotice(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => isAny,
  );
}
