// The lines by shipment: each opens to its arithmetic, its tax, and the facts it rests on. Below, how it adds up.
import { Group, Table, Text } from '@mantine/core';
import { useMay } from '../../session/use-session.ts';
import { beyondName, chargeName, inReadingOrder } from '../../shared/charge-names.ts';
import { Evidence } from '../../shared/evidence.tsx';
import { LinkTo } from '../../shared/link-to.tsx';
import { Reveal } from '../../shared/reveal.tsx';
import { Section } from '../../shared/section.tsx';
import { Steps } from '../../shared/steps.tsx';
import { Money, moneyText } from '../../shared/text.tsx';
import type { Invoice } from './detail.ts';

type Line = Invoice['lines'][number];

export function InvoiceLines({ invoice }: { readonly invoice: Invoice }) {
  const { lines, currency } = invoice;
  const shipments = [...new Set(lines.map(({ shipment }) => shipment))];
  return (
    <Section title="Lines" id="lines" count={lines.length}>
      {shipments.map((shipment) => (
        <div key={shipment} className="invoice-shipment">
          <Text size="sm" c="dimmed" component="div" mt="xs">
            Shipment <LinkTo kind="shipments" id={shipment} />
          </Text>
          {inReadingOrder(lines.filter((line) => line.shipment === shipment)).map((line, at) => (
            <Reveal
              // Two lines may say the same; they have an order and keep it.
              // biome-ignore lint/suspicious/noArrayIndexKey: see above
              key={`${line.code} ${at}`}
              line={<LineHead line={line} currency={currency} />}
              isOpenAtFirst={lines.length === 1}
            >
              <LineBody line={line} currency={currency} />
            </Reveal>
          ))}
        </div>
      ))}
      <Totals invoice={invoice} />
    </Section>
  );
}

function LineHead({
  line: { code, description, amount, shipment },
  currency,
}: {
  readonly line: Line;
  readonly currency: string;
}) {
  const name = chargeName(code);
  return (
    <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
      <Text span size="sm" className="breakable">
        {name}{' '}
        <Text span size="xs" c="dimmed">
          {[name === code || code === 'GDS' ? undefined : code, beyondName(description, { code, shipment })]
            .filter(Boolean)
            .join(' · ')}
        </Text>
      </Text>
      <Text span fw={600} size="sm">
        <Money amount={amount} currency={currency} />
      </Text>
    </Group>
  );
}

type BodyProps = { readonly line: Line; readonly currency: string };

function LineBody({ line, currency }: BodyProps) {
  const may = useMay();
  return (
    <>
      <Steps steps={line.derivation} />
      <Text size="sm" pb={4}>
        {taxText(line, currency)}
      </Text>
      {may('explain:read') && <Evidence shipment={line.shipment} code={line.code} side="sell" />}
    </>
  );
}

function taxText({ tax, taxRate, taxedBy, amount }: Line, currency: string): string {
  const by = taxedBy === undefined ? '' : `: ${taxedBy.basis}`;
  if (isZero(tax)) return `No tax${by}`;
  return `Tax: ${percentOf(taxRate)} of ${moneyText(amount, currency)} is ${moneyText(tax, currency)}${by}`;
}

const percentOf = (fraction: string) =>
  new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 6 }).format(
    fraction as unknown as number,
  );

function Totals({ invoice }: { readonly invoice: Invoice }) {
  const { currency, subtotal, tax, total, open, kind } = invoice;
  const rows = [
    ['Subtotal', subtotal],
    ...(isZero(tax) ? [] : [['Tax', tax] as const]),
    [kind === 'credit-note' ? 'Given back' : 'Total', total],
    ...(open === undefined ? [] : [[kind === 'credit-note' ? 'Not set off yet' : 'Open', open] as const]),
  ] as const;
  return (
    <Table className="totals" mt="md" ml="auto" w="auto" aria-label="How it adds up">
      <Table.Tbody>
        {rows.map(([name, amount]) => (
          <Table.Tr key={name}>
            <Table.Th scope="row">{name}</Table.Th>
            <Table.Td ta="right" fw={name === 'Total' || name === 'Given back' ? 700 : undefined}>
              <Money amount={amount} currency={currency} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

const isZero = (amount: string) => /^-?0(\.0+)?$/.test(amount);
