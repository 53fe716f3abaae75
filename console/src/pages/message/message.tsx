// One message: what came, what is wrong with it and where, and what it gave.

import { Alert, Anchor, Button, Grid, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconDownload, IconRepeat } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { answered, api, faultOf } from '../../api/client.ts';
import { useMay } from '../../session/use-session.ts';
import { DefinitionList, Fact } from '../../shared/definition-list.tsx';
import { kindText } from '../../shared/exception-kind.ts';
import { LinkTo } from '../../shared/link-to.tsx';
import { notify } from '../../shared/notice.ts';
import { PageTitle } from '../../shared/page-title.tsx';
import { PartnerName } from '../../shared/partner-name.tsx';
import { Section } from '../../shared/section.tsx';
import { StateBadge } from '../../shared/state-badge.tsx';
import { FaultView, Loading } from '../../shared/states.tsx';
import { countText, Reference, Time } from '../../shared/text.tsx';
import { Body } from './body.tsx';
import type { Message, View } from './detail.ts';
import { Events } from './events.tsx';
import { Mend } from './mend.tsx';

export default function MessagePage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const path = { params: { path: { id } } };
  const message = useQuery({
    queryKey: ['messages', id],
    queryFn: () => answered(api.GET('/v1/messages/{id}', path)),
  });
  const view = useQuery({
    queryKey: ['messages', id, 'view'],
    queryFn: () => answered(api.GET('/v1/messages/{id}/view', path)),
  });
  const failed = message.error ?? view.error;
  if (failed) return <FaultView error={failed} again={() => void Promise.all([message.refetch(), view.refetch()])} />;
  if (message.data === undefined || view.data === undefined) return <Loading what={`message ${id}`} />;
  return <Whole message={message.data} view={view.data} />;
}

function Whole({ message, view }: { readonly message: Message; readonly view: View }) {
  const [place, setPlace] = useState<number>();
  const may = useMay();
  return (
    <Stack>
      <PageTitle
        title={`Message ${message.id}`}
        badges={<StateBadge state={message.verdict} />}
        actions={<Actions message={message} />}
      />
      <Section title="What came" id="about">
        <DefinitionList>
          <Fact name="From">
            <PartnerName id={message.sender ?? message.partner} name={message.senderName} />
          </Fact>
          <Fact name="Received">
            <Time at={message.receivedAt} />
          </Fact>
          <Fact name="Came by">{message.channel}</Fact>
          <Fact name="File">{message.fileName}</Fact>
          <Fact name="Kind">{message.kind}</Fact>
          <Fact name="Size">{countText(message.bytes)} bytes</Fact>
          <Fact name="Events">{countText(message.events)}</Fact>
          <Fact name="Waiting for a shipment">{message.waiting > 0 && countText(message.waiting)}</Fact>
          <Fact name="Mended by">
            {message.mendedBy !== undefined && <LinkTo kind="messages" id={message.mendedBy} />}
          </Fact>
          <Fact name="Mends">{message.mends !== undefined && <LinkTo kind="messages" id={message.mends} />}</Fact>
          <Fact name="SHA-256">
            <Reference>{message.sha256}</Reference>
          </Fact>
          <Fact name="In the log">
            <Reference>{message.correlation}</Reference>
          </Fact>
        </DefinitionList>
      </Section>
      <Problems message={message} go={setPlace} />
      {message.verdict === 'quarantined' && may('messages:mend') && may('messages:bytes') && <Mend message={message} />}
      <Grid>
        <Grid.Col span={{ base: 12, lg: 7 }}>
          <Body view={view} problems={message.problems ?? []} place={place} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 5 }}>
          <Stack>
            <Events events={view.events} count={message.events} go={setPlace} />
            {message.acknowledgement !== undefined && (
              <Section title="Our answer" id="acknowledgement">
                <Text component="pre" className="mono bytes" size="sm">
                  {message.acknowledgement}
                </Text>
              </Section>
            )}
          </Stack>
        </Grid.Col>
      </Grid>
    </Stack>
  );
}

function Problems({ message: { problems = [] }, go }: { message: Message; go: (offset: number) => void }) {
  return problems.map(({ kind, subject, detail, offset }) => (
    <Alert
      key={`${kind} ${subject} ${offset}`}
      color="red"
      icon={<IconAlertTriangle aria-hidden />}
      title={`${kindText(kind)}: ${subject}`}
    >
      <Text size="sm" className="capital">
        {detail}
      </Text>
      {offset !== undefined && (
        <Anchor component="button" size="sm" c="inherit" underline="always" onClick={() => go(offset)}>
          Show byte {offset}
        </Anchor>
      )}
    </Alert>
  ));
}

function Actions({ message }: { readonly message: Message }) {
  const may = useMay();
  const queries = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  const replay = async () => {
    setBusy(true);
    try {
      const body = { what: 'messages' as const, messages: [message.id], all: true };
      const { messages } = await answered(api.POST('/v1/replay', { body }));
      const [result] = messages;
      const says = result?.quarantined
        ? `Still set aside: ${result.problems[0]?.detail}`
        : `${countText(result?.newEvents ?? 0)} new events.`;
      notify({ color: result?.quarantined ? 'red' : 'teal', title: 'Translated again', message: says });
      await queries.invalidateQueries({ queryKey: ['messages', message.id] });
    } catch (error) {
      const { title, detail } = faultOf(error);
      notify({ color: 'red', title, message: detail });
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      {may('replay:write') && (
        <Button
          size="xs"
          loading={isBusy}
          leftSection={<IconRepeat size={16} aria-hidden />}
          onClick={() => void replay()}
        >
          Replay
        </Button>
      )}
      {may('messages:bytes') && (
        <Button
          size="xs"
          variant="default"
          component="a"
          href={`/v1/messages/${message.id}/body`}
          leftSection={<IconDownload size={16} aria-hidden />}
        >
          Bytes
        </Button>
      )}
    </>
  );
}
