// Keys of the page that is open. The frame hears them and shows them under `?`; a page only says what they do.
import { useEffect, useSyncExternalStore } from 'react';

export type PageKey = {
  /** As the browser names it: `j`, `Enter`. */
  readonly key: string;
  /** Completes "the key …". */
  readonly does: string;
  readonly act: () => void;
};

let keys: readonly PageKey[] = [];
const listeners = new Set<() => void>();

function setKeys(wanted: readonly PageKey[]): void {
  keys = wanted;
  for (const listener of listeners) listener();
}

export function usePageKeys(wanted: readonly PageKey[]): void {
  useEffect(() => {
    setKeys(wanted);
    return () => setKeys([]);
  }, [wanted]);
}

export function useKeysOfPage(): readonly PageKey[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => keys,
  );
}
