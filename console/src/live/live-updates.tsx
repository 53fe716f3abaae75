// The hub says what changed, and what is shown of it is asked for again.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

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

export function LiveUpdates() {
  const queries = useQueryClient();
  useEffect(() => {
    const stream = new EventSource('/v1/stream');
    stream.addEventListener('changed', (event) => {
      const { topics } = JSON.parse(event.data) as { topics: readonly Topic[] };
      for (const topic of topics) void queries.invalidateQueries({ queryKey: [topic] });
    });
    return () => stream.close();
  }, [queries]);
  return null;
}
