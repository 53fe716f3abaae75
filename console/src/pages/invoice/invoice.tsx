// One document: its lines down to the facts, what settled it, what corrects it, and its life in the ERP.

import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { answered, api } from '../../api/client.ts';
import { useMay } from '../../session/use-session.ts';
import { dayText } from '../../shared/days.ts';
import { DefinitionList, Fact } from '../../shared/definition-list.tsx';
import { EnterCharge } from '../../shared/enter-charge.tsx';
import { LinkTo } from '../../shared/link-to.tsx';
import { PacketLinks } from '../../shared/packet-links.tsx';
import { PageTitle } from '../../shared/page-title.tsx';
import { PartnerName } from '../../shared/partner-name.tsx';
import { PrintButton } from '../../shared/print-button.tsx';
import { Section } from '../../shared/section.tsx';
import { StateBadge } from '../../shared/state-badge.tsx';
import { FaultView, Loading } from '../../shared/states.tsx';
import { Time } from '../../shared/text.tsx';
import type { Invoice } from './detail.ts';
import { Disputes } from './disputes.tsx';
import { InvoiceLines } from './lines.tsx';
import { Corrections, ErpLife, Payments } from './settlement.tsx';

export default function InvoicePage() {
  const { number = '' } = useParams({ strict: false }) as { number?: string };
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['invoices', 'one', number],
    queryFn: () => answered(api.GET('/v1/invoices/{number}', { params: { path: { number } } })),
  });
  if (isPending) return <Loading what={`invoice ${number}`} />;
  if (error !== null) return <FaultView error={error} again={() => void refetch()} />;
  return <Parts invoice={data} />;
}

const NAMES = { invoice: 'Invoice', supplementary: 'Supplementary invoice', 'credit-note': 'Credit note' } as const;

function Parts({ invoice }: { readonly invoice: Invoice }) {
  const may = useMay();
  const { number, kind, state, shipments } = invoice;
  return (
    <Stack gap="md" className="document">
      <PageTitle
        title={`${NAMES[kind]} ${number}`}
        badges={<StateBadge state={state} />}
        actions={
          <>
            {may('charges:write') && <EnterCharge shipments={shipments} />}
            {may('explain:read') && <PacketLinks of={number} />}
            <PrintButton />
          </>
        }
      />
      <Summary invoice={invoice} />
      <InvoiceLines invoice={invoice} />
      <Payments invoice={invoice} />
      <Corrections invoice={invoice} />
      <Disputes number={number} />
      {may('effects:read') && <ErpLife number={number} />}
    </Stack>
  );
}

function Summary({ invoice }: { readonly invoice: Invoice }) {
  const { customer, customerName, erpNumber, decidedAt, dueOn, paymentTermsDays, legalEntity, corrects } = invoice;
  return (
    <Section title="Summary" id="summary">
      <DefinitionList>
        <Fact name="Customer">
          <PartnerName id={customer} name={customerName} />
        </Fact>
        <Fact name="From">{legalEntity}</Fact>
        <Fact name="Number in the ERP">{erpNumber}</Fact>
        <Fact name="Issued">
          <Time at={decidedAt} />
        </Fact>
        <Fact name="Due">{dueOn && dayText(dueOn)}</Fact>
        <Fact name="Terms">{paymentTermsDays !== undefined && `${paymentTermsDays} days`}</Fact>
        <Fact name="Corrects">{corrects && <LinkTo kind="invoices" id={corrects} />}</Fact>
        <Fact name="Stage">{invoice.stage}</Fact>
        <Fact name="Approved by">{invoice.approvedBy}</Fact>
        <Fact name="Posted">{invoice.postedAt && <Time at={invoice.postedAt} />}</Fact>
      </DefinitionList>
    </Section>
  );
}
