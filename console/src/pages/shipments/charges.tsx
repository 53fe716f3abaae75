// What is charged and what it costs: each amount opens to its arithmetic and to the facts and messages it rests on.
import { Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { ChargeName } from '../../shared/charge-name.tsx';
import { inReadingOrder } from '../../shared/charge-names.ts';
import { RestsOn } from '../../shared/rests-on.tsx';
import { Reveal } from '../../shared/reveal.tsx';
import { Section } from '../../shared/section.tsx';
import { StateBadge } from '../../shared/state-badge.tsx';
import { Empty } from '../../shared/states.tsx';
import { Steps } from '../../shared/steps.tsx';
import { Money, moneyText } from '../../shared/text.tsx';
import type { ExplainedCharge, ExplainedShipment } from './explained.ts';

export function Charges({ shipment }: { readonly shipment: ExplainedShipment }) {
  const { charges, margin, awaitingApproval } = shipment;
  const sell = charges.filter(({ side }) => side === 'sell');
  const buy = charges.filter(({ side }) => side === 'buy');
  return (
    <Section title="Charges" id="charges">
      {charges.length === 0 && <Empty says="Nothing is charged for it." />}
      <SimpleGrid cols={{ base: 1, md: buy.length > 0 ? 2 : 1 }} spacing="xl">
        {sell.length > 0 && <Side title="Sell: billed to the customer" charges={sell} />}
        {buy.length > 0 && <Side title="Buy: what the carrier gets" charges={buy} />}
      </SimpleGrid>
      {awaitingApproval.map(({ kind, currency, total }) => (
        <Text key={`${kind} ${currency}`} size="sm" mt="sm">
          To approve: {kind} of {moneyText(total, currency)}
        </Text>
      ))}
      {margin !== undefined && <Margin margin={margin} />}
    </Section>
  );
}

function Side({ title, charges }: { readonly title: string; readonly charges: readonly ExplainedCharge[] }) {
  return (
    <div>
      <Text fw={600} size="sm" mb={4}>
        {title}
      </Text>
      {inReadingOrder(charges).map((charge) => (
        <Reveal key={`${charge.code} ${charge.currency}`} line={<ChargeLine charge={charge} />}>
          <Arithmetic charge={charge} />
        </Reveal>
      ))}
    </div>
  );
}

function ChargeLine({ charge: { code, amount, currency, states } }: { readonly charge: ExplainedCharge }) {
  const [first] = states;
  const isOneState = states.length === 1;
  return (
    <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
      <Group gap="xs">
        <ChargeName code={code} />
        {states.map(({ state, amount: part }) => (
          <Group key={state} gap={4} wrap="nowrap">
            <StateBadge state={state} />
            {!isOneState && (
              <Text span size="xs">
                {moneyText(part, currency)}
              </Text>
            )}
          </Group>
        ))}
      </Group>
      <Text span fw={600} size="sm">
        <Money amount={amount ?? first?.amount ?? '0'} currency={currency} />
      </Text>
    </Group>
  );
}

function Arithmetic({ charge: { derivation, agreement, lane, restsOn } }: { readonly charge: ExplainedCharge }) {
  return (
    <Stack gap={6} pb="sm">
      <Steps steps={derivation} />
      {agreement !== undefined && (
        <Text size="sm" c="dimmed">
          Agreement {agreement.id}, version {agreement.version}
          {lane === undefined ? '' : `, lane ${lane}`}
        </Text>
      )}
      {restsOn.length > 0 && (
        <Text size="sm" component="div">
          Rests on
          <RestsOn facts={restsOn} />
        </Text>
      )}
    </Stack>
  );
}

function Margin({ margin }: { readonly margin: NonNullable<ExplainedShipment['margin']> }) {
  const { currency, revenue, cost, margin: left, derivation } = margin;
  return (
    <Reveal
      line={
        <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
          <Text span fw={600} size="sm">
            Margin: {moneyText(revenue, currency)} less {moneyText(cost, currency)}
          </Text>
          <Text span fw={700} size="sm">
            <Money amount={left} currency={currency} />
          </Text>
        </Group>
      }
    >
      <Steps steps={derivation} />
    </Reveal>
  );
}
