// One dispute for us: what it is about, what was said, an answer, and how it ends.
import { Button, Group, NativeSelect, Stack, Text, Textarea } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useMay } from '../../session/use-session.ts';
import { DefinitionList, Fact } from '../../shared/definition-list.tsx';
import { Thread } from '../../shared/disputes/thread.tsx';
import { useDispute } from '../../shared/disputes/use-dispute.ts';
import { type DisputeDetail, standingForUs, subjectOf } from '../../shared/disputes/words.ts';
import { Write } from '../../shared/disputes/write.tsx';
import { LinkTo } from '../../shared/link-to.tsx';
import { PageTitle } from '../../shared/page-title.tsx';
import { Section } from '../../shared/section.tsx';
import { StateBadge } from '../../shared/state-badge.tsx';
import { FaultView, Loading } from '../../shared/states.tsx';
import { Money, Time } from '../../shared/text.tsx';

export default function DisputePage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const may = useMay();
  const { query, say, close } = useDispute(id);
  const { data: dispute, error, isPending, refetch } = query;
  if (isPending) return <Loading what={`dispute ${id}`} />;
  if (error !== null) return <FaultView error={error} again={() => void refetch()} />;
  const isOpen = dispute.state === 'open';
  return (
    <Stack gap="md" maw={900}>
      <PageTitle title={subjectOf(dispute)} badges={<StateBadge state={standingForUs(dispute)} />} />
      <About dispute={dispute} />
      <Section title="What was said" id="said" count={dispute.thread.length}>
        <Thread dispute={dispute} reader="us" />
      </Section>
      {isOpen && may('customer-disputes:write') && (
        <Section title="Answer" id="answer">
          <Write label="What the customer should read" button="Send" send={say} />
        </Section>
      )}
      {isOpen && may('receivables:write') && <End close={close} />}
    </Stack>
  );
}

function About({ dispute }: { readonly dispute: DisputeDetail }) {
  const {
    customer,
    customerName,
    invoice,
    erpNumber,
    shipment,
    amount,
    currency,
    openedAt,
    byCustomer,
    closedAt,
    outcome,
  } = dispute;
  return (
    <Section title="About" id="about">
      <DefinitionList>
        <Fact name="Customer">{customerName ?? customer}</Fact>
        <Fact name="Invoice">
          <LinkTo kind="invoices" id={invoice} />
        </Fact>
        <Fact name="In the ERP">{erpNumber}</Fact>
        <Fact name="Shipment">{shipment && <LinkTo kind="shipments" id={shipment} />}</Fact>
        <Fact name="Amount">
          <Money amount={amount} currency={currency} />
        </Fact>
        <Fact name={byCustomer ? 'Opened by the customer' : 'Opened by us for the customer'}>
          <Time at={openedAt} />
        </Fact>
        <Fact name="Ended">{closedAt && <Time at={closedAt} />}</Fact>
        <Fact name="How it ended">{outcome}</Fact>
      </DefinitionList>
    </Section>
  );
}

const VERDICTS = [
  { value: 'accepted', label: 'We agree' },
  { value: 'partly-accepted', label: 'We agree in part' },
  { value: 'declined', label: 'We do not agree' },
];

function End({ close }: { readonly close: ReturnType<typeof useDispute>['close'] }) {
  const [verdict, setVerdict] = useState('accepted');
  const [reason, setReason] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    await close({ verdict: verdict as 'accepted', reason: reason.trim() }).catch(setError);
    setBusy(false);
  };
  return (
    <Section title="End it" id="end">
      <form onSubmit={submit} aria-label="End the dispute">
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            This changes no charge: what the customer is to get back is entered as a credit. Its days count again.
          </Text>
          <NativeSelect
            label="How it ends"
            data={VERDICTS}
            value={verdict}
            onChange={({ currentTarget }) => setVerdict(currentTarget.value)}
          />
          <Textarea
            label="Why, as the customer reads it"
            required
            autosize
            minRows={2}
            maxLength={4_000}
            value={reason}
            onChange={({ currentTarget }) => setReason(currentTarget.value)}
          />
          {error !== undefined && <FaultView error={error} />}
          <Group>
            <Button type="submit" loading={isBusy} disabled={reason.trim() === ''}>
              End the dispute
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
