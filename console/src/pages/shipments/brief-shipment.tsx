// A shipment for those who move it: where from, where to, when. Nothing of what its customer pays.
import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { answered, api } from '../../api/client.ts';
import { DefinitionList, Fact } from '../../shared/definition-list.tsx';
import { PageTitle } from '../../shared/page-title.tsx';
import { Section } from '../../shared/section.tsx';
import { StateBadge } from '../../shared/state-badge.tsx';
import { FaultView, Loading } from '../../shared/states.tsx';
import { When } from '../../shared/when.tsx';

export function BriefShipment({ id }: { readonly id: string }) {
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['shipments', 'brief', id],
    queryFn: () => answered(api.GET('/v1/shipments/{id}', { params: { path: { id } } })),
  });
  if (isPending) return <Loading what={`shipment ${id}`} />;
  if (error !== null) return <FaultView error={error} again={() => void refetch()} />;
  return (
    <Stack gap="md">
      <PageTitle title={`Shipment ${id}`} badges={<StateBadge state={data.status} />} />
      <Section title="Summary" id="summary">
        <DefinitionList>
          <Fact name="Customer">{data.customerName ?? data.customer}</Fact>
          <Fact name="Carrier">{data.carrierName ?? data.carrier}</Fact>
          <Fact name="Mode">{data.mode}</Fact>
          <Fact name="From">{data.origin}</Fact>
          <Fact name="To">{data.destination}</Fact>
          <Fact name="Pickup">
            <When actual={data.pickedUpAt} planned={data.plannedPickupAt} />
          </Fact>
          <Fact name="Delivery">
            <When actual={data.deliveredAt} planned={data.plannedDeliveryAt} />
          </Fact>
        </DefinitionList>
      </Section>
    </Stack>
  );
}
