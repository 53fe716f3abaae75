// Back to the whole list; in the order it has.
import { Button } from '../plain/button.tsx';
import type { Filters } from './use-filters.ts';

type Props = { readonly filters: Filters; readonly showOnly: (filters: Filters) => void };

export function ClearFilters({ filters, showOnly }: Props) {
  if (Object.keys(filters).every((name) => name === 'sort')) return null;
  return (
    <Button variant="subtle" onClick={() => showOnly({ sort: filters.sort })}>
      Clear
    </Button>
  );
}
