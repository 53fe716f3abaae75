// One dispute with all that was said, and what can be done about it.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { answered, api } from '../../api/client.ts';
import type { operations } from '../../api/types.ts';
import type { DisputeDetail } from './words.ts';

type Close = NonNullable<operations['closeDispute']['requestBody']>['content']['application/json'];
type Comment = NonNullable<operations['commentOnDispute']['requestBody']>['content']['application/json'];

export function useDispute(id: string) {
  const queries = useQueryClient();
  const queryKey = ['disputes', 'one', id];
  const params = { path: { id } };
  const changed = async (asked: Promise<DisputeDetail>) => {
    queries.setQueryData(queryKey, await asked);
    void queries.invalidateQueries({ queryKey: ['disputes'] });
  };
  return {
    query: useQuery({
      queryKey,
      queryFn: () => answered(api.GET('/v1/customer-disputes/{id}', { params })),
    }),
    say: (body: Comment) => changed(answered(api.POST('/v1/customer-disputes/{id}/comments', { params, body }))),
    close: (body: Close) => changed(answered(api.POST('/v1/customer-disputes/{id}/close', { params, body }))),
    withdraw: () => changed(answered(api.POST('/v1/customer-disputes/{id}/withdraw', { params, body: {} }))),
  };
}
