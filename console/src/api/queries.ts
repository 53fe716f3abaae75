// How answers are kept: shown at once from memory, asked again when the hub says that something changed (live/).
//
// Who does not answer may be restarting: it is asked until it does, and what was there stays on the page meanwhile.
import { QueryClient } from '@tanstack/react-query';
import { ApiFault, isUnreachable } from './client.ts';
import { followReach } from './reach.ts';

const ATTEMPTS = 3;
const LONGEST_PAUSE_MS = 5_000;

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      refetchOnWindowFocus: false,
      // The hub may be on this machine, whatever the browser thinks of the net.
      networkMode: 'always',
      retry: (count, error) => isUnreachable(error) || (count < ATTEMPTS && !isRefusal(error)),
      retryDelay: (count) => Math.min(1_000 * 2 ** count, LONGEST_PAUSE_MS),
    },
    mutations: { networkMode: 'always' },
  },
});

// What the hub refuses it refuses again.
function isRefusal(error: unknown): boolean {
  return error instanceof ApiFault && error.fault.status >= 400;
}

// Whatever it did meanwhile is news to this page.
followReach((isAway) => {
  if (!isAway) void queries.invalidateQueries();
});
