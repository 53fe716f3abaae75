// Everything that was said about it: when it happened, who told it, how late, and whether it counts.
import { Button, Table, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMay } from '../../session/use-session.ts';
import { csvOf, saveAs } from '../../shared/csv.ts';
import { durationText } from '../../shared/days.ts';
import { LinkTo } from '../../shared/link-to.tsx';
import { Nothing } from '../../shared/money-cell.tsx';
import { PartnerName } from '../../shared/partner-name.tsx';
import { PlainTable } from '../../shared/plain-table.tsx';
import { Section } from '../../shared/section.tsx';
import { StateBadge } from '../../shared/state-badge.tsx';
import { Time } from '../../shared/text.tsx';
import type { ExplainedFact } from './explained.ts';

type Props = { readonly facts: readonly ExplainedFact[]; readonly shipment: string };

const IN_CSV = [
  { name: 'Fact', text: ({ what }: ExplainedFact) => what },
  { name: 'Happened', text: ({ at }: ExplainedFact) => at },
  { name: 'Told by', text: ({ sender, senderName }: ExplainedFact) => senderName ?? sender },
  { name: 'Reported', text: ({ reportedAt }: ExplainedFact) => reportedAt },
  { name: 'Kept', text: ({ recordedAt }: ExplainedFact) => recordedAt },
  { name: 'Late, minutes', text: ({ lateMinutes }: ExplainedFact) => lateMinutes?.toString() },
  { name: 'Standing', text: ({ standing }: ExplainedFact) => standing },
  { name: 'Message', text: ({ message }: ExplainedFact) => message },
];

export function Facts({ facts, shipment }: Props) {
  const may = useMay();
  const save = (
    <Button
      size="compact-sm"
      variant="subtle"
      leftSection={<IconDownload size={16} aria-hidden />}
      onClick={() => saveAs(`facts-${shipment}.csv`, csvOf(IN_CSV, facts))}
    >
      CSV
    </Button>
  );
  return (
    <Section title="Facts" id="facts" count={facts.length} actions={save}>
      <PlainTable
        label="Facts"
        minWidth={560}
        heads={['Fact', 'Happened', 'Told by', 'Known after', 'Standing', 'Message']}
      >
        {facts.map(({ event, what, at, sender, senderName, reportedAt, lateMinutes, standing, message }) => (
          <Table.Tr key={event}>
            <Table.Td>{what.replaceAll('-', ' ')}</Table.Td>
            <Table.Td>{at === undefined ? <Nothing /> : <Time at={at} isBrief />}</Table.Td>
            <Table.Td>
              <PartnerName id={sender} name={senderName} />
              <Text size="xs" c="dimmed" component="div">
                <Time at={reportedAt} isBrief />
              </Text>
            </Table.Td>
            <Table.Td>{lateMinutes === undefined ? <Nothing /> : durationText(lateMinutes)}</Table.Td>
            <Table.Td>
              <StateBadge state={standing} />
            </Table.Td>
            <Table.Td>
              {message === undefined || !may('messages:read') ? <Nothing /> : <LinkTo kind="messages" id={message} />}
            </Table.Td>
          </Table.Tr>
        ))}
      </PlainTable>
    </Section>
  );
}
