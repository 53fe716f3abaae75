// Billed against expected, side by side, by shipment and charge; each opens to how the expected amount comes about.

import { Group, SimpleGrid, Text } from '@mantine/core';
import { useMay } from '../../session/use-session.ts';
import { ChargeName } from '../../shared/charge-name.tsx';
import { inReadingOrder } from '../../shared/charge-names.ts';
import { Evidence } from '../../shared/evidence.tsx';
import { LinkTo } from '../../shared/link-to.tsx';
import { Reveal } from '../../shared/reveal.tsx';
import { Section } from '../../shared/section.tsx';
import { StateBadge } from '../../shared/state-badge.tsx';
import { Empty } from '../../shared/states.tsx';
import { Steps } from '../../shared/steps.tsx';
import { Money } from '../../shared/text.tsx';
import type { CarrierInvoice, Explanation } from './detail.ts';

type Explained = Explanation['invoices'][number]['compared'];
type Line = CarrierInvoice['compared'][number];
type Props = { readonly invoice: CarrierInvoice; readonly explained: Explained | undefined };

export function Compared({ invoice: { compared, currency, verdict }, explained }: Props) {
  const shipments = [...new Set(compared.map(({ shipment }) => shipment))];
  return (
    <Section title="Billed against expected" id="compared" count={compared.length}>
      {compared.length === 0 && <Empty says={WHY_NONE[verdict ?? ''] ?? 'There is nothing to compare it with.'} />}
      {shipments.map((shipment) => (
        <div key={shipment} className="invoice-shipment">
          <Text size="sm" c="dimmed" component="div" mt="xs">
            Shipment <LinkTo kind="shipments" id={shipment} />
          </Text>
          {inReadingOrder(compared.filter((line) => line.shipment === shipment)).map((line) => {
            const why = explained?.find((each) => each.shipment === shipment && each.code === line.code);
            return (
              <Reveal
                key={line.code}
                line={<Head line={line} currency={currency} difference={why?.difference} />}
                isOpenAtFirst={!line.withinTolerance}
              >
                <Body line={line} derivation={why?.derivation ?? []} />
              </Reveal>
            );
          })}
        </div>
      ))}
    </Section>
  );
}

const WHY_NONE: Readonly<Record<string, string>> = {
  duplicate: 'This carrier sent an invoice under this number before: that one is looked at.',
  unmatched: 'No shipment is known for what it bills.',
  '': 'It has not been looked at yet.',
};

type HeadProps = { readonly line: Line; readonly currency: string; readonly difference: string | undefined };

function Head({ line: { code, billed, expected, withinTolerance }, currency, difference }: HeadProps) {
  const amounts = [
    ['billed', billed],
    ['expected', expected],
    ...(difference === undefined ? [] : [['difference', difference] as const]),
  ] as const;
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing={4}>
      <Group gap="xs">
        <ChargeName code={code} />
        <StateBadge
          state={withinTolerance ? 'within tolerance' : 'out of tolerance'}
          tone={withinTolerance ? 'good' : 'bad'}
        />
      </Group>
      <SimpleGrid cols={3} spacing={4}>
        {amounts.map(([name, amount]) => (
          <Text key={name} span size="sm" ta="right" fw={name === 'difference' && !withinTolerance ? 700 : undefined}>
            <Text span size="xs" c="dimmed" display="block">
              {name}
            </Text>
            <Money amount={amount} currency={currency} />
          </Text>
        ))}
      </SimpleGrid>
    </SimpleGrid>
  );
}

function Body({
  line: { shipment, code, expected },
  derivation,
}: {
  readonly line: Line;
  readonly derivation: readonly string[];
}) {
  const may = useMay();
  return (
    <>
      {derivation.length > 0 && (
        <Text size="sm" fw={600}>
          What is expected
        </Text>
      )}
      <Steps steps={derivation} />
      {/* What is not expected rests on nothing. */}
      {may('explain:read') && may('costs:read') && !/^0(\.0+)?$/.test(expected) && (
        <Evidence shipment={shipment} code={code} side="buy" />
      )}
    </>
  );
}
