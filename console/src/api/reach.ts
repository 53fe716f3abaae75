// Whether the hub answers: noted by all that is asked of it, told to whoever shows it.
import { useSyncExternalStore } from 'react';

let isAway = false;
const listeners = new Set<() => void>();

export function noteReach(answers: boolean): void {
  if (isAway !== answers) return;
  isAway = !answers;
  for (const listener of listeners) listener();
}

/** Told of each change. */
export function followReach(listener: (isAway: boolean) => void): () => void {
  const told = () => listener(isAway);
  listeners.add(told);
  return () => listeners.delete(told);
}

export function useIsAway(): boolean {
  return useSyncExternalStore(followReach, () => isAway);
}
