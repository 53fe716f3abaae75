// The whole at a glance: what moves, what waits, where the money is, and whether it gets better.
import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { answered, api } from '../../api/client.ts';
import { queries } from '../../api/queries.ts';
import { PageTitle } from '../../shared/page-title.tsx';
import { FaultView, Loading } from '../../shared/states.tsx';
import { MoneyStrips } from './money-strips.tsx';
import { Unbilled } from './unbilled.tsx';
import { WayThrough } from './way-through.tsx';

/** What changes by time alone: ages, rates of the last hour. */
const AGAIN_MS = 15_000;

const overviewQuery = { queryKey: ['overview'], queryFn: () => answered(api.GET('/v1/overview')) };

export const first = () => queries.prefetchQuery(overviewQuery);

// What draws charts is larger than all else of the page, and they stand at its end.
const Indicators = lazy(() => import('./indicators.tsx'));

export default function OverviewPage() {
  const { data, error, isPending, refetch } = useQuery({ ...overviewQuery, refetchInterval: AGAIN_MS });
  if (isPending) return <Loading what="the overview" />;
  if (error !== null) return <FaultView error={error} again={() => void refetch()} />;
  return (
    <Stack>
      <PageTitle title="Overview" />
      <WayThrough flow={data.flow} systems={data.systems} at={data.at} />
      <MoneyStrips money={data.money} holds={data.holds} at={data.at} />
      <Unbilled reasons={data.unbilled} />
      <Suspense fallback={<Loading what="the charts" />}>
        <Indicators indicators={data.indicators} />
      </Suspense>
    </Stack>
  );
}
