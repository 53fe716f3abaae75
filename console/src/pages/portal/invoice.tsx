// One invoice for its customer: each charge with how it comes about, and a way to say that it is wrong.
import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { answered, api } from '../../api/client.ts';
import type { components } from '../../api/types.ts';
import { useMay } from '../../session/use-session.ts';
import { beyondName, chargeName, inReadingOrder } from '../../shared/charge-names.ts';
import { type DisputeDetail, standingInWords } from '../../shared/disputes/words.ts';
import { Write } from '../../shared/disputes/write.tsx';
import { PageTitle } from '../../shared/page-title.tsx';
import { PrintButton } from '../../shared/print-button.tsx';
import { Reveal } from '../../shared/reveal.tsx';
import { Section } from '../../shared/section.tsx';
import { FaultView, Loading } from '../../shared/states.tsx';
import { Steps } from '../../shared/steps.tsx';
import { Money, Time } from '../../shared/text.tsx';
import { kindInWords } from './words.ts';

type Invoice = components['schemas']['InvoiceDetail'];
type InvoiceLine = Invoice['lines'][number];
/** Missing: the whole invoice. */
type Disputed = { readonly shipment: string; readonly code: string } | undefined;

export default function PortalInvoice() {
  const { number = '' } = useParams({ strict: false }) as { number?: string };
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['invoices', 'one', number],
    queryFn: () => answered(api.GET('/v1/invoices/{number}', { params: { path: { number } } })),
  });
  const disputes = useQuery({
    queryKey: ['disputes', 'invoice', number],
    queryFn: () => answered(api.GET('/v1/invoices/{number}/disputes', { params: { path: { number } } })),
    enabled: data !== undefined,
  });
  if (isPending) return <Loading what={`invoice ${number}`} />;
  if (error !== null) return <FaultView error={error} again={() => void refetch()} />;
  const asked = disputes.data?.items ?? [];
  return (
    <Stack gap="md">
      <PageTitle title={`${kindInWords(data.kind)} ${data.number}`} actions={<PrintButton />} />
      <Totals invoice={data} />
      {data.shipments.map((shipment) => (
        <Section key={shipment} title={`Shipment ${shipment}`} id={`shipment-${shipment}`}>
          <Stack gap="md">
            {inReadingOrder(data.lines.filter((line) => line.shipment === shipment)).map((line) => (
              <Charge
                key={`${line.code} ${line.description} ${line.amount}`}
                invoice={data}
                line={line}
                disputes={asked}
              />
            ))}
          </Stack>
          <Anchor
            component={Link}
            to={`/portal/shipments/${encodeURIComponent(shipment)}`}
            underline="always"
            display="block"
            mt="md"
          >
            Where it went
          </Anchor>
        </Section>
      ))}
      {data.kind !== 'credit-note' && (
        <Section title="The whole invoice" id="whole">
          <Question invoice={data} disputed={undefined} disputes={asked} />
        </Section>
      )}
    </Stack>
  );
}

function Totals({ invoice }: { readonly invoice: Invoice }) {
  const { total, tax, subtotal, currency, decidedAt, erpNumber, paymentTermsDays } = invoice;
  return (
    <Section title="In short" id="short">
      <Text className="headline">
        <Money amount={total} currency={currency} />
      </Text>
      <Text c="dimmed" component="div">
        {/^0(\.0+)?$/.test(tax) ? (
          'No tax'
        ) : (
          <>
            <Money amount={subtotal} currency={currency} /> and <Money amount={tax} currency={currency} /> tax
          </>
        )}
      </Text>
      <Text mt="xs" component="div">
        Dated <Time at={decidedAt} />
        {paymentTermsDays !== undefined && `, to be paid within ${paymentTermsDays} days`}
        {erpNumber !== undefined && `, number ${erpNumber}`}
      </Text>
    </Section>
  );
}

type ChargeProps = {
  readonly invoice: Invoice;
  readonly line: InvoiceLine;
  readonly disputes: readonly DisputeDetail[];
};

function Charge({ invoice, line, disputes }: ChargeProps) {
  const { code, amount, description, derivation, shipment } = line;
  return (
    <div>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div>
          <Text fw={600} inherit>
            {chargeName(code)}
          </Text>
          <Text size="sm" c="dimmed" className="breakable">
            {beyondName(description, { code, shipment })}
          </Text>
        </div>
        <Text fw={600} inherit>
          <Money amount={amount} currency={invoice.currency} />
        </Text>
      </Group>
      {invoice.kind !== 'credit-note' && (
        <Question invoice={invoice} disputed={{ shipment, code }} disputes={disputes} />
      )}
      <Reveal line={<Text size="sm">How it comes about</Text>}>
        <Steps steps={derivation} />
      </Reveal>
    </div>
  );
}

type QuestionProps = {
  readonly invoice: Invoice;
  readonly disputed: Disputed;
  readonly disputes: readonly DisputeDetail[];
};

function Question({ invoice: { number }, disputed, disputes }: QuestionProps) {
  const may = useMay();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const own = disputes.filter(({ code, shipment }) => code === disputed?.code && shipment === disputed?.shipment);
  const send = async ({ text, ...more }: Parameters<Parameters<typeof Write>[0]['send']>[0]) => {
    const body = { ...disputed, ...more, reason: text };
    const { id } = await answered(api.POST('/v1/invoices/{number}/disputes', { params: { path: { number } }, body }));
    await queries.invalidateQueries({ queryKey: ['disputes'] });
    await navigate({ to: `/portal/questions/${id}` });
  };
  const what =
    disputed === undefined ? 'this invoice' : `${chargeName(disputed.code)} of shipment ${disputed.shipment}`;
  const isOpen = own.some(({ state }) => state === 'open');
  return (
    <Stack gap="xs" mt="xs" align="flex-start">
      {own.map((dispute) => (
        <Anchor key={dispute.id} component={Link} to={`/portal/questions/${dispute.id}`} underline="always" size="sm">
          Your question: {standingInWords(dispute)}
        </Anchor>
      ))}
      {may('customer-disputes:write') && !isOpen && !isAsking && (
        <Button
          size="sm"
          variant="light"
          className="no-print"
          aria-label={`Something is wrong with ${what}`}
          onClick={() => setAsking(true)}
        >
          Something is wrong
        </Button>
      )}
      {isAsking && (
        <div style={{ width: '100%' }}>
          <Write label={`What is wrong with ${what}?`} button="Send" send={send}>
            <Button variant="subtle" onClick={() => setAsking(false)}>
              Never mind
            </Button>
          </Write>
        </div>
      )}
    </Stack>
  );
}
