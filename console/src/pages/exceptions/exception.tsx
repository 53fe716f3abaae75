// One exception: what is wrong, what mends it, and what was done about it.

import { Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { answered, api } from '../../api/client.ts';
import { DefinitionList, Fact } from '../../shared/definition-list.tsx';
import { kindText } from '../../shared/exception-kind.ts';
import { InWords } from '../../shared/in-words.tsx';
import { LinkTo } from '../../shared/link-to.tsx';
import { PageTitle } from '../../shared/page-title.tsx';
import { Section } from '../../shared/section.tsx';
import { StateBadge } from '../../shared/state-badge.tsx';
import { FaultView, Loading } from '../../shared/states.tsx';
import { agoText, Money, Time } from '../../shared/text.tsx';
import { isOverdue, ownerText } from './columns.tsx';
import { History } from './history.tsx';
import { Mends } from './mends.tsx';
import type { ExceptionDetail } from './work.ts';

export default function ExceptionPage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['exceptions', id],
    queryFn: () => answered(api.GET('/v1/exceptions/{id}', { params: { path: { id } } })),
  });
  if (isPending) return <Loading what={`exception ${id}`} />;
  if (error !== null) return <FaultView error={error} again={() => void refetch()} />;
  return <Whole exception={data} />;
}

function Whole({ exception }: { readonly exception: ExceptionDetail }) {
  const { id, kind, subject, state, waived = false, detail, waitsFor, advice } = exception;
  return (
    <Stack>
      <PageTitle
        title={`${kindText(kind)}: ${subject}`}
        badges={
          <Group gap="xs">
            <StateBadge state={waived ? 'waived' : state} />
            {isOverdue(exception) && <StateBadge state="overdue" tone="bad" />}
          </Group>
        }
        actions={<Mends exception={exception} />}
      />
      <Section title="What is wrong" id="wrong">
        <Text className="breakable capital">{detail}</Text>
        {state === 'open' && (
          <Text size="sm" mt={6} className="breakable">
            Waits for {waitsFor}. <InWords text={advice} />
          </Text>
        )}
      </Section>
      <About exception={exception} />
      <History id={id} history={exception.history} />
    </Stack>
  );
}

function About({ exception }: { readonly exception: ExceptionDetail }) {
  const { kind, subject, owner, assignee, customer, customerName, shipment, message, stake, names } = exception;
  const { openedAt, dueAt, closedAt, state } = exception;
  return (
    <Section title="About it" id="about">
      <DefinitionList>
        <Fact name="Owner">{ownerText(owner)}</Fact>
        <Fact name="Assigned to">{assignee ?? 'nobody'}</Fact>
        <Fact name="At stake">{stake && <Money {...stake} />}</Fact>
        <Fact name="Customer">{customerName ?? customer}</Fact>
        <Fact name="Shipment">{shipment !== undefined && <LinkTo kind="shipments" id={shipment} />}</Fact>
        <Fact name="Message">{message !== undefined && <LinkTo kind="messages" id={message} />}</Fact>
        <Fact name="Invoice">{kind === 'invoice-overdue' && <LinkTo kind="invoices" id={subject} />}</Fact>
        <Fact name="Asks for">{names.map(({ type, value }) => `${type} ${value}`).join(', ')}</Fact>
        <Fact name="Opened">
          <Time at={openedAt} />
        </Fact>
        <Fact name="Due">
          {state === 'open' && (
            <>
              <Time at={dueAt} /> ({agoText(dueAt)})
            </>
          )}
        </Fact>
        <Fact name="Closed">{closedAt !== undefined && <Time at={closedAt} />}</Fact>
      </DefinitionList>
    </Section>
  );
}
