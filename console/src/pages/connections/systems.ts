// The outside systems, with how each does.
import { useQuery } from '@tanstack/react-query';
import { answered, api } from '../../api/client.ts';
import type { components } from '../../api/types.ts';

export type System = components['schemas']['SystemConnection'];

export function useSystems() {
  return useQuery({
    queryKey: ['effects', 'systems'],
    queryFn: () => answered(api.GET('/v1/connections')),
    refetchInterval: 10_000,
  });
}
