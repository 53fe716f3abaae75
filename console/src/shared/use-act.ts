// Something that is done: the hub is asked, what came of it is said, and what is shown of it is asked for again.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answered, faultOf } from '../api/client.ts';
import type { Topic } from '../live/live-updates.tsx';
import { notify } from './notice.ts';

type Asked<T> = Parameters<typeof answered<T>>[0];

/** `act` gives the answer; nothing where the hub refused, which is said. Without `says` the page itself shows what came of it. */
export function useAct(topics: readonly (Topic | 'people')[]) {
  const queries = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  const act = async <T>(asked: Asked<T>, says?: (answer: T) => string): Promise<T | undefined> => {
    setBusy(true);
    try {
      const answer = await answered(asked);
      if (says !== undefined) notify({ color: 'teal', message: says(answer) });
      await Promise.all(topics.map((topic) => queries.invalidateQueries({ queryKey: [topic] })));
      return answer;
    } catch (error) {
      const { title, detail } = faultOf(error);
      notify({ color: 'red', title, message: detail });
      return undefined;
    } finally {
      setBusy(false);
    }
  };
  return { act, isBusy };
}
