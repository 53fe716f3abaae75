// What the filters of the list are given, those at hand and those behind the button.
import type { Filters } from '../../shared/use-filters.ts';
import type { Shipment } from './columns.tsx';

export type Filtering = {
  readonly filters: Filters;
  readonly change: (filters: Filters) => void;
  readonly showOnly: (filters: Filters) => void;
  /** Those on the page: whom one can choose among. */
  readonly rows: readonly Shipment[];
  readonly isPartner: boolean;
};
