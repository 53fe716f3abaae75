// One shipment, whole: how it went, what it costs and why, and why it is not invoiced.
import { Alert, Stack } from '@mantine/core';
import { IconCoins } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useMay } from '../../session/use-session.ts';
import { explained } from '../../shared/explanation.ts';
import { PageTitle } from '../../shared/page-title.tsx';
import { PrintButton } from '../../shared/print-button.tsx';
import { StateBadge } from '../../shared/state-badge.tsx';
import { FaultView, Loading } from '../../shared/states.tsx';
import { BriefShipment } from './brief-shipment.tsx';
import { CarrierInvoices } from './carrier-invoices.tsx';
import { Charges } from './charges.tsx';
import { Documents } from './documents.tsx';
import { Exceptions } from './exceptions.tsx';
import type { ExplainedShipment } from './explained.ts';
import { Facts } from './facts.tsx';
import { Goods } from './goods.tsx';
import { Invoices } from './invoices.tsx';
import { StopMap } from './stop-map.tsx';
import { Summary } from './summary.tsx';
import { TimeLine } from './time-line.tsx';

export default function ShipmentPage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  return useMay()('explain:read') ? <WholeShipment id={id} /> : <BriefShipment id={id} />;
}

function WholeShipment({ id }: { readonly id: string }) {
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['shipments', 'one', id],
    queryFn: () => explained('shipment', `shipment:${id}`),
  });
  if (isPending) return <Loading what={`shipment ${id}`} />;
  if (error !== null) return <FaultView error={error} again={() => void refetch()} />;
  return <Parts shipment={data} />;
}

function Parts({ shipment }: { readonly shipment: ExplainedShipment }) {
  const may = useMay();
  const { shipment: id, status, billing, billingBecause } = shipment;
  return (
    <Stack gap="md">
      <PageTitle
        title={`Shipment ${id}`}
        badges={
          <>
            <StateBadge state={status} />
            <StateBadge state={billing} />
          </>
        }
        actions={<PrintButton />}
      />
      {billingBecause !== undefined && (
        <Alert
          color={billing === 'held' || billing === 'adjusting' ? 'red' : 'blue'}
          variant="outline"
          title="Billing"
          icon={<IconCoins aria-hidden />}
          className="sentence"
        >
          {billingBecause}
        </Alert>
      )}
      <Summary shipment={shipment} />
      <TimeLine shipment={shipment} />
      <StopMap stops={shipment.stops} />
      <Goods goods={shipment.goods} />
      <Charges shipment={shipment} />
      {shipment.exceptions.length > 0 && <Exceptions exceptions={shipment.exceptions} />}
      <Documents shipment={id} documents={shipment.documents} />
      <Invoices invoices={shipment.invoices} shipment={id} />
      {may('carrier-invoices:read') && <CarrierInvoices shipment={id} />}
      <Facts facts={shipment.facts} shipment={id} />
    </Stack>
  );
}
