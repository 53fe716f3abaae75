// The hub says what changed, and what is shown of it is asked for again.
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { sessionQuery } from '../session/use-session.ts';

/** The first word of every query's key is one of these, or the query does not live. */
export type Topic =
  | 'messages'
  | 'shipments'
  | 'invoices'
  | 'exceptions'
  | 'effects'
  | 'carrier-invoices'
  | 'payments'
  | 'disputes';

/** After a stream that was refused; one that broke is opened again by the browser. */
const AGAIN_MS = 5_000;

export function LiveUpdates() {
  const queries = useQueryClient();
  useEffect(() => follow(queries), [queries]);
  return null;
}

function follow(queries: QueryClient): () => void {
  let stream: EventSource;
  let again: ReturnType<typeof setTimeout> | undefined;
  let hasBroken = false;
  const open = () => {
    stream = new EventSource('/v1/stream');
    stream.addEventListener('changed', (event) => {
      const { topics } = JSON.parse(event.data) as { topics: readonly Topic[] };
      for (const topic of topics) void queries.invalidateQueries({ queryKey: [topic] });
    });
    stream.addEventListener('open', () => {
      // What was said meanwhile was not heard.
      if (hasBroken) void queries.invalidateQueries();
      hasBroken = false;
    });
    stream.addEventListener('error', () => {
      hasBroken = true;
      // Away, signed out, or just a stream that ended: asking who one is tells.
      void queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
      if (stream.readyState === EventSource.CLOSED) again = setTimeout(open, AGAIN_MS);
    });
  };
  open();
  return () => {
    clearTimeout(again);
    stream.close();
  };
}
