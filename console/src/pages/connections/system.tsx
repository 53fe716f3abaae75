// One outside system: how it does, what would go out, what it refused.
import { Alert, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { answered, api } from '../../api/client.ts';
import type { components } from '../../api/types.ts';
import { DefinitionList, Fact } from '../../shared/definition-list.tsx';
import { EffectLife } from '../../shared/effect-life.tsx';
import { LinkTo } from '../../shared/link-to.tsx';
import { Nothing } from '../../shared/money-cell.tsx';
import { PageTitle } from '../../shared/page-title.tsx';
import { PlainTable, toTheRight } from '../../shared/plain-table.tsx';
import { Section } from '../../shared/section.tsx';
import { StateBadge } from '../../shared/state-badge.tsx';
import { Empty, FaultView, Loading } from '../../shared/states.tsx';
import { countText, Money, Reference, Time } from '../../shared/text.tsx';
import { Health } from './health.tsx';
import { SystemActions } from './system-actions.tsx';
import { type System, useSystems } from './systems.ts';

export default function SystemPage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const { data, error, isPending, refetch } = useSystems();
  if (isPending) return <Loading what={id} />;
  if (error !== null) return <FaultView error={error} again={() => void refetch()} />;
  const system = data.systems.find((each) => each.system === id);
  if (system === undefined) return <Empty says={`There is no outside system ${id}.`} />;
  return (
    <Stack>
      <PageTitle title={id} badges={<Health system={system} />} actions={<SystemActions system={system} />} />
      {system.heldSince !== undefined && (
        <Alert color="yellow" title="Paused">
          By {system.heldBy}, <Time at={system.heldSince} />
          {system.heldReason !== undefined && `: ${system.heldReason}`}. What is below waits.
        </Alert>
      )}
      <About system={system} />
      <Waiting system={id} />
      <Refused system={id} />
    </Stack>
  );
}

function About({ system }: { readonly system: System }) {
  const { breaker, pace, lastFailureAt } = system;
  const time = (at: string | undefined) => at !== undefined && <Time at={at} />;
  return (
    <Section title="How it does" id="about">
      <DefinitionList>
        <Fact name="Breaker">
          {breaker === 'closed' ? 'closed: documents go' : `${breaker}: left alone until it answers`}
        </Fact>
        <Fact name="Pace">
          {pace !== undefined &&
            `up to ${countText(pace.burst)} documents at once${pace.perSecond === undefined ? '' : `, ${pace.perSecond} a second`}`}
        </Fact>
        <Fact name="Waiting">{countText(system.waiting)}</Fact>
        <Fact name="Looked up before sent again">{countText(system.unknown)}</Fact>
        <Fact name="Refused or given up">{countText(system.failing)}</Fact>
        <Fact name="Confirmed in the last hour">{countText(system.confirmed)}</Fact>
        <Fact name="Last success">{time(system.lastSuccessAt) || 'never'}</Fact>
        <Fact name="Next try">{time(system.probeAt ?? system.nextTryAt)}</Fact>
        <Fact name="Its key ends">{time(system.keyEndsAt) || 'not known'}</Fact>
        <Fact name="Last trouble">{time(lastFailureAt)}</Fact>
      </DefinitionList>
      {system.lastFailure !== undefined && (
        <Text size="sm" mt="sm" className="breakable">
          {system.lastFailure}
        </Text>
      )}
    </Section>
  );
}

type Preview = components['schemas']['DrainPreview'];

function Waiting({ system }: { readonly system: string }) {
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['effects', 'waiting', system],
    queryFn: () => answered(api.GET('/v1/systems/{system}/waiting', { params: { path: { system } } })),
  });
  const count = data?.sums.reduce((sum, each) => sum + each.count, 0);
  return (
    <Section title="What would go out" id="waiting" count={count}>
      {isPending && <Loading what="what waits" />}
      {error !== null && <FaultView error={error} again={() => void refetch()} />}
      {count === 0 && <Empty says="Nothing waits." />}
      {data !== undefined && data.sums.length > 0 && <WaitingTable preview={data} />}
    </Section>
  );
}

function WaitingTable({ preview: { sums, items } }: { readonly preview: Preview }) {
  return (
    <>
      {sums.map(({ kind, count, amount, currency }) => (
        <Text key={`${kind} ${currency}`} size="sm">
          {countText(count)} × {kind.replaceAll('-', ' ')}
          {amount !== undefined && currency !== undefined && (
            <>
              , <Money amount={amount} currency={currency} />
            </>
          )}
        </Text>
      ))}
      <PlainTable
        label="What would go out"
        minWidth={620}
        heads={['What', 'Kind', 'State', 'For', ...toTheRight('Amount'), 'Wanted since']}
      >
        {items.map(({ key, kind, subject, state, customer, amount, currency, createdAt }) => (
          <Table.Tr key={key}>
            <Table.Td>
              {customer === undefined ? <Reference>{subject}</Reference> : <LinkTo kind="invoices" id={subject} />}
            </Table.Td>
            <Table.Td>{kind.replaceAll('-', ' ')}</Table.Td>
            <Table.Td>
              <StateBadge state={state} />
            </Table.Td>
            <Table.Td>{customer ?? <Nothing />}</Table.Td>
            <Table.Td ta="right">
              {amount === undefined || currency === undefined ? (
                <Nothing />
              ) : (
                <Money amount={amount} currency={currency} />
              )}
            </Table.Td>
            <Table.Td>
              <Time at={createdAt} />
            </Table.Td>
          </Table.Tr>
        ))}
      </PlainTable>
    </>
  );
}

function Refused({ system }: { readonly system: string }) {
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['effects', 'stopped', system],
    queryFn: async () => {
      const of = (state: 'refused' | 'dead') =>
        answered(api.GET('/v1/effects', { params: { query: { system, state, limit: 50 } } }));
      const [refused, dead] = await Promise.all([of('refused'), of('dead')]);
      return [...refused.items, ...dead.items];
    },
  });
  return (
    <Section title="Refused or given up" id="refused" count={data?.length}>
      {isPending && <Loading what="what was refused" />}
      {error !== null && <FaultView error={error} again={() => void refetch()} />}
      {data?.length === 0 && <Empty says="Nothing was refused." />}
      {data?.map((effect) => (
        <div key={effect.key}>
          <Reference>{effect.subject}</Reference>
          <EffectLife effect={effect} />
        </div>
      ))}
    </Section>
  );
}
