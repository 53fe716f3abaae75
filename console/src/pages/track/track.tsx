// A shipment for whoever was given its link: nobody need sign in, and the link ends.

import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { answered, api, faultOf } from '../../api/client.ts';
import { PageTitle } from '../../shared/page-title.tsx';
import { FaultView, Loading } from '../../shared/states.tsx';
import { Time } from '../../shared/text.tsx';
import { TrackingView } from '../../shared/tracking/tracking-view.tsx';
import { numberText } from '../../shared/tracking/words.ts';

const LOOK_AGAIN_MS = 60_000;

export default function TrackPage() {
  const { token = '' } = useParams({ strict: false }) as { token?: string };
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['tracking', token],
    queryFn: () => answered(api.GET('/v1/tracking/{token}', { params: { path: { token } } })),
    // Who is not signed in hears nothing of changes.
    refetchInterval: ({ state }) => (state.error === null ? LOOK_AGAIN_MS : false),
  });
  if (isPending) return <Loading what="your shipment" />;
  if (error !== null)
    return faultOf(error).kind === 'not-found' ? <Ended /> : <FaultView error={error} again={() => void refetch()} />;
  return (
    <Stack gap="md">
      <PageTitle title="Your shipment" />
      {data.references.length > 0 && (
        <Text c="dimmed" className="breakable">
          {data.references.map(numberText).join(', ')}
        </Text>
      )}
      <TrackingView tracking={data} />
      <Text size="sm" c="dimmed" component="div">
        This page can be seen until <Time at={data.linkExpiresAt} />.
      </Text>
    </Stack>
  );
}

function Ended() {
  return (
    <Stack gap="xs">
      <PageTitle title="This link has ended" />
      <Text>It was for a while only, or the address was cut short. Ask whoever sent it to you for a new one.</Text>
    </Stack>
  );
}
