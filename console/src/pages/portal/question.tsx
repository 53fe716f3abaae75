// One question of a customer: how it stands, what both said, and one more word.
import { Anchor, Button, Stack, Text } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useMay } from '../../session/use-session.ts';
import { Thread } from '../../shared/disputes/thread.tsx';
import { useDispute } from '../../shared/disputes/use-dispute.ts';
import { type DisputeDetail, standingInWords, subjectOf } from '../../shared/disputes/words.ts';
import { Write } from '../../shared/disputes/write.tsx';
import { PageTitle } from '../../shared/page-title.tsx';
import { Section } from '../../shared/section.tsx';
import { FaultView, Loading } from '../../shared/states.tsx';
import { Money, Time } from '../../shared/text.tsx';

export default function PortalQuestion() {
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const may = useMay();
  const { query, say, withdraw } = useDispute(id);
  const [problem, setProblem] = useState<unknown>();
  const { data: dispute, error, isPending, refetch } = query;
  if (isPending) return <Loading what="your question" />;
  if (error !== null) return <FaultView error={error} again={() => void refetch()} />;
  return (
    <Stack gap="md">
      <PageTitle title={subjectOf(dispute)} />
      <Standing dispute={dispute} />
      <Section title="What was said" id="said">
        <Thread dispute={dispute} reader="customer" />
      </Section>
      {dispute.state === 'open' && may('customer-disputes:write') && (
        <Section title="Write to us" id="write">
          <Write label="Your message" button="Send" send={say}>
            <Button variant="subtle" onClick={() => void withdraw().catch(setProblem)}>
              It is settled, take it back
            </Button>
          </Write>
          {problem !== undefined && <FaultView error={problem} />}
        </Section>
      )}
    </Stack>
  );
}

function Standing({ dispute }: { readonly dispute: DisputeDetail }) {
  const { invoice, amount, currency, state, waitsFor, outcome, closedAt } = dispute;
  return (
    <Section title="How it stands" id="stands">
      <Text className="headline" role="status">
        {standingInWords(dispute)}
      </Text>
      {outcome !== undefined && <div className="words">{outcome}</div>}
      <Text c="dimmed" component="div" mt="xs">
        {state === 'open' &&
          waitsFor === 'us' &&
          'We will answer here. Until then nobody asks you to pay this invoice. '}
        {state === 'open' && waitsFor === 'customer' && 'You may write to us again below. '}
        {closedAt !== undefined && (
          <>
            Ended <Time at={closedAt} />.{' '}
          </>
        )}
        It is about <Money amount={amount} currency={currency} /> of{' '}
        <Anchor component={Link} to={`/portal/invoices/${encodeURIComponent(invoice)}`} underline="always">
          invoice {invoice}
        </Anchor>
        .
      </Text>
    </Section>
  );
}
