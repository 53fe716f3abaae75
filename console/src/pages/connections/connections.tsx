// Every way in and out: outside systems with their health, and partners by when each was last heard.
import { Anchor, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { DefinitionList, Fact } from '../../shared/definition-list.tsx';
import { PageTitle } from '../../shared/page-title.tsx';
import { Section } from '../../shared/section.tsx';
import { Empty, FaultView, Loading } from '../../shared/states.tsx';
import { agoText, countText, Time } from '../../shared/text.tsx';
import { Health } from './health.tsx';
import { PartnerList } from './partner-list.tsx';
import { SystemActions } from './system-actions.tsx';
import { type System, useSystems } from './systems.ts';

export default function Connections() {
  const { data, error, isPending, refetch } = useSystems();
  return (
    <Stack>
      <PageTitle title="Connections" />
      <Section title="Outside systems" id="systems" count={data?.systems.length}>
        {isPending && <Loading what="outside systems" />}
        {error !== null && <FaultView error={error} again={() => void refetch()} />}
        {data?.systems.length === 0 && (
          <Empty says="No outside system yet: connect one by “lading connect odoo”, or give a carrier's profile a demand address." />
        )}
        <SimpleGrid cols={{ base: 1, md: 2 }}>
          {data?.systems.map((system) => (
            <Card key={system.system} system={system} now={Date.parse(data.at)} />
          ))}
        </SimpleGrid>
      </Section>
      <PartnerList />
    </Stack>
  );
}

function Card({ system, now }: { readonly system: System; readonly now: number }) {
  const { system: name, waiting, unknown, failing, lastSuccessAt } = system;
  return (
    <Stack gap="xs" component="article" aria-label={name}>
      <Group justify="space-between">
        <Group gap="xs">
          <Anchor component={Link} to={`/connections/${encodeURIComponent(name)}`} fw={600}>
            {name}
          </Anchor>
          <Health system={system} />
        </Group>
        <SystemActions system={system} />
      </Group>
      <DefinitionList>
        <Fact name="Waiting">
          {countText(waiting + unknown)}
          {system.oldestWaitingAt !== undefined && `, the oldest ${agoText(system.oldestWaitingAt, now)}`}
        </Fact>
        <Fact name="Refused or given up">{countText(failing)}</Fact>
        <Fact name="Confirmed in the last hour">{countText(system.confirmed)}</Fact>
        <Fact name="Last success">{lastSuccessAt === undefined ? 'never' : <Time at={lastSuccessAt} />}</Fact>
        <Fact name="Next try">{system.probeAt !== undefined && <Time at={system.probeAt} />}</Fact>
        <Fact name="Key ends">{system.keyEndsAt !== undefined && <Time at={system.keyEndsAt} />}</Fact>
      </DefinitionList>
      {system.heldSince !== undefined && (
        <Text size="sm">
          Paused by {system.heldBy} {agoText(system.heldSince, now)}
          {system.heldReason !== undefined && `: ${system.heldReason}`}
        </Text>
      )}
      {system.health === 'down' && (
        <Text size="sm" className="breakable">
          {system.lastFailure}
        </Text>
      )}
    </Stack>
  );
}
