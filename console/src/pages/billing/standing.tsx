// Where billing stands: each figure leads to what it is made of.
import { Anchor, SimpleGrid, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { answered, api } from '../../api/client.ts';
import type { components } from '../../api/types.ts';
import { FaultView, Loading } from '../../shared/states.tsx';
import { countText, Money } from '../../shared/text.tsx';

type Answer = components['schemas']['BillingStanding'];
type Figure = {
  readonly name: string;
  readonly to: string;
  readonly search: Readonly<Record<string, string>>;
  readonly parts: readonly { readonly currency: string; readonly count: number; readonly amount: string }[];
  readonly of: string;
};

export function Standing() {
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['invoices', 'standing'],
    queryFn: () => answered(api.GET('/v1/billing')),
  });
  if (isPending) return <Loading what="where billing stands" />;
  if (error !== null) return <FaultView error={error} again={() => void refetch()} />;
  return (
    <SimpleGrid cols={{ base: 2, sm: 4, lg: 7 }} spacing="sm">
      {figuresOf(data).map((figure) => (
        <FigureView key={figure.name} figure={figure} />
      ))}
    </SimpleGrid>
  );
}

function FigureView({ figure: { name, to, search, parts, of } }: { readonly figure: Figure }) {
  return (
    <div>
      <Text size="xs" c="dimmed">
        {name}
      </Text>
      {parts.length === 0 && <Text c="dimmed">none</Text>}
      {parts.map(({ currency, count, amount }) => (
        <div key={currency}>
          <Anchor component={Link} to={to} search={search as never} fw={600} size="lg">
            <Money amount={amount} currency={currency} />
          </Anchor>
          <Text size="xs" c="dimmed">
            {count === 1 ? `1 ${of}` : `${countText(count)} ${of}s`}
          </Text>
        </div>
      ))}
    </div>
  );
}

function figuresOf({ shipments, documents }: Answer): Figure[] {
  const waiting = (name: string, billing: string, to: string, search: Figure['search']): Figure => ({
    ...{ name, to, search, of: 'shipment' },
    parts: shipments
      .filter((each) => each.billing === billing)
      .map(({ currency, shipments: count, amount }) => ({ currency, count, amount })),
  });
  const posted = (name: string, kind: string): Figure => ({
    ...{ name, to: '/billing', search: { kind, state: 'posted' }, of: 'document' },
    parts: documents
      .filter((each) => each.kind === kind && each.state === 'posted')
      .map(({ currency, documents: count, total }) => ({ currency, count, amount: total })),
  });
  return [
    waiting('Not due yet', 'not-due', '/shipments', { billing: 'not-due' }),
    waiting('Waiting for the period', 'waiting', '/billing', { view: 'waiting' }),
    waiting('Held', 'held', '/billing', { view: 'held' }),
    waiting('To approve', 'adjusting', '/billing', { view: 'adjustments' }),
    waiting('Due, on its way', 'ready', '/billing', { view: 'due' }),
    posted('Invoices posted', 'invoice'),
    ...[posted('Supplementary posted', 'supplementary'), posted('Credit notes posted', 'credit-note')].filter(
      ({ parts }) => parts.length > 0,
    ),
  ];
}
