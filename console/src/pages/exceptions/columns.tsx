// What the inbox shows of each exception.

import { Checkbox, Text } from '@mantine/core';
import type { Column } from '../../shared/columns.ts';
import { kindText } from '../../shared/exception-kind.ts';
import { LinkTo } from '../../shared/link-to.tsx';
import { Nothing } from '../../shared/money-cell.tsx';
import { agoText, Money, Time } from '../../shared/text.tsx';
import type { ExceptionRow } from './work.ts';

export function ownerText(owner: string): string {
  return owner.replaceAll('-', ' ');
}

export function isOverdue({ state, dueAt }: Pick<ExceptionRow, 'state' | 'dueAt'>): boolean {
  return state === 'open' && Date.parse(dueAt) < Date.now();
}

export type Picking = { readonly has: (id: string) => boolean; readonly toggle: (id: string) => void };

export function columnsOf(picking: Picking): readonly Column<ExceptionRow>[] {
  return [
    {
      name: 'Selected',
      heading: <span className="unseen">Selected</span>,
      cell: ({ id, kind, subject }) => (
        <Checkbox
          aria-label={`Select ${kindText(kind)} ${subject}`}
          checked={picking.has(id)}
          onChange={() => picking.toggle(id)}
          onClick={(event) => event.stopPropagation()}
        />
      ),
    },
    {
      name: 'Exception',
      cell: ({ id, kind, subject, detail }) => (
        <div className="exception">
          <LinkTo kind="exceptions" id={id}>
            {kindText(kind)}
          </LinkTo>{' '}
          <Text span size="sm" className="mono breakable">
            {subject}
          </Text>
          <Text size="sm" c="dimmed" lineClamp={1} className="capital">
            {detail}
          </Text>
        </div>
      ),
      text: ({ kind, subject, detail }) => `${kind} ${subject}: ${detail}`,
    },
    { name: 'Owner', wideOnly: true, cell: ({ owner }) => ownerText(owner), text: ({ owner }) => owner },
    {
      name: 'Assigned to',
      wideOnly: true,
      cell: ({ assignee }) => assignee ?? <Nothing />,
      text: ({ assignee }) => assignee,
    },
    {
      name: 'Customer',
      wideOnly: true,
      cell: ({ customer, customerName }) => customerName ?? customer ?? <Nothing />,
      text: ({ customer, customerName }) => customerName ?? customer,
    },
    {
      name: 'At stake',
      align: 'right',
      wideOnly: true,
      sort: 'stake',
      cell: ({ stake }) => (stake === undefined ? <Nothing /> : <Money {...stake} />),
      text: ({ stake }) => (stake === undefined ? undefined : `${stake.amount} ${stake.currency}`),
    },
    {
      name: 'Opened',
      wideOnly: true,
      sort: 'opened',
      cell: ({ openedAt }) => <Time at={openedAt} isBrief />,
      text: ({ openedAt }) => openedAt,
    },
    {
      name: 'Due',
      sort: 'due',
      cell: (row) => (
        <Text span size="sm" className="nowrap" fw={isOverdue(row) ? 600 : undefined}>
          {isOverdue(row) ? `due ${agoText(row.dueAt)}` : agoText(row.dueAt)}
        </Text>
      ),
      text: ({ dueAt }) => dueAt,
    },
  ];
}
