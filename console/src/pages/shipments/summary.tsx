// What the shipment is: whose, by whom, of what, under which numbers.

import { Group, Text } from '@mantine/core';
import { dayText } from '../../shared/days.ts';
import { DefinitionList, Fact } from '../../shared/definition-list.tsx';
import { LinkTo } from '../../shared/link-to.tsx';
import { Section } from '../../shared/section.tsx';
import { Reference, Time } from '../../shared/text.tsx';
import type { ExplainedShipment } from './explained.ts';

const TRIGGERS: Readonly<Record<string, string>> = {
  dispatched: 'once picked up',
  delivered: 'once delivered',
  pod: 'once delivered and proved',
  'export-cleared': 'once cleared for export',
};
const PERIODS: Readonly<Record<string, string>> = {
  shipment: 'by itself',
  daily: 'with the day’s others',
  weekly: 'with the week’s others',
};

export function Summary({ shipment }: { readonly shipment: ExplainedShipment }) {
  const { plan, policy, references, stops } = shipment;
  const [first, last] = [stops[0]?.timezone, stops.at(-1)?.timezone];
  const numbers = references.filter(({ type }) => type !== 'order');
  return (
    <Section title="Summary" id="summary">
      <DefinitionList>
        <Fact name="Customer">{shipment.customerName ?? shipment.customer}</Fact>
        <Fact name="Carrier">{shipment.carrierName ?? shipment.carrier}</Fact>
        <Fact name="Mode">{[plan?.mode, plan?.service, plan?.equipment].filter(Boolean).join(', ')}</Fact>
        <Fact name="Picked up">{shipment.pickedUpAt && <Time at={shipment.pickedUpAt} zone={first} />}</Fact>
        <Fact name="Delivered">{shipment.deliveredAt && <Time at={shipment.deliveredAt} zone={last} />}</Fact>
        <Fact name="Goods">{goodsOf(plan)}</Fact>
        <Fact name="Distance">{plan?.distanceMiles && `${plan.distanceMiles} miles`}</Fact>
        <Fact name="Attributes">{plan?.attributes.join(', ')}</Fact>
        <Fact name="Orders">
          {plan !== undefined && plan.orders.length > 0 && (
            <Group gap={8}>
              {plan.orders.map((order) => (
                <LinkTo key={order} kind="orders" id={order} />
              ))}
            </Group>
          )}
        </Fact>
        <Fact name="Numbers">
          {numbers.length > 0 &&
            numbers.map(({ type, value }) => (
              <div key={`${type} ${value}`}>
                <Text span size="xs" c="dimmed">
                  {type.toUpperCase()}{' '}
                </Text>
                <Reference>{value}</Reference>
              </div>
            ))}
        </Fact>
        <Fact name="Rating date">{shipment.ratingDate && dayText(shipment.ratingDate)}</Fact>
        <Fact name="Billed">
          {policy &&
            `${TRIGGERS[policy.trigger] ?? policy.trigger}, ${PERIODS[policy.consolidation] ?? policy.consolidation}${policy.given ? '' : ' (no policy: the usual)'}`}
        </Fact>
      </DefinitionList>
    </Section>
  );
}

function goodsOf(plan: ExplainedShipment['plan']): string {
  const { weight, pallets, units } = plan ?? {};
  return [weight, pallets && `${pallets} pallets`, units && `${units} units`].filter(Boolean).join(', ');
}
