// What the customer objects to on this document, each leading to all that was said.
import { Anchor, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { answered, api } from '../../api/client.ts';
import { standingForUs, subjectOf } from '../../shared/disputes/words.ts';
import { Section } from '../../shared/section.tsx';
import { StateBadge } from '../../shared/state-badge.tsx';
import { Money } from '../../shared/text.tsx';

/** Nothing where nothing is disputed. */
export function Disputes({ number }: { readonly number: string }) {
  const { data } = useQuery({
    queryKey: ['disputes', 'invoice', number],
    queryFn: () => answered(api.GET('/v1/invoices/{number}/disputes', { params: { path: { number } } })),
  });
  if (data === undefined || data.items.length === 0) return null;
  return (
    <Section title="Disputes of the customer" id="disputes" count={data.items.length}>
      {data.items.map((dispute) => (
        <Group key={dispute.id} gap="sm" py={4}>
          <Anchor component={Link} to={`/disputes/${dispute.id}`} size="sm" underline="always" className="breakable">
            {subjectOf(dispute)}
          </Anchor>
          <Text span size="sm">
            <Money amount={dispute.amount} currency={dispute.currency} />
          </Text>
          <StateBadge state={standingForUs(dispute)} />
        </Group>
      ))}
    </Section>
  );
}
