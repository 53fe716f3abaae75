// One carrier's invoice: why it was found to be what it is, billed beside expected, and its dispute.

import { Alert, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { answered, api } from '../../api/client.ts';
import { useMay } from '../../session/use-session.ts';
import { ChargeName } from '../../shared/charge-name.tsx';
import { dayText } from '../../shared/days.ts';
import { DefinitionList, Fact } from '../../shared/definition-list.tsx';
import { EffectLife } from '../../shared/effect-life.tsx';
import { explained } from '../../shared/explanation.ts';
import { LinkTo } from '../../shared/link-to.tsx';
import { PacketLinks } from '../../shared/packet-links.tsx';
import { PageTitle } from '../../shared/page-title.tsx';
import { PrintButton } from '../../shared/print-button.tsx';
import { Section } from '../../shared/section.tsx';
import { StateBadge } from '../../shared/state-badge.tsx';
import { FaultView, Loading } from '../../shared/states.tsx';
import { Money, Time } from '../../shared/text.tsx';
import { Compared } from './compared.tsx';
import type { CarrierInvoice } from './detail.ts';
import { DisputePart } from './dispute.tsx';

const WHY: Readonly<Record<string, string>> = {
  approved: 'Why it is approved',
  disputed: 'Why it is disputed',
  duplicate: 'Why it is not paid',
  unmatched: 'Why it waits',
};

export default function CarrierInvoicePage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['carrier-invoices', 'one', id],
    queryFn: () => answered(api.GET('/v1/carrier-invoices/{id}', { params: { path: { id } } })),
  });
  if (isPending) return <Loading what={`carrier invoice ${id}`} />;
  if (error !== null) return <FaultView error={error} again={() => void refetch()} />;
  return <Parts invoice={data} />;
}

function Parts({ invoice }: { readonly invoice: CarrierInvoice }) {
  const may = useMay();
  const { id, carrier, carrierName, invoice: number, verdict } = invoice;
  const name = `${carrier}/${number}`;
  const why = useQuery({
    queryKey: ['carrier-invoices', 'why', name],
    queryFn: () => explained('carrier-invoice', `bill:${name}`),
    enabled: may('explain:read'),
  });
  const own = why.data?.invoices.find((each) => each.id === id);
  return (
    <Stack gap="md" className="document">
      <PageTitle
        title={`${carrierName ?? carrier} ${number}`}
        badges={<StateBadge state={verdict ?? 'waiting'} />}
        actions={
          <>
            {may('explain:read') && <PacketLinks of={name} />}
            <PrintButton />
          </>
        }
      />
      {own !== undefined && own.because !== '' && (
        <Alert
          color={verdict === 'approved' ? 'teal' : 'red'}
          variant="outline"
          title={WHY[verdict ?? ''] ?? 'Why'}
          className="sentence"
        >
          {own.because}
        </Alert>
      )}
      {why.error !== null && <FaultView error={why.error} again={() => void why.refetch()} />}
      <Summary invoice={invoice} tolerance={why.data?.tolerance} />
      <Compared invoice={invoice} explained={own?.compared} />
      {may('disputes:read') && own?.dispute !== undefined && (
        <DisputePart id={id} currency={invoice.currency} dispute={own.dispute} />
      )}
      {own !== undefined && own.effects.length > 0 && (
        <Section title="In the ERP" id="erp">
          {own.effects.map((effect) => (
            <EffectLife key={effect.key} effect={effect} />
          ))}
        </Section>
      )}
      <Lines invoice={invoice} />
    </Stack>
  );
}

function Summary({ invoice, tolerance }: { readonly invoice: CarrierInvoice; readonly tolerance: string | undefined }) {
  const may = useMay();
  const { currency, billed, expected, difference, issuedOn, arrivedAt, message, bill, erpNumber } = invoice;
  return (
    <Section title="Summary" id="summary">
      <DefinitionList>
        <Fact name="Billed">
          <Money amount={billed} currency={currency} />
        </Fact>
        <Fact name="Expected">
          <Money amount={expected} currency={currency} />
        </Fact>
        <Fact name="Difference">
          <Text span fw={700}>
            <Money amount={difference} currency={currency} />
          </Text>
        </Fact>
        <Fact name="Tolerance">{tolerance}</Fact>
        <Fact name="Issued">{dayText(issuedOn)}</Fact>
        <Fact name="Came">
          <Time at={arrivedAt} />
        </Fact>
        <Fact name="Its message">
          {may('messages:read') && (
            <LinkTo kind="messages" id={message}>
              message {message}
            </LinkTo>
          )}
        </Fact>
        <Fact name="Bill in the ERP">{bill && [bill, erpNumber].filter(Boolean).join(', ')}</Fact>
        <Fact name="Posted">{invoice.billPostedAt && <Time at={invoice.billPostedAt} />}</Fact>
        <Fact name="Landed cost">{invoice.landedCost && <Landed cost={invoice.landedCost} />}</Fact>
      </DefinitionList>
    </Section>
  );
}

function Landed({ cost: { state, reason, nextLookAt } }: { readonly cost: NonNullable<CarrierInvoice['landedCost']> }) {
  return (
    <>
      <StateBadge state={state} />
      {reason !== undefined && ` ${reason}`}
      {nextLookAt !== undefined && (
        <Text span size="sm" c="dimmed">
          {' '}
          · next look <Time at={nextLookAt} />
        </Text>
      )}
    </>
  );
}

function Lines({ invoice: { lines, currency } }: { readonly invoice: CarrierInvoice }) {
  return (
    <Section title="As the carrier wrote it" id="lines" count={lines.length}>
      {lines.map(({ code, amount, shipment, names }, at) => (
        // Two lines may say the same; they have an order and keep it.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <Group key={at} justify="space-between" gap="xs" py={4} wrap="nowrap">
          <Text size="sm" component="div">
            <ChargeName code={code} /> ·{' '}
            {shipment === undefined ? 'no shipment is known under ' : <LinkTo kind="shipments" id={shipment} />}
            <Text span size="sm" c="dimmed">
              {names.length > 0 && ` ${names.map(({ type, value }) => `${type} ${value}`).join(', ')}`}
            </Text>
          </Text>
          <Text size="sm">
            <Money amount={amount} currency={currency} />
          </Text>
        </Group>
      ))}
    </Section>
  );
}
