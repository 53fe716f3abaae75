// How answers are kept: shown at once from memory, asked again when the hub says that something changed (live/).
import { QueryClient } from '@tanstack/react-query';
import { ApiFault } from './client.ts';

const ATTEMPTS = 3;

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      refetchOnWindowFocus: false,
      // What the hub refuses it refuses again; who does not answer may be restarting.
      retry: (count, error) => count < ATTEMPTS && !(error instanceof ApiFault && error.fault.status >= 400),
    },
  },
});
