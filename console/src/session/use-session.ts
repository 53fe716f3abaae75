// Who is signed in, and what they may: asked once, and again after signing in or out.
import { type Query, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { answered, api } from '../api/client.ts';
import type { components } from '../api/types.ts';

export type Session = components['schemas']['Session'];
export type Right = Session['may'][number];

const KEY = ['session'];

/** `null`: nobody is signed in. */
export const sessionQuery = {
  queryKey: KEY,
  queryFn: async (): Promise<Session | null> => (await answered(api.GET('/v1/session'))) ?? null,
  staleTime: 60_000,
};

export function useSession() {
  return useQuery(sessionQuery);
}

/** The session of a page that is shown only to those who have one. */
export function useOwnSession(): Session {
  const { data } = useSession();
  if (data === null || data === undefined) throw new Error('a page was shown to nobody');
  return data;
}

export function useMay(): (right: Right) => boolean {
  const { may } = useOwnSession();
  return useCallback((right: Right) => may.includes(right), [may]);
}

// What one person was shown is not the next one's. The session itself stays: the page waits on it, and hears of its change.
const ofThePerson = { predicate: ({ queryKey }: Query) => queryKey[0] !== KEY[0] };

export function useSignIn() {
  const queries = useQueryClient();
  return async (name: string, password: string) => {
    await answered(api.POST('/v1/session', { body: { name, password } }));
    queries.removeQueries(ofThePerson);
    await queries.fetchQuery({ ...sessionQuery, staleTime: 0 });
  };
}

export function useSignOut() {
  const queries = useQueryClient();
  return async () => {
    await answered(api.DELETE('/v1/session'));
    queries.setQueryData(KEY, null);
    queries.removeQueries(ofThePerson);
  };
}
