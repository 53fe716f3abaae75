// One shipment for its customer: where it is, its documents, what it costs, and a link to share it by.

import { Anchor, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { answered, api } from '../../api/client.ts';
import { useMay } from '../../session/use-session.ts';
import { type Explained, explained } from '../../shared/explanation.ts';
import { PageTitle } from '../../shared/page-title.tsx';
import { PrintButton } from '../../shared/print-button.tsx';
import { Section } from '../../shared/section.tsx';
import { Empty, FaultView, Loading } from '../../shared/states.tsx';
import { Money, Time } from '../../shared/text.tsx';
import { TrackingView } from '../../shared/tracking/tracking-view.tsx';
import { numberText } from '../../shared/tracking/words.ts';
import { Share } from './share.tsx';

export default function PortalShipment() {
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const may = useMay();
  const tracking = useQuery({
    queryKey: ['shipments', 'tracking', id],
    queryFn: () => answered(api.GET('/v1/shipments/{id}/tracking', { params: { path: { id } } })),
  });
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['shipments', 'one', id],
    queryFn: () => explained('shipment', `shipment:${id}`),
  });
  const fault = tracking.error ?? error;
  if (fault !== null)
    return <FaultView error={fault} again={() => void Promise.all([tracking.refetch(), refetch()])} />;
  if (isPending || data === undefined || tracking.data === undefined) return <Loading what={`shipment ${id}`} />;
  return (
    <Stack gap="md">
      <PageTitle title={`Shipment ${id}`} actions={<PrintButton />} />
      {data.references.length > 0 && (
        <Text c="dimmed" className="breakable">
          {data.references.map(numberText).join(', ')}
        </Text>
      )}
      <TrackingView tracking={tracking.data} />
      <Documents shipment={data} />
      {may('invoices:read') && <Invoices invoices={data.invoices} />}
      {may('tracking:write') && <Share shipment={id} />}
    </Stack>
  );
}

const NAMES: Readonly<Record<string, string>> = { pod: 'Proof of delivery', bol: 'Bill of lading', customs: 'Customs' };

function Documents({ shipment: { shipment, documents } }: { readonly shipment: Explained<'shipment'> }) {
  return (
    <Section title="Documents" id="documents">
      {documents.length === 0 && <Empty says="No document has come yet. The proof of delivery appears here." />}
      <Stack gap="xs">
        {documents.map(({ event, kind, isKept, signedBy, reportedAt }) => (
          <div key={event}>
            {isKept ? (
              <Anchor
                href={`/v1/shipments/${encodeURIComponent(shipment)}/documents/${event}`}
                target="_blank"
                rel="noreferrer"
                fw={600}
                underline="always"
              >
                {NAMES[kind] ?? 'Document'}
              </Anchor>
            ) : (
              <Text fw={600}>{NAMES[kind] ?? 'Document'}</Text>
            )}
            <Text size="sm" c="dimmed" component="div">
              <Time at={reportedAt} />
              {signedBy !== undefined && `, signed by ${signedBy}`}
              {!isKept && ', without a picture'}
            </Text>
          </div>
        ))}
      </Stack>
    </Section>
  );
}

function Invoices({ invoices }: { readonly invoices: Explained<'shipment'>['invoices'] }) {
  return (
    <Section title="Invoices" id="invoices">
      {invoices.length === 0 && <Empty says="Nothing has been invoiced for it yet." />}
      {invoices.map(({ number, kind, total, currency }) => (
        <Text key={number}>
          <Anchor component={Link} to={`/portal/invoices/${encodeURIComponent(number)}`} underline="always">
            {kind === 'credit-note' ? 'Credit note' : 'Invoice'} {number}
          </Anchor>{' '}
          <Money amount={total} currency={currency} />
        </Text>
      ))}
    </Section>
  );
}
