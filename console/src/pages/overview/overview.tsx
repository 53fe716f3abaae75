// The whole at a glance: what moves, what waits, where the money is, and whether it gets better.
import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { answered, api } from '../../api/client.ts';
import { PageTitle } from '../../shared/page-title.tsx';
import { FaultView, Loading } from '../../shared/states.tsx';
import { Indicators } from './indicators.tsx';
import { MoneyStrips } from './money-strips.tsx';
import { Unbilled } from './unbilled.tsx';
import { WayThrough } from './way-through.tsx';

/** What changes by time alone: ages, rates of the last hour. */
const AGAIN_MS = 15_000;

export default function OverviewPage() {
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['overview'],
    queryFn: () => answered(api.GET('/v1/overview')),
    refetchInterval: AGAIN_MS,
  });
  if (isPending) return <Loading what="the overview" />;
  if (error !== null) return <FaultView error={error} again={() => void refetch()} />;
  return (
    <Stack>
      <PageTitle title="Overview" />
      <WayThrough flow={data.flow} systems={data.systems} at={data.at} />
      <MoneyStrips money={data.money} holds={data.holds} at={data.at} />
      <Unbilled reasons={data.unbilled} />
      <Indicators indicators={data.indicators} />
    </Stack>
  );
}
