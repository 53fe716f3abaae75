// Who is signed in, and what they may: asked once, and again after signing in or out.
import { useQuery, useQueryClient } from '@tanstack/react-query';
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

export function useSignIn() {
  const queries = useQueryClient();
  return async (name: string, password: string) => {
    await answered(api.POST('/v1/session', { body: { name, password } }));
    queries.clear();
    await queries.invalidateQueries({ queryKey: KEY });
  };
}

export function useSignOut() {
  const queries = useQueryClient();
  return async () => {
    await answered(api.DELETE('/v1/session'));
    queries.clear();
    queries.setQueryData(KEY, null);
  };
}
