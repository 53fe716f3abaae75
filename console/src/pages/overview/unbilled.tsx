// Delivered and not invoiced, by what it waits for.

import { Anchor, Table } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { kindText } from '../../shared/exception-kind.ts';
import { PlainTable, toTheRight } from '../../shared/plain-table.tsx';
import { Section } from '../../shared/section.tsx';
import { StateBadge } from '../../shared/state-badge.tsx';
import { Empty } from '../../shared/states.tsx';
import { countText, Money } from '../../shared/text.tsx';
import type { Overview } from './figures.ts';

type Reason = Overview['unbilled'][number];

const WITHOUT_EXCEPTION: Readonly<Record<string, string>> = {
  'not-due': 'its trigger, by its policy',
  waiting: 'the end of its billing period',
  ready: 'the ERP to post its invoice',
  adjusting: 'its correction',
  held: 'what holds it',
};

export function Unbilled({ reasons }: { readonly reasons: readonly Reason[] }) {
  return (
    <Section title="Delivered, not invoiced" id="unbilled">
      {reasons.length === 0 ? (
        <Empty says="Everything that is delivered is invoiced." />
      ) : (
        <PlainTable
          label="Reasons"
          minWidth={420}
          heads={['Waits for', 'Billing', ...toTheRight('Shipments', 'Amount')]}
        >
          {reasons.map((reason) => (
            <Line key={`${reason.currency} ${reason.billing} ${reason.because}`} reason={reason} />
          ))}
        </PlainTable>
      )}
    </Section>
  );
}

function Line({ reason: { currency, billing, because, shipments, amount } }: { readonly reason: Reason }) {
  const [to, search, says] =
    because === undefined
      ? ['/shipments', { billing, unbilled: 'true' }, WITHOUT_EXCEPTION[billing] ?? billing]
      : ['/exceptions', { kind: because, state: 'open' }, kindText(because)];
  return (
    <Table.Tr>
      <Table.Td>
        <Anchor component={Link} to={to} search={search as never} size="sm">
          {says}
        </Anchor>
      </Table.Td>
      <Table.Td>
        <StateBadge state={billing} />
      </Table.Td>
      <Table.Td ta="right">{countText(shipments)}</Table.Td>
      <Table.Td ta="right">
        <Money amount={amount} currency={currency} />
      </Table.Td>
    </Table.Tr>
  );
}
