// Charts of the last weeks. Each says its figures in words too, for those who do not see it.
import { BarChart } from '@mantine/charts';
import { Group, Progress, SimpleGrid, Stack, Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Section } from '../../shared/section.tsx';
import { countText, Money } from '../../shared/text.tsx';
import type { Overview } from './figures.ts';

type Figures = Overview['indicators'];

export default function Indicators({ indicators }: { readonly indicators: Figures }) {
  return (
    <Section title={`The last ${indicators.sinceDays} days`} id="indicators">
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
        <InvoiceTimes {...indicators} />
        <ExceptionAges {...indicators} />
        <OnTime {...indicators} />
        <Stack gap="xl">
          <Accuracy {...indicators} />
          <Leakage {...indicators} />
        </Stack>
      </SimpleGrid>
    </Section>
  );
}

type ChartProps = { readonly title: string; readonly says: string; readonly children?: ReactNode };

function Chart({ title, says, children }: ChartProps) {
  return (
    <figure className="chart">
      <figcaption>
        <Text fw={600}>{title}</Text>
        <Text size="sm" c="dimmed">
          {says}
        </Text>
      </figcaption>
      {children}
    </figure>
  );
}

function InvoiceTimes({ invoiceHours, invoiceTimes: { shipments, medianHours, p90Hours, counts } }: Figures) {
  const title = 'From delivery to invoice';
  if (medianHours === undefined || p90Hours === undefined)
    return <Chart title={title} says="No shipment was invoiced." />;
  const says = `${countText(shipments)} shipments: half within ${hoursText(medianHours)}, nine of ten within ${hoursText(p90Hours)}`;
  const data = counts.map((count, index) => ({ within: classText(invoiceHours, index, 'h'), shipments: count }));
  return (
    <Chart title={title} says={says}>
      <div role="img" aria-label={data.map(({ within, shipments: each }) => `${within}: ${each}`).join(', ')}>
        <BarChart
          h={200}
          data={data}
          dataKey="within"
          series={[{ name: 'shipments', color: 'blue.6' }]}
          yAxisProps={{ width: 32, allowDecimals: false }}
          tickLine="none"
          barProps={{ isAnimationActive: false }}
        />
      </div>
    </Chart>
  );
}

const OWNER_COLOURS: readonly string[] = ['blue.6', 'teal.6', 'orange.6', 'grape.6'];

function ExceptionAges({ exceptionDays, exceptionAges }: Figures) {
  const open = exceptionAges.reduce((sum, { counts }) => sum + total(counts), 0);
  const overdue = exceptionAges.reduce((sum, owner) => sum + owner.overdue, 0);
  const title = 'Open exceptions by age';
  if (open === 0) return <Chart title={title} says="No exception is open." />;
  const data = Array.from({ length: exceptionDays.length + 1 }, (_, index) => ({
    age: classText(exceptionDays, index, 'd'),
    ...Object.fromEntries(exceptionAges.map(({ owner, counts }) => [owner.replaceAll('-', ' '), counts[index] ?? 0])),
  }));
  const series = exceptionAges.map(({ owner }, index) => ({
    name: owner.replaceAll('-', ' '),
    color: OWNER_COLOURS[index] ?? 'gray.6',
  }));
  const words = exceptionAges.map(({ owner, counts }) => `${owner}: ${counts.join(', ')}`).join('; ');
  return (
    <Chart title={title} says={`${countText(open)} open, ${countText(overdue)} past their time`}>
      <div role="img" aria-label={`by age in days, ${words}`}>
        <BarChart
          h={200}
          data={data}
          dataKey="age"
          type="stacked"
          series={series}
          withLegend
          yAxisProps={{ width: 32, allowDecimals: false }}
          tickLine="none"
          barProps={{ isAnimationActive: false }}
        />
      </div>
    </Chart>
  );
}

function OnTime({ onTime, onTimeMinutes }: Figures) {
  const says =
    onTime.length === 0
      ? 'Nothing with an appointment was delivered.'
      : `delivered no later than ${onTimeMinutes} minutes after the appointment`;
  return (
    <Chart title="On time by carrier" says={says}>
      <Table verticalSpacing={4} layout="fixed">
        <Table.Tbody>
          {onTime.map(({ carrier, carrierName = carrier, delivered, onTime: inTime }) => {
            const percent = Math.round((100 * inTime) / delivered);
            return (
              <Table.Tr key={carrier}>
                <Table.Td className="breakable">{carrierName}</Table.Td>
                <Table.Td>
                  <Progress
                    value={percent}
                    aria-label={`${carrierName}: ${percent} percent on time`}
                    color={percent < 90 ? 'orange.6' : 'teal.6'}
                  />
                </Table.Td>
                <Table.Td ta="right">
                  {percent} % of {countText(delivered)}
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Chart>
  );
}

function Accuracy({ accuracy: { invoices, corrected } }: Figures) {
  const right = invoices === 0 ? undefined : (100 * (invoices - corrected)) / invoices;
  const says =
    right === undefined
      ? 'No invoice was made.'
      : `${countText(corrected)} of ${countText(invoices)} invoices were corrected later`;
  return (
    <Chart title="Invoice accuracy" says={says}>
      {right !== undefined && (
        <Text size="xl" fw={600}>
          {right.toFixed(1)} % right the first time
        </Text>
      )}
    </Chart>
  );
}

function Leakage({ leakage }: Figures) {
  const says =
    leakage.length === 0 ? 'No carrier billed more than was agreed.' : 'billed by carriers beyond what was agreed';
  return (
    <Chart title="Leakage found" says={says}>
      {leakage.map(({ currency, found, recovered }) => (
        <Group key={currency} gap="lg">
          <Text size="xl" fw={600}>
            <Money amount={found} currency={currency} />
          </Text>
          <Text size="sm" c="dimmed">
            <Money amount={recovered} currency={currency} /> came back
          </Text>
        </Group>
      ))}
    </Chart>
  );
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

function classText(ends: readonly number[], index: number, unit: string): string {
  const end = ends[index];
  return end === undefined ? `> ${ends.at(-1)} ${unit}` : `≤ ${end} ${unit}`;
}

function hoursText(hours: number): string {
  if (hours < 1) return `${Math.max(1, Math.round(hours * 60))} minutes`;
  return hours < 48 ? `${hours.toFixed(1)} hours` : `${(hours / 24).toFixed(1)} days`;
}
