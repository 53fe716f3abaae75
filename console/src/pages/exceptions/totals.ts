// How many are open, by kind: what the filters say beside their words.
import { useQuery } from '@tanstack/react-query';
import { answered, api } from '../../api/client.ts';

export function useTotals() {
  return useQuery({
    queryKey: ['exceptions', 'totals'],
    queryFn: () => answered(api.GET('/v1/exceptions/totals')),
  });
}

export type Totals = NonNullable<ReturnType<typeof useTotals>['data']>;
