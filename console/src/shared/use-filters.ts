// Filters of a list live in the address, so that a link shows what its sender saw.
import { useNavigate, useSearch } from '@tanstack/react-router';

export type Filters = Readonly<Record<string, string | undefined>>;

/** The filters; a function that changes those given; and one that shows these and no others. */
export function useFilters(): readonly [Filters, (change: Filters) => void, (filters: Filters) => void] {
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  const navigate = useNavigate();
  // What looks like a number or a list in an address is text all the same.
  const filters = Object.fromEntries(Object.entries(search).map(([name, value]) => [name, String(value)]));
  const showOnly = (wanted: Filters) => {
    const given = Object.entries(wanted).filter(([, value]) => value !== undefined && value !== '');
    void navigate({ to: '.', search: Object.fromEntries(given) as never, replace: true });
  };
  return [filters, (change) => showOnly({ ...filters, ...change }), showOnly];
}
