// One partner: when it was last heard, its newest messages, and where its profile is.
import { Anchor, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { answered, api } from '../../api/client.ts';
import { durationText } from '../../shared/days.ts';
import { DefinitionList, Fact } from '../../shared/definition-list.tsx';
import { LinkTo } from '../../shared/link-to.tsx';
import { PageTitle } from '../../shared/page-title.tsx';
import { Section } from '../../shared/section.tsx';
import { StateBadge } from '../../shared/state-badge.tsx';
import { Empty, FaultView, Loading } from '../../shared/states.tsx';
import { countText, Time } from '../../shared/text.tsx';
import { Hearing } from './health.tsx';

export default function PartnerPage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['messages', 'partner', id],
    queryFn: async () => {
      const query = { search: id, limit: 500 };
      const { items } = await answered(api.GET('/v1/connections/partners', { params: { query } }));
      return items.find(({ partner }) => partner === id) ?? null;
    },
  });
  if (isPending) return <Loading what={`partner ${id}`} />;
  if (error !== null) return <FaultView error={error} again={() => void refetch()} />;
  if (data === null) return <Empty says={`There is no partner ${id}.`} />;
  const { name, roles, lastHeardAt, silentAfterMinutes, problems } = data;
  return (
    <Stack>
      <PageTitle title={name} badges={<Hearing partner={data} />} />
      <Section title="How it does" id="about">
        <DefinitionList>
          <Fact name="Partner">{id}</Fact>
          <Fact name="Roles">{roles.join(', ')}</Fact>
          <Fact name="Last heard">{lastHeardAt === undefined ? 'never' : <Time at={lastHeardAt} isBrief />}</Fact>
          <Fact name="To be heard every">
            {silentAfterMinutes === undefined ? 'not watched' : durationText(silentAfterMinutes)}
          </Fact>
          <Fact name="Messages with problems">{countText(problems)}</Fact>
          <Fact name="Its profile">
            <Anchor component={Link} to={`/rules/partner/${encodeURIComponent(id)}`} size="sm">
              in the rules
            </Anchor>
          </Fact>
        </DefinitionList>
      </Section>
      <Newest partner={id} />
    </Stack>
  );
}

function Newest({ partner }: { readonly partner: string }) {
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['messages', 'newest', partner],
    queryFn: () => answered(api.GET('/v1/messages', { params: { query: { partner, limit: 20 } } })),
  });
  return (
    <Section title="Newest messages" id="messages">
      {isPending && <Loading what="messages" />}
      {error !== null && <FaultView error={error} again={() => void refetch()} />}
      {data?.items.length === 0 && <Empty says="It has sent nothing yet." />}
      {data?.items.map(({ id, receivedAt, verdict, kind, problems }) => (
        <Group key={id} gap="xs" py={2}>
          <LinkTo kind="messages" id={id} />
          <Text size="sm">
            <Time at={receivedAt} isBrief />
          </Text>
          <Text size="sm">{kind}</Text>
          <StateBadge state={verdict} />
          <Text size="sm" className="breakable">
            {problems?.[0]?.detail}
          </Text>
        </Group>
      ))}
      {data !== undefined && data.items.length > 0 && (
        <Anchor component={Link} to="/messages" search={{ partner } as never} size="sm">
          All its messages
        </Anchor>
      )}
    </Section>
  );
}
